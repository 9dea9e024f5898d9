package dev.toolkeep.call;

import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Keys;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.journal.JournalKey;
import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.limits.Limits;
import dev.toolkeep.policy.Given;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.screen.Screen;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.trust.Trust;
import dev.toolkeep.vault.SealedSecret;
import dev.toolkeep.vault.Vault;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A gateway with every stage real and stores in memory; only what the tools do is the test's.
final class CallHouse implements AutoCloseable {
    static final String POLICY = """
            rules:
              - { id: agents, effect: allow, callers: { roles: [agent] }, tools: ["pets.*"] }
              - { id: no-cats, effect: deny, tools: ["pets.list"], when: "has(args.kind) && args.kind == 'cat'" }
            limits:
              - { tools: ["*"], callsPerMinute: 1000, concurrent: 1, requestBytes: 2KiB }
            """;

    final Instant now = Given.NOON;
    final Journal journal;
    final Vault vault;
    final Gateway gateway;
    final List<Dispatch> sent = new CopyOnWriteArrayList<>();
    final List<JsonNode> progress = new CopyOnWriteArrayList<>();
    /// What the tools do; answers `{"ok":true}` until told otherwise.
    volatile Function<Dispatch, CompletionStage<Sent>> tools = dispatch -> answered("{\"ok\":true}");

    volatile Executor home = Runnable::run;

    private final Path folder;
    private final Stores stores = Stores.inMemory();
    private final Keys keys;
    private final Snapshots snapshots;
    /// How long after noon it is.
    volatile Duration later = Duration.ZERO;

    private final InstantSource clock = () -> now.plus(later);
    private long policies;

    CallHouse(Path folder) {
        this.folder = folder;
        try {
            keys = Keys.open(folder.resolve("pepper.key"));
            vault = Vault.open(folder.resolve("vault.key"));
            journal = Journal.open(
                    folder.resolve("journal"),
                    JournalKey.of(new byte[32]),
                    clock,
                    new JournalOptions(1 << 20, 1000, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        snapshots = new Snapshots(
                stores.catalog(),
                stores.policies(),
                stores.callers(),
                stores.secrets(),
                stores.toolsets(),
                keys,
                new SchemaCache(100));
        Protocol protocol = dispatch -> {
            sent.add(dispatch);
            return tools.apply(dispatch);
        };
        gateway = new Gateway(
                snapshots,
                new Gateway.Stages(new Trust(2), new Limits(System::nanoTime), vault, protocol, new Screen()),
                new CallLog(journal, clock),
                clock);
        stores.catalog().save(new Source("pets", new Origin.Manual("https://pets.example/utcp"), Reach.PUBLIC, now));
        policy(POLICY);
    }

    static CompletionStage<Sent> answered(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return CompletableFuture.completedStage(new Sent.Answered(new Answer.Json(Given.object(json), bytes)));
    }

    void policy(String yaml) {
        stores.policies().save(new PolicyText(++policies, yaml, "op", now));
        snapshots.rebuild();
    }

    void secret(String name, String grant, String value) {
        try {
            stores.secrets().save(vault.seal(name, grant, Secret.of(value), now));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
        snapshots.rebuild();
    }

    /// Every sealed secret as somebody who moved rows about would leave it.
    void breakSecrets() {
        for (SealedSecret secret : stores.secrets().all()) {
            byte[] moved = secret.ciphertext().clone();
            moved[moved.length - 1] ^= 1;
            stores.secrets().save(new SealedSecret(secret.name(), secret.grant(), moved, secret.created()));
        }
        snapshots.rebuild();
    }

    void approve(ToolDefinition tool, @Nullable Instant expires) {
        stand(tool, standing -> standing.approved(new Standing.Approval(Definitions.digest(tool), "op", now, expires)));
    }

    void stand(ToolDefinition tool, Function<Standing, Standing> decision) {
        Digest digest = Definitions.digest(tool);
        stores.catalog().saveVersions(List.of(new ToolVersion(digest, tool, now)));
        stores.catalog().saveStandings(List.of(decision.apply(Standing.first(tool.name(), digest, ""))));
        snapshots.rebuild();
    }

    Authenticated caller(String id, String... roles) {
        stores.callers().save(Caller.of(id, Caller.Kind.AGENT, Set.of(roles), Set.of()));
        Minted minted = keys.mint(id, now, null);
        stores.callers().save(minted.stored());
        snapshots.rebuild();
        try {
            return gateway.authenticate("Bearer " + minted.key().reveal());
        } catch (Refused e) {
            throw new AssertionError(e);
        }
    }

    ToolCall call(Authenticated who, String tool, String arguments) {
        return call(who, tool, arguments, List.of(), new Withdrawal());
    }

    ToolCall call(Authenticated who, String tool, String arguments, List<String> chain, Withdrawal withdrawal) {
        return call(who, "", tool, arguments, chain, withdrawal);
    }

    ToolCall call(
            Authenticated who,
            String toolset,
            String tool,
            String arguments,
            List<String> chain,
            Withdrawal withdrawal) {
        return new ToolCall(
                "call-" + System.nanoTime(),
                who,
                Door.REST,
                chain,
                toolset,
                tool,
                Given.object(arguments),
                arguments.getBytes(StandardCharsets.UTF_8),
                "127.0.0.1",
                "",
                withdrawal,
                home,
                progress::add);
    }

    CallOutcome outcome(ToolCall call) {
        return gateway.call(call)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    /// How many records hold `text`.
    long recorded(String text) {
        try (Stream<Path> files = Files.walk(folder.resolve("journal"))) {
            long found = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found += Files.readString(file, StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> line.contains(text))
                        .count();
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        journal.close();
    }
}
