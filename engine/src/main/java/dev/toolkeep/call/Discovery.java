package dev.toolkeep.call;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Listed;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.SelfDescribing;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.graphql.Introspection;
import dev.toolkeep.protocol.mcp.McpListed;
import dev.toolkeep.protocol.mcp.McpServers;
import dev.toolkeep.protocol.net.Fetch;
import dev.toolkeep.protocol.net.Fetched;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.screen.Screen;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.vault.OpenedSecrets;
import dev.toolkeep.vault.Vault;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Manual;
import dev.toolkeep.wire.OpenApi;
import dev.toolkeep.wire.StrictYaml;
import dev.toolkeep.wire.UtcpManuals;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a source offers now. It decides nothing and stores nothing: what it brings is only an offer until a
/// person approves it. Fetches go through the egress guard, commands are the operator's own. Never fails but by value.
public final class Discovery {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Fetch fetch;
    private final McpServers servers;
    private final Protocol protocols;
    private final Introspection introspection;
    private final SelfDescribing grpc;
    private final Vault vault;
    private final Screen screen;
    private final Snapshots snapshots;
    private final Keep keep;

    public Discovery(
            Fetch fetch,
            McpServers servers,
            Protocol protocols,
            SelfDescribing grpc,
            Vault vault,
            Screen screen,
            Snapshots snapshots,
            Keep keep) {
        this.fetch = fetch;
        this.servers = servers;
        this.protocols = protocols;
        this.grpc = grpc;
        this.introspection = new Introspection(protocols);
        this.vault = vault;
        this.screen = screen;
        this.snapshots = snapshots;
        this.keep = keep;
    }

    public CompletionStage<Offer> read(Source source) {
        return switch (source.origin()) {
            case Origin.Manual(String location) ->
                document(source, location)
                        .thenApply(found -> offer(found, json -> UtcpManuals.read(json, source.name())));
            case Origin.OpenApi(String location, String baseUrl) ->
                document(source, location)
                        .thenApply(found ->
                                offer(found, json -> OpenApi.read(json, source.name(), url(location), baseUrl)));
            case Origin.Mcp(McpServer server) ->
                asked(
                        source,
                        secrets -> servers.list(source.name(), server, secrets, source.reach(), PATIENCE)
                                .thenApply(Discovery::listed));
            case Origin.GraphQl(String url, Map<String, String> headers) ->
                asked(
                        source,
                        secrets -> introspection.list(source.name(), url, headers, secrets, source.reach(), PATIENCE));
            case Origin.Grpc(String url, Map<String, String> headers) ->
                asked(source, secrets -> grpc.list(source.name(), url, headers, secrets, source.reach(), PATIENCE));
            case Origin.Builtin() -> CompletableFuture.completedStage(new Offer.Tools(keep.definitions(), List.of()));
        };
    }

    /// What a UTCP manual call template leads to, a manual or an OpenAPI document: the template is sent like a call, so
    /// its auth, its headers and every bound of a call hold here too. A plain GET may be redirected, see [Fetch].
    ///
    /// @param question what is sent as arguments: nothing, or what the protocol asks a server for its manual with
    /// @param baseUrl see [Origin.OpenApi]
    /// @param home runs the completion
    public CompletionStage<Offer> read(
            Source source, CallTemplate template, ObjectNode question, String baseUrl, Executor home) {
        if (template instanceof CallTemplate.Http(HttpCall request, var follows)
                && plain(request)
                && question.isEmpty()) {
            return document(source, request.url())
                    .thenApplyAsync(
                            found -> offer(found, json -> either(json, source.name(), request.url(), baseUrl)), home);
        }
        OpenedSecrets secrets;
        try {
            secrets = vault.openForSource(source.name(), snapshots.now().secrets());
        } catch (Refused sealed) {
            return CompletableFuture.completedStage(new Offer.Failed(
                    ToolFault.of(ToolFault.Kind.MISSING_SECRET, sealed.why().message())));
        }
        Dispatch dispatch = new Dispatch(
                source.name(),
                template,
                question,
                secrets,
                source.reach(),
                PATIENCE,
                Bounds.DOCUMENT.bytes(),
                "discovery",
                "",
                home,
                Progress.ignored(),
                new Withdrawal());
        String url = template instanceof CallTemplate.Http(HttpCall request, var follows) ? request.url() : "";
        return protocols
                .send(dispatch)
                .thenApply(sent ->
                        offer(fetched(sent), json -> either(screen.clean(json, secrets), source.name(), url, baseUrl)))
                .whenComplete((offer, bug) -> secrets.close());
    }

