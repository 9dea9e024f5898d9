package dev.toolkeep.clientfile;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictYaml;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// Reads a file of servers. Known are `mcpServers` (Claude Code and Desktop, Cursor, Gemini CLI, Windsurf and others),
/// `servers` and `mcp.servers` (VS Code), `context_servers` (Zed), `mcp_servers` (Codex, TOML), `extensions` (Goose,
/// YAML), and the official registry's `server.json`, alone or as the registry's API answers it.
public final class ClientFile {
    private static final Bounds BOUNDS = Bounds.REQUEST;
    private static final List<String> MAPS =
            List.of("mcpServers", "servers", "context_servers", "mcp_servers", "extensions");
    private static final int MOST_SERVERS = 200;

    private final List<Wanted> servers = new ArrayList<>();
    private final List<Found.LeftOut> leftOut = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private ClientFile() {}

    /// @param fileName says by its end how it is written: `.toml`, `.yaml`, `.yml`, else JSON, with or without comments
    /// @throws Malformed when it cannot be read, or holds none of the known forms
    public static Found read(byte[] bytes, String fileName) throws Malformed {
        JsonNode document = parse(bytes, fileName.toLowerCase(Locale.ROOT));
        ClientFile file = new ClientFile();
        file.document(document);
        return new Found(file.servers, file.leftOut);
    }

    private static JsonNode parse(byte[] bytes, String fileName) throws Malformed {
        if (bytes.length > BOUNDS.bytes()) {
            throw new Malformed("larger than " + BOUNDS.bytes() + " bytes");
        }
        if (fileName.endsWith(".yaml") || fileName.endsWith(".yml")) {
            return StrictYaml.parse(bytes, BOUNDS);
        }
        if (!fileName.endsWith(".toml")) {
            return CommentedJson.parse(bytes, BOUNDS);
        }
        try {
            return TomlMapper.builder().build().readTree(bytes);
        } catch (JacksonException e) {
            throw new Malformed("not valid TOML: line " + e.getLocation().getLineNr());
        }
    }

    private void document(JsonNode document) throws Malformed {
        if (document.path("name").isString() && (document.has("packages") || document.has("remotes"))) {
            registered(document);
            return;
        }
        if (document.path("server").isObject()) {
            registered(document.path("server"));
            return;
        }
        if (document.path("servers").isArray()) {
            for (JsonNode one : document.path("servers")) {
                registered(one.path("server").isObject() ? one.path("server") : one);
            }
            return;
        }
        JsonNode within = document.path("mcp").isObject() ? document.path("mcp") : document;
        for (String map : MAPS) {
            if (within.path(map).isObject()) {
                for (Map.Entry<String, JsonNode> one : within.path(map).properties()) {
                    add(one.getKey(), () -> ClientEntry.read(sourceName(one.getKey()), one.getValue()));
                }
                return;
            }
        }
        throw new Malformed(
                "it names no MCP servers: known are mcpServers, servers (VS Code), context_servers (Zed), mcp_servers"
                        + " (Codex), extensions (Goose) and a registry's server.json");
    }

    private void registered(JsonNode server) throws Malformed {
        String full = server.path("name").asString("");
        String last = full.substring(full.lastIndexOf('/') + 1);
        add(full, () -> ServerJson.read(sourceName(last), server));
    }

    private interface Reading {
        Wanted read() throws Unfit;
    }

    private void add(String name, Reading reading) throws Malformed {
        if (servers.size() + leftOut.size() >= MOST_SERVERS) {
            throw new Malformed("it names more than " + MOST_SERVERS + " servers");
        }
        try {
            Wanted wanted = reading.read();
            if (!names.add(wanted.name())) {
                throw new Unfit("another server of this file has the name " + wanted.name());
            }
            servers.add(wanted);
        } catch (Unfit unfit) {
            leftOut.add(new Found.LeftOut(name, unfit.reason()));
        }
    }

    /// A source's name is 1 to 32 of `a-z 0-9 _ -` and starts with a letter or digit.
    static String sourceName(String name) throws Unfit {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]+", "-").replaceAll("^[_-]+|-+$", "");
        if (plain.isEmpty()) {
            throw new Unfit("its name cannot be a source's: a-z 0-9 _ -");
        }
        return plain.substring(0, Math.min(plain.length(), 32));
    }
}
