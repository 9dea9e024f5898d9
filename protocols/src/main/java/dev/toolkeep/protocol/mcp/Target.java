package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.oauth.Bearer;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.protocol.oauth.Wanted;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A server of a source with its secrets filled in. Two targets with equal keys share a connection, so a connection is
/// never used with other secrets, or another reach, than it was opened with. Cannot be printed.
final class Target {
    private static final int MOST_LEARNED = 4;

    private final Key key;
    private final Map<String, String> filled;
    private final Wanted.@Nullable Filling token;
    private final Set<String> learned;

    private Target(Key key, Map<String, String> filled, Wanted.@Nullable Filling token) {
        this(key, filled, token, ConcurrentHashMap.newKeySet());
    }

    private Target(Key key, Map<String, String> filled, Wanted.@Nullable Filling token, Set<String> learned) {
        this.learned = learned;
        this.key = key;
        this.filled = filled;
        this.token = token;
    }

    /// What makes two targets the same; `secrets` is a salted digest of the filled-in values, empty when there are
    /// none.
    record Key(String source, McpServer server, String secrets, Reach reach, Party party) {
        boolean sameServer(Key other) {
            return source.equals(other.source) && server.equals(other.server);
        }
    }

    /// Whose a connection is, and what it may be asked: everybody's carries no questions.
    record Party(String name, ObjectNode capabilities) {
        static final Party EVERYBODY = new Party("", Json.object());

        boolean everybody() {
            return name.isEmpty();
        }
    }

    /// The same server, for this party alone.
    Target of(Party party) {
        return new Target(new Key(key.source, key.server, key.secrets, key.reach, party), filled, token, learned);
    }

    sealed interface Filling {
        record Filled(Target target) implements Filling {}

        /// The secret `name` was not granted.
        record Missing(String name) implements Filling {}

        /// The filled-in values cannot be sent; the reason names no value.
        record Unusable(String reason) implements Filling {}
    }

    /// Fills the server's `env` or `headers`.
    static Filling fill(String source, McpServer server, Secrets secrets, Reach reach, byte[] salt) {
        Map<String, String> values = switch (server) {
            case McpServer.Stdio stdio -> stdio.env();
            case McpServer.Http http -> http.headers();
        };
        String problem = Unsendable.problem(server);
        if (!problem.isEmpty()) {
            return new Filling.Unusable(problem);
        }
        // What a child process connects to is not ours to grant, so reach does not tell its connections apart.
        Reach relevant = server instanceof McpServer.Http ? reach : Reach.PUBLIC;
        TreeMap<String, String> opened = new TreeMap<>();
        List<String> texts = new ArrayList<>(values.values());
        if (server instanceof McpServer.Http(var url, var headers, Auth.OAuth2 oauth)) {
            texts.add(oauth.clientId());
            texts.add(oauth.clientSecret());
        }
        for (String text : texts) {
            for (String name : Placeholders.names(text)) {
                String value = secrets.value(name);
                if (value == null) {
                    return new Filling.Missing(name);
                }
                opened.put(name, value);
            }
        }
        if (opened.isEmpty()) {
            return new Filling.Filled(new Target(
                    new Key(source, server, "", relevant, Party.EVERYBODY),
                    values,
                    token(source, server, secrets, reach)));
        }
        TreeMap<String, String> filled = new TreeMap<>();
        values.forEach((name, text) -> filled.put(name, Placeholders.fill(text, opened::get)));
        for (String value : filled.values()) {
            if (Unsendable.value(value, server)) {
                return new Filling.Unusable("a secret holds a character that the MCP server cannot be sent");
            }
        }
        Key key = new Key(source, server, digest(opened, salt), relevant, Party.EVERYBODY);
        return new Filling.Filled(new Target(key, filled, token(source, server, secrets, reach)));
    }

    Key key() {
        return key;
    }

    private static Wanted.@Nullable Filling token(String source, McpServer server, Secrets secrets, Reach reach) {
        return server instanceof McpServer.Http(var url, var headers, Auth.OAuth2 oauth)
                ? Wanted.fill(oauth, source, secrets, reach)
                : null;
    }

    /// What proves one exchange, beside the headers; null when nothing does.
    @Nullable
    Bearer bearer(Tokens tokens) {
        return token == null ? null : new Bearer(tokens, token, this::learn);
    }

    /// The tokens used lately; answers must not repeat them.
    Set<String> learned() {
        return learned;
    }

    private void learn(String value) {
        if (!learned.contains(value)) {
            if (learned.size() >= MOST_LEARNED) {
                learned.clear();
            }
            learned.add(value);
        }
    }

    /// The server's `env` or `headers` with secrets in them.
    Map<String, String> filled() {
        return filled;
    }

    @Override
    public String toString() {
        return "an MCP server of " + key.source();
    }

    private static String digest(SortedMap<String, String> opened, byte[] salt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            opened.forEach((name, value) -> {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                sha.update((name + ":" + bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha.update(bytes);
            });
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
