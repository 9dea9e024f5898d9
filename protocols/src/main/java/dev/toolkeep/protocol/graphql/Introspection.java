package dev.toolkeep.protocol.graphql;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Listed;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate.GraphQl;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Manual;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/// Asks a GraphQL server for its schema, with one query like any other call, and makes its root fields tools. The query
/// is the standard one, seven wrappers deep, so that servers which limit depth or count fields let it through.
/// Thread-safe.
public final class Introspection {
    private static final int ANSWER_BYTES = 32 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String TYPE = "kind name ofType { ".repeat(7) + "kind name" + " }".repeat(7);
    private static final String VALUE = "{ name description defaultValue type { " + TYPE + " } }";
    static final String QUERY = "query IntrospectionQuery { __schema { queryType { name } mutationType { name }"
            + " subscriptionType { name } types { kind name description"
            + " fields(includeDeprecated: true) { name description isDeprecated args " + VALUE + " type { " + TYPE
            + " } } inputFields " + VALUE
            + " enumValues(includeDeprecated: true) { name } possibleTypes { name } } } }";

    private final Protocol graphQl;

    /// @param graphQl what calls of GraphQL tools are sent by
    public Introspection(Protocol graphQl) {
        this.graphQl = graphQl;
    }

    /// What the server at `url` offers. `headers` go with the question and become part of every tool's template; their
    /// placeholders are filled from `secrets` for the question alone.
    public CompletionStage<Listed> list(
            String source, String url, Map<String, String> headers, Secrets secrets, Reach reach, Duration patience) {
        HttpCall request = new HttpCall(
                HttpCall.Method.POST,
                url,
                "application/json",
                headers,
                Map.of(),
                new HttpCall.Body.None(),
                List.of(),
                new Auth.None(),
                TIMEOUT);
        Dispatch question = new Dispatch(
                source,
                new GraphQl(request, GraphQl.Operation.QUERY, "IntrospectionQuery", QUERY, 1),
                Json.object(),
                secrets,
                reach,
                patience,
                ANSWER_BYTES,
                "introspection",
                "",
                Runnable::run,
                Progress.ignored(),
                new Withdrawal());
        // A large schema is seconds of work, and an answer comes on an event loop.
        return graphQl.send(question)
                .thenApplyAsync(sent -> listed(sent, source, request), work -> Thread.startVirtualThread(work));
    }

    private static Listed listed(Sent sent, String source, HttpCall request) {
        return switch (sent) {
            case Sent.Failed(ToolFault fault) -> new Listed.Failed(fault);
            case Sent.Answered(Answer.Json(JsonNode data, var bytes)) -> listed(data, source, request);
            case Sent.Answered other -> unusable("it is no JSON");
        };
    }

    private static Listed listed(JsonNode data, String source, HttpCall request) {
        try {
            Manual manual = OperationTools.of(
                    SchemaReader.read(data.path("data").has("__schema") ? data.path("data") : data), source, request);
            return new Listed.Tools(manual.tools(), manual.leftOut());
        } catch (Malformed e) {
            return unusable(e.getMessage());
        }
    }

    private static Listed unusable(String why) {
        return new Listed.Failed(ToolFault.of(Kind.BAD_ANSWER, "the server's schema cannot be used: " + why));
    }
}
