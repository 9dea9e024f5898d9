package dev.toolkeep.admin;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.secret.CredentialNames;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A source as an operator asks for it; [#source] says whether it can be one, without touching disk or network.
///
/// @param reach see [Reach]
public record SourceOrder(String name, Origin origin, Set<String> reach) {
    private static final int LONGEST = 4096;
    private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Set<String> OWN_HEADERS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "accept",
            "te",
            "upgrade",
            "mcp-session-id",
            "mcp-protocol-version",
            "expect",
            "trailer",
            "keep-alive");
    private static final List<String> CREDENTIAL_FLAGS =
            List.of("token", "secret", "password", "passwd", "apikey", "api-key", "api_key");

    public SourceOrder {
        reach = Set.copyOf(reach);
    }

    /// @throws Refused ([Refusal.Code#INVALID]) naming what is wrong and where, never a value
    Source source(Instant now) throws Refused {
        require(
                ToolName.validSource(name),
                "name",
                "a source's name is 1 to 32 of a-z 0-9 _ - and starts with a letter or digit");
        switch (origin) {
            case Origin.Manual(String location) -> location("location", location);
            case Origin.OpenApi(String location, String baseUrl) -> {
                location("location", location);
                if (!baseUrl.isEmpty()) {
                    URI base = url("baseUrl", baseUrl);
                    require(base.getRawQuery() == null, "baseUrl", "a base URL has no query");
                }
            }
            case Origin.Mcp(
                    McpServer.Stdio(List<String> command, Map<String, String> env, String workingDirectory)) -> {
                command(command);
                env(env);
                require(
                        workingDirectory.isEmpty() || absolute(workingDirectory),
                        "workingDirectory",
                        "it must be an absolute path");
            }
            case Origin.Mcp(McpServer.Http(String url, Map<String, String> headers, Auth auth)) -> {
                url("url", url);
                headers(headers);
            }
            case Origin.GraphQl(String url, Map<String, String> headers) -> {
                url("url", url);
                headers(headers);
            }
            case Origin.Grpc(String url, Map<String, String> headers) -> {
                URI server = url("url", url);
                require(
                        server.getPort() > 0 && server.getRawQuery() == null && "".equals(server.getRawPath()),
                        "url",
                        "a gRPC server is https://HOST:PORT and nothing after it");
                headers(headers);
            }
            case Origin.Builtin() -> throw invalid("origin", "only the program itself has the built-in toolset");
        }
        require(reach.size() <= 64, "reach", "at most 64 grants");
        try {
            return new Source(name, origin, new Reach(reach), now);
        } catch (IllegalArgumentException e) {
            throw invalid("reach", String.valueOf(e.getMessage()));
        }
    }

    private static void location(String field, String location) throws Refused {
        if (!location.startsWith("/")) {
            url(field, location);
            return;
        }
        require(absolute(location), field, "it must be an absolute http(s) URL or an absolute path");
    }

    private static URI url(String field, String text) throws Refused {
        require(
                text.length() <= LONGEST && clean(text),
                field,
                "it must be an absolute http(s) URL or an absolute path");
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            require(scheme.equals("https") || scheme.equals("http"), field, "it must be an absolute http(s) URL");
            require(uri.getHost() != null, field, "it must be an absolute http(s) URL with a host");
            require(
                    uri.getRawUserInfo() == null,
                    field,
                    "a URL holds no user or password: use `secret set` and ${NAME}");
            require(uri.getRawFragment() == null, field, "a URL has no fragment here");
            return uri;
        } catch (URISyntaxException e) {
            throw invalid(field, "it is not a valid URL");
        }
    }

    private static void command(List<String> command) throws Refused {
        require(command.size() <= 64, "command", "at most 64 arguments");
        for (String argument : command) {
            require(
                    argument.length() <= LONGEST && argument.indexOf('\0') < 0,
                    "command",
                    "an argument is too long or holds a NUL");
        }
        String program = command.getFirst();
        require(clean(program) && !program.startsWith("-"), "command", "the program's name is not one");
        require(
                !program.contains("/") || absolute(program),
                "command",
                "the program must be a bare name or an absolute path");
        secretsStayOut(command);
    }

    /// Arguments are seen by every user of the machine and are never filled in.
    private static void secretsStayOut(List<String> command) throws Refused {
        for (int i = 1; i < command.size(); i++) {
            String argument = command.get(i);
            int equals = argument.indexOf('=');
            String flag = (equals < 0 ? argument : argument.substring(0, equals)).toLowerCase(Locale.ROOT);
            boolean named = flag.startsWith("-") && CREDENTIAL_FLAGS.stream().anyMatch(flag::endsWith);
            boolean valued =
                    equals > 0 || (i + 1 < command.size() && !command.get(i + 1).startsWith("-"));
            require(
                    !(named && valued),
                    "command",
                    "an argument looks like a credential, and arguments are seen by everybody on the machine:"
                            + " `secret set` it and pass it in env as ${NAME}");
        }
    }

    private static void env(Map<String, String> env) throws Refused {
        require(env.size() <= 64, "env", "at most 64 variables");
        for (Map.Entry<String, String> one : env.entrySet()) {
            require(ENV_NAME.matcher(one.getKey()).matches(), "env", "a variable's name is A-Z a-z 0-9 _");
            require(
                    one.getValue().length() <= LONGEST && one.getValue().indexOf('\0') < 0,
                    "env",
                    "a value is too long or holds a NUL");
            secretsStayOut("env", one.getKey(), one.getValue());
        }
    }

    private static void headers(Map<String, String> headers) throws Refused {
        require(headers.size() <= 32, "headers", "at most 32 headers");
        for (Map.Entry<String, String> one : headers.entrySet()) {
            require(HEADER_NAME.matcher(one.getKey()).matches(), "headers", "a header's name is not one");
            require(
                    !OWN_HEADERS.contains(one.getKey().toLowerCase(Locale.ROOT)),
                    "headers",
                    "that header is set by Toolkeep itself");
            require(
                    one.getValue().length() <= LONGEST && clean(one.getValue()),
                    "headers",
                    "a header's value holds a control character or is too long");
            secretsStayOut("headers", one.getKey(), one.getValue());
        }
    }

    private static void secretsStayOut(String field, String name, String value) throws Refused {
        require(
                !CredentialNames.credential(name)
                        || value.isEmpty()
                        || !Placeholders.names(value).isEmpty(),
                field,
                "it looks like it holds a credential in clear: `secret set` it and write ${NAME} in its place");
    }

    private static boolean absolute(String path) {
        return path.startsWith("/")
                && path.length() <= LONGEST
                && clean(path)
                && Path.of(path).normalize().toString().equals(path);
    }

    private static boolean clean(String text) {
        return text.chars().noneMatch(c -> c < ' ' || c == 0x7f);
    }

    private static void require(boolean holds, String field, String message) throws Refused {
        if (!holds) {
            throw invalid(field, message);
        }
    }

    private static Refused invalid(String field, String message) {
        return new Refused(Refusal.Code.INVALID, "source-" + field, field + ": " + message, "mend it and try again");
    }
}