    private static boolean plain(HttpCall request) {
        return request.method() == HttpCall.Method.GET
                && request.auth() instanceof Auth.None
                && request.headers().isEmpty()
                && request.query().isEmpty()
                && !(request.body() instanceof HttpCall.Body.Fixed)
                && !request.url().contains("{");
    }

    private static Manual either(JsonNode json, String name, String url, String baseUrl) throws Malformed {
        return json.has("openapi") || json.has("swagger")
                ? OpenApi.read(json, name, url, baseUrl)
                : UtcpManuals.read(json, name);
    }

    private static Fetched fetched(Sent sent) {
        return switch (sent) {
            case Sent.Failed(ToolFault fault) -> new Fetched.Failed(fault);
            case Sent.Answered(Answer.Json(var value, byte[] bytes)) -> document(bytes);
            case Sent.Answered(Answer.Text(String text)) -> document(text.getBytes(StandardCharsets.UTF_8));
            case Sent.Answered(Answer.Bytes(var type, byte[] bytes)) -> document(bytes);
            case Sent.Answered(Answer.Blocks blocks) -> document(Json.bytes(blocks.content()));
            case Sent.Answered(Answer.Asks asks) -> document(Json.bytes(asks.requests()));
        };
    }

    private static Fetched document(byte[] bytes) {
        return new Fetched.Document(bytes, "", URI.create("about:blank"));
    }

    private static Listed listed(McpListed mcp) {
        return switch (mcp) {
            case McpListed.Listed(var tools, var leftOut) -> new Listed.Tools(tools, leftOut);
            case McpListed.Failed(ToolFault fault) -> new Listed.Failed(fault);
        };
    }

    /// What a server says it offers, with the secrets granted to its whole source opened for the question.
    private CompletionStage<Offer> asked(Source source, Function<Secrets, CompletionStage<Listed>> question) {
        OpenedSecrets secrets;
        try {
            secrets = vault.openForSource(source.name(), snapshots.now().secrets());
        } catch (Refused sealed) {
            return CompletableFuture.completedStage(new Offer.Failed(
                    ToolFault.of(ToolFault.Kind.MISSING_SECRET, sealed.why().message())));
        }
        return question.apply(secrets)
                .thenApply(listed -> screen.clean(listed, secrets))
                .whenComplete((listed, bug) -> secrets.close())
                .thenApply(listed -> switch (listed) {
                    case Listed.Tools(var tools, var leftOut) -> new Offer.Tools(tools, leftOut);
                    case Listed.Failed(ToolFault fault) -> new Offer.Failed(fault);
                });
    }

    private CompletionStage<Fetched> document(Source source, String location) {
        if (location.startsWith("https:") || location.startsWith("http:")) {
            return fetch.get(URI.create(location), source.reach(), Bounds.DOCUMENT.bytes(), PATIENCE, Map.of());
        }
        return CompletableFuture.completedStage(file(Path.of(location)));
    }

    private static Fetched file(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return new Fetched.Failed(ToolFault.of(ToolFault.Kind.BAD_REQUEST, path + " is not a regular file"));
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(Bounds.DOCUMENT.bytes() + 1);
            return bytes.length > Bounds.DOCUMENT.bytes()
                    ? new Fetched.Failed(ToolFault.of(ToolFault.Kind.TOO_LARGE, "the file is larger than 64 MiB"))
                    : new Fetched.Document(bytes, "", path.toUri());
        } catch (IOException e) {
            return new Fetched.Failed(ToolFault.of(
                    ToolFault.Kind.UNREACHABLE, "cannot read the file " + path + "; is it there and readable?"));
        }
    }

    private static String url(String location) {
        return location.startsWith("http")
                ? location
                : Path.of(location).toUri().toString();
    }

    /// Reads a parsed document.
    private interface Reader {
        Manual read(JsonNode json) throws Malformed;
    }

    private static Offer offer(Fetched found, Reader reader) {
        return switch (found) {
            case Fetched.Failed(ToolFault fault) -> new Offer.Failed(fault);
            case Fetched.Document document -> {
                try {
                    Manual manual = reader.read(StrictYaml.parse(document.bytes(), Bounds.DOCUMENT));
                    yield new Offer.Tools(manual.tools(), manual.leftOut());
                } catch (Malformed e) {
                    yield new Offer.Failed(
                            ToolFault.of(ToolFault.Kind.BAD_ANSWER, "the document cannot be used: " + e.getMessage()));
                }
            }
        };
    }
}
