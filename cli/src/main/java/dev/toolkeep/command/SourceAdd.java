package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep source add`: brings in a source. Its tools wait for approval.
@Command(
        name = "add",
        description = {
            "Reads a new source and adds it. Its tools wait for approval: nothing can be called yet.",
            "The document is a file (read by the server) or an http(s) URL. A GraphQL server is its URL: it is asked for its",
            "schema. An MCP server is a URL, or a command after --."
        },
        footer = {
            "",
            "Examples:",
            "  toolkeep source add weather utcp https://api.example.com/utcp",
            "  toolkeep source add petstore openapi petstore.yaml --base-url https://pets.example.com/v1",
            "  toolkeep source add bench utcp manual.json --reach 127.0.0.1:9000",
            "  toolkeep source add shop graphql https://shop.example.com/graphql --header 'Authorization: Bearer ${SHOP_KEY}'",
            "  toolkeep source add stock grpc https://stock.example.com:443",
            "  toolkeep source add everything mcp -- npx -y @modelcontextprotocol/server-everything",
            "  toolkeep source add tickets mcp --env 'TICKETS_KEY=${TICKETS_KEY}' -- tickets-mcp --read-only",
            "  toolkeep source add docs mcp --url https://mcp.example.com/mcp --header 'Authorization: Bearer ${DOCS_KEY}'",
            "",
            "A secret is never written here: `toolkeep secret set DOCS_KEY --for source:docs`, and ${DOCS_KEY} in its place.",
        })
final class SourceAdd implements Callable<Integer> {
    private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*", Pattern.DOTALL);

    private final Desk desk;

    @Mixin
    private Asked asked = new Asked();

    @Parameters(index = "0", paramLabel = "NAME", description = "The source's name: a-z 0-9 _ -")
    private String name = "";

    @Parameters(index = "1", paramLabel = "KIND", description = "utcp, openapi, graphql, grpc or mcp")
    private String kind = "";

    @Parameters(
            index = "2..*",
            paramLabel = "FROM",
            description = "A file or URL; for mcp, after --, the command and its arguments")
    private List<String> from = new ArrayList<>();

    @Option(names = "--base-url", paramLabel = "URL", description = "openapi: where the API is, if not where it says")
    private @Nullable String baseUrl;

    @Option(names = "--url", paramLabel = "URL", description = "mcp: the server's Streamable HTTP address")
    private @Nullable String url;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "graphql, grpc, and mcp with --url: a header to send; repeat for more")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--env", paramLabel = "NAME=VALUE", description = "mcp: a variable of the command; repeat for more")
    private List<String> env = new ArrayList<>();

    @Option(names = "--cwd", paramLabel = "DIR", description = "mcp: the command's working directory")
    private @Nullable Path cwd;

    @Option(
            names = "--reach",
            paramLabel = "GRANT",
            description =
                    "What this source may reach beside the public internet: HOST:PORT, or run:/PROGRAM,"
                            + " sandbox:/PROGRAM, network:/PROGRAM, file:/FOLDER, write:/FOLDER of this machine; repeat for more")
    private List<String> reach = new ArrayList<>();

    @Option(names = "--preview", description = "Only show what it would bring; keep nothing.")
    private boolean preview;

    SourceAdd(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws Failed {
        ObjectNode order = Json.object().put("name", name);
        order.set("origin", origin());
        if (!reach.isEmpty()) {
            reach.forEach(order.putArray("reach")::add);
        }
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.postSlowly(preview ? "/sources/preview" : "/sources", order);
            return desk.show(asked, answer, page -> added(answer, page));
        }
    }

    private void added(ObjectNode answer, Page page) {
        SourceText.reading(answer, page);
        if (preview) {
            page.line("This was a preview; nothing was kept.");
        } else if (!answer.path("drift").path("added").isEmpty()) {
            page.line("They wait for approval: `toolkeep tool list '" + name + ".*'`, then `toolkeep approve '" + name
                    + ".*'`");
        }
    }

    private ObjectNode origin() throws Failed {
        return switch (kind) {
            case "utcp" -> {
                only(baseUrl == null, "--base-url is for openapi");
                yield document("manual");
            }
            case "openapi" -> {
                ObjectNode origin = document("openapi");
                yield baseUrl == null ? origin : origin.put("baseUrl", baseUrl);
            }
            case "graphql", "grpc" -> asked();
            case "mcp" -> mcp();
            default ->
                throw Failed.usage("KIND is utcp, openapi, graphql, grpc or mcp", "see `toolkeep source add --help`");
        };
    }

    private ObjectNode document(String origin) throws Failed {
        only(
                url == null && headers.isEmpty() && env.isEmpty() && cwd == null,
                "--url, --header, --env and --cwd are for mcp");
        only(from.size() == 1, "name one file or URL after " + kind);
        return Json.object().put("kind", origin).put("location", location(from.getFirst()));
    }

    /// A file is named as the server can find it: absolute.
    private String location(String text) throws Failed {
        if (URL.matcher(text).matches()) {
            return text;
        }
        Path file = desk.path(Path.of(text));
        if (!Files.isRegularFile(file)) {
            throw Failed.with("no_such_file", "there is no file " + file, "name a file, or a URL with https://");
        }
        return file.toString();
    }

    private ObjectNode asked() throws Failed {
        only(
                baseUrl == null && url == null && env.isEmpty() && cwd == null,
                "--base-url, --url, --env and --cwd are not for " + kind);
        only(from.size() == 1 && URL.matcher(from.getFirst()).matches(), "name the server's URL after " + kind);
        ObjectNode origin = Json.object().put("kind", kind).put("url", from.getFirst());
        if (!headers.isEmpty()) {
            Pairs.headers(headers, desk::note).forEach(origin.putObject("headers")::put);
        }
        return origin;
    }

    private ObjectNode mcp() throws Failed {
        only(baseUrl == null, "--base-url is for openapi");
        ObjectNode origin = Json.object().put("kind", "mcp");
        if (url != null) {
            only(from.isEmpty() && env.isEmpty() && cwd == null, "an MCP server is either --url or a command");
            Pairs.headers(headers, desk::note).forEach(origin.putObject("headers")::put);
            return origin.put("url", url);
        }
        only(!from.isEmpty(), "name the server: --url URL, or -- COMMAND ARGS...");
        only(headers.isEmpty(), "--header is for an MCP server with --url; a command takes --env");
        program(from).forEach(origin.putArray("command")::add);
        if (!env.isEmpty()) {
            Pairs.variables(env, desk::note).forEach(origin.putObject("env")::put);
        }
        return cwd == null
                ? origin
                : origin.put("workingDirectory", desk.path(cwd).toString());
    }

    /// A program named by a relative path is the one seen from here.
    private List<String> program(List<String> words) {
        List<String> command = new ArrayList<>(words);
        String program = command.getFirst();
        if (program.contains("/")) {
            command.set(0, desk.path(Path.of(program)).toString());
        }
        return command;
    }

    private static void only(boolean holds, String message) throws Failed {
        if (!holds) {
            throw Failed.usage(message, "see `toolkeep source add --help`");
        }
    }
}
