package dev.toolkeep.admin;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.journal.Event;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.tool.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The link by which the first person gets an operator's key: its token works once, for a day, and only the latest one.
///
/// The token has 256 random bits; only its SHA-256 and its end are kept, in a file of mode 0600, so that a link
/// outlives a restart. The file is gone before the key is made: whatever breaks in between, the link never works twice.
public final class SetupLinks {
    /// How long a link works.
    public static final Duration LIFE = Duration.ofHours(24);

    private static final String ID = "operator";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Path file;
    private final AgentAdmin agents;
    private final Changes changes;
    private final SecureRandom random;

    public SetupLinks(Path file, AgentAdmin agents, Changes changes, SecureRandom random) {
        this.file = file;
        this.agents = agents;
        this.changes = changes;
        this.random = random;
    }

    /// A new token for `/setup/{token}`; the one before works no more.
    public String issue() throws Refused {
        byte[] bits = new byte[32];
        random.nextBytes(bits);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        return changes.alone(() -> {
            Instant ends = changes.now().plus(LIFE);
            changes.commit(Event.of("setup.issued").with("expires", ends.toString()), () -> keep(token, ends));
            return token;
        });
    }

    /// Whether the token would be consumed now. Changes nothing.
    public boolean live(String token) {
        try {
            String[] kept =
                    Files.readString(file, StandardCharsets.US_ASCII).strip().split(" ", -1);
            return TOKEN.matcher(token).matches()
                    && kept.length == 2
                    && MessageDigest.isEqual(
                            hash(token).getBytes(StandardCharsets.US_ASCII),
                            kept[0].getBytes(StandardCharsets.US_ASCII))
                    && changes.now().isBefore(Instant.parse(kept[1]));
        } catch (NoSuchFileException | DateTimeParseException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Consumes the token and mints a key of the operator `operator`, who is made when there is none.
    ///
    /// @throws Refused NOT_FOUND when the token does not work, with one message for every reason
    public Minted consume(String token) throws Refused {
        return changes.alone(() -> {
            if (!live(token)) {
                throw new Refused(
                        Refusal.Code.NOT_FOUND,
                        "setup-link",
                        "this set-up link does not work, or works no more",
                        "start Toolkeep again for a new one, or use the key in operator.token");
            }
            changes.commit(Event.of("setup.consumed"), this::forget);
            return agents.mint(Operator.program(), operator(), null);
        });
    }

    /// The operator `operator`, made when there is none; where somebody gave that id to another kind of caller, the
    /// next free one.
    private String operator() throws Refused {
        Map<String, Caller.Kind> kinds = new HashMap<>();
        agents.list()
                .forEach(state -> kinds.put(state.caller().id(), state.caller().kind()));
        String id = ID;
        for (int number = 2; kinds.getOrDefault(id, Caller.Kind.OPERATOR) != Caller.Kind.OPERATOR; number++) {
            id = ID + "-" + number;
        }
        if (!kinds.containsKey(id)) {
            agents.add(Operator.program(), Caller.of(id, Caller.Kind.OPERATOR, Set.of(), Set.of()));
        }
        return id;
    }

    private void keep(String token, Instant ends) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        String text = hash(token) + " " + ends + "\n";
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    fresh, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String token) {
        return Digest.of(token.getBytes(StandardCharsets.UTF_8)).text();
    }
}
