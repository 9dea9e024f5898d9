package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads one UTCP call template. What would be silently dropped by other clients and changes the call (static
/// query parameters, OAuth, a header that frames the request) is refused here with its reason instead.
final class TemplateReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Set<String> FRAMING = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "proxy-authorization",
            "proxy-connection");

    /// A template may fix these, an argument never chooses them.
    private static final Set<String> FIXED = Set.of(
            "authorization",
            "cookie",
            "content-type",
            "content-encoding",
            "accept-encoding",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "traceparent",
            "tracestate");

    private TemplateReader() {}

    static CallTemplate read(JsonNode json) throws Malformed {
        if (!json.isObject()) {
            throw new Malformed("a call template must be an object");
        }
        String type = Members.text(json, "call_template_type");
        return switch (type) {
            case "http" -> http(json);
            case "text" -> text(json);
            case "mcp" -> mcp(json);
            case "builtin" -> new CallTemplate.Builtin(Members.text(json, "function"));
            case "unsupported" -> unsupported(json);
            default -> throw new Malformed("call template type '" + Members.printable(type) + "' is not supported");
        };
    }

    private static CallTemplate http(JsonNode json) throws Malformed {
        String url = Members.text(json, "url");
        TargetUrl.of(url);
        String contentType = Members.text(json, "content_type", "application/json");
        checkHeaderValue("content_type", contentType);
        for (String dropped : List.of("query_params", "body")) {
            if (Members.given(json, dropped) != null) {
                throw new Malformed(dropped + " in an http template is not supported");
            }
        }
        List<String> headerFields = Members.texts(json, "header_fields");
        checkHeaderNames("header_fields", headerFields);
        for (String field : headerFields) {
            if (!argumentMaySet(field)) {
                throw new Malformed("header_fields may not hold '" + field.toLowerCase(Locale.ROOT) + "'");
            }
        }
        return new CallTemplate.Http(
                method(json),
                url,
                contentType,
                headers(json),
                bodyField(json),
                headerFields,
                auth(json),
                timeout(json));
    }

    private static CallTemplate text(JsonNode json) throws Malformed {
        if (Members.given(json, "content") == null && Members.given(json, "file_path") != null) {
            throw new Malformed("text with a file_path is the old form of 'file', which is not supported");
        }
        return new CallTemplate.Text(Members.text(json, "content"));
    }

    private static CallTemplate mcp(JsonNode json) throws Malformed {
        ObjectNode servers = Members.object(Members.object(json, "config"), "mcpServers");
        if (servers.size() != 1) {
            throw new Malformed("an mcp template must name exactly one server in config.mcpServers");
        }
        McpServer server = server(servers.iterator().next());
        return new CallTemplate.Mcp(withAuth(server, auth(json)), Members.text(json, "tool"));
    }

    private static CallTemplate unsupported(JsonNode json) throws Malformed {
        JsonNode original = json.get("original");
        if (original == null) {
            throw new Malformed("original is missing");
        }
        return new CallTemplate.Unsupported(Members.text(json, "type"), Members.text(json, "reason"), original);
    }

    static McpServer server(JsonNode json) throws Malformed {
        if (!json.isObject()) {
            throw new Malformed("an MCP server must be an object");
        }
        boolean hasCommand = Members.given(json, "command") != null;
        String transport = Members.text(json, "transport", hasCommand ? "stdio" : "http");
        return switch (transport) {
            case "stdio" -> stdio(json);
            case "http", "streamable_http", "streamable-http" -> {
                String url = Members.text(json, "url");
                TargetUrl.of(url);
                yield new McpServer.Http(url, headers(json));
            }
            default ->
                throw new Malformed(
                        "MCP transport '" + Members.printable(transport) + "' is not supported: use stdio or http");
        };
    }

    private static McpServer stdio(JsonNode json) throws Malformed {
        List<String> command = new ArrayList<>();
        JsonNode given = Members.given(json, "command");
        if (given != null && given.isArray()) {
            command.addAll(Members.texts(json, "command"));
        } else {
            command.add(Members.text(json, "command"));
        }
        command.addAll(Members.texts(json, "args"));
        Map<String, String> env = Members.textMap(json, "env");
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw new Malformed("an MCP stdio server needs a command");
        }
        if (hasNul(command)
                || hasNul(env.keySet())
                || hasNul(env.values())
                || env.keySet().stream().anyMatch(name -> name.isEmpty() || name.contains("="))) {
            throw new Malformed("a command or env of an MCP server holds what no process can be given");
        }
        return new McpServer.Stdio(command, env, Members.text(json, "cwd", ""));
    }

    private static boolean hasNul(Iterable<String> texts) {
        for (String text : texts) {
            if (text.indexOf('\0') >= 0) {
                return true;
            }
        }
        return false;
    }

    /// UTCP lets the template carry the `auth` of an HTTP server; it is a header like any other.
    private static McpServer withAuth(McpServer server, Auth auth) throws Malformed {
        return switch (auth) {
            case Auth.None none -> server;
            case Auth.ApiKey(String value, String name, Auth.Location where)
            when server instanceof McpServer.Http(String url, Map<String, String> given)
                    && where == Auth.Location.HEADER
                    && given.keySet().stream().noneMatch(name::equalsIgnoreCase) -> {
                Map<String, String> headers = new LinkedHashMap<>(given);
                headers.put(name, value);
                yield new McpServer.Http(url, headers);
            }
            case Auth.ApiKey key -> throw new Malformed("auth of an mcp template must be one more header");
            case Auth.Basic basic -> throw new Malformed("basic auth of an mcp template is not supported");
        };
    }

    private static CallTemplate.Method method(JsonNode json) throws Malformed {
        String method = Members.text(json, "http_method", "GET");
        for (CallTemplate.Method known : CallTemplate.Method.values()) {
            if (known.name().equals(method)) {
                return known;
            }
        }
        throw new Malformed("http_method must be GET, POST, PUT, DELETE or PATCH");
    }

    /// Absent means `body` (UTCP's default); null means that nothing is sent as the body.
    private static @Nullable String bodyField(JsonNode json) throws Malformed {
        JsonNode given = json.get("body_field");
        return given != null && given.isNull() ? null : Members.text(json, "body_field", "body");
    }

    private static Map<String, String> headers(JsonNode json) throws Malformed {
        Map<String, String> headers = Members.textMap(json, "headers");
        checkHeaderNames("headers", List.copyOf(headers.keySet()));
        for (String value : headers.values()) {
            checkHeaderValue("headers", value);
        }
        return headers;
    }

    private static void checkHeaderNames(String member, List<String> names) throws Malformed {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!TOKEN.matcher(name).matches()) {
                throw new Malformed(member + " holds a name that is no HTTP header name");
            }
            if (FRAMING.contains(lower)) {
                throw new Malformed(member + " may not set '" + lower + "'");
            }
            if (!seen.add(lower)) {
                throw new Malformed(member + " names '" + lower + "' twice");
            }
        }
    }

    private static void checkHeaderValue(String member, String value) throws Malformed {
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new Malformed(member + " holds a control character");
        }
    }

    private static Auth auth(JsonNode json) throws Malformed {
        JsonNode auth = Members.given(json, "auth");
        if (auth == null) {
            return new Auth.None();
        }
        if (!auth.isObject()) {
            throw new Malformed("auth must be an object");
        }
        String type = Members.text(auth, "auth_type");
        return switch (type) {
            case "none" -> new Auth.None();
            case "api_key" -> apiKey(auth);
            case "basic" -> {
                String username = Members.text(auth, "username");
                if (username.contains(":")) {
                    throw new Malformed("the username of basic auth may not hold a colon");
                }
                yield new Auth.Basic(username, Members.text(auth, "password"));
            }
            default -> throw new Malformed("auth type '" + Members.printable(type) + "' is not supported");
        };
    }

    private static Auth apiKey(JsonNode auth) throws Malformed {
        String key = Members.text(auth, "api_key");
        String name = Members.text(auth, "var_name", "X-Api-Key");
        Auth.Location location = switch (Members.text(auth, "location", "header")) {
            case "header" -> Auth.Location.HEADER;
            case "query" -> Auth.Location.QUERY;
            case "cookie" -> Auth.Location.COOKIE;
            default -> throw new Malformed("location of an api_key must be header, query or cookie");
        };
        return apiKey(key, name, location);
    }

    /// An api_key whose value and name fit their place.
    static Auth apiKey(String key, String name, Auth.Location location) throws Malformed {
        checkHeaderValue("api_key", key);
        if (location == Auth.Location.QUERY
                ? name.isBlank()
                : !TOKEN.matcher(name).matches()) {
            throw new Malformed("the name of an api_key does not fit its place");
        }
        if (location == Auth.Location.HEADER && FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Malformed("an api_key may not be the header '" + name.toLowerCase(Locale.ROOT) + "'");
        }
        return new Auth.ApiKey(key, name, location);
    }

    /// Whether a header of this name may be filled from an argument: it must not frame the request nor carry its
    /// credentials.
    static boolean argumentMaySet(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        return TOKEN.matcher(header).matches() && !FRAMING.contains(lower) && !FIXED.contains(lower);
    }

    /// Seconds, as every UTCP document means it.
    private static Duration timeout(JsonNode json) throws Malformed {
        JsonNode given = Members.given(json, "timeout");
        if (given == null) {
            return TIMEOUT;
        }
        if (!given.isNumber()) {
            throw new Malformed("timeout must be a number of seconds");
        }
        BigDecimal seconds = given.decimalValue();
        if (seconds.signum() <= 0 || seconds.compareTo(BigDecimal.valueOf(86_400)) > 0 || seconds.scale() > 9) {
            throw new Malformed("timeout must be more than 0 and at most 86400 seconds");
        }
        return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
    }
}
