package dev.toolkeep.protocol.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls tools that are operations of a GraphQL server (UTCP `graphql`; GraphQL over HTTP). A query or mutation is one
/// POST of `query`, `variables` and `operationName`; a subscription is the same POST answered with server-sent events
/// (graphql-sse, distinct connections mode). The text that is sent is the template's own, byte for byte: arguments are
/// variables. Everything an HTTP request is held to holds here, for it is sent as one; redirects are not followed.
///
/// What comes back is told in [GraphQlAnswers].
public final class GraphQlProtocol implements Protocol {
    /// No variable and no header can be called so.
    private static final String BODY = "(body)";

    private final Protocol http;
    private final Protocol sse;
    // Weak keys are compared by identity, and the plans of http hang on the identity of what is kept here.
    private final Cache<CallTemplate.GraphQl, CallTemplate> requests =
            Caffeine.newBuilder().weakKeys().maximumSize(100_000).build();

    public GraphQlProtocol(Protocol http, Protocol sse) {
        this.http = http;
        this.sse = sse;
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.GraphQl template)) {
            return CompletableFuture.completedFuture(
                    new Sent.Failed(ToolFault.of(ToolFault.Kind.OURS, "not a graphql tool")));
        }
        return switch (template.operation()) {
            case QUERY, MUTATION ->
                http.send(carrying(dispatch, template, dispatch.progress())).thenApply(GraphQlAnswers::one);
            case SUBSCRIPTION ->
                sse.send(carrying(
                                dispatch, template, event -> dispatch.progress().say(GraphQlAnswers.told(event))))
                        .thenApply(GraphQlAnswers::all);
        };
    }

    private Dispatch carrying(Dispatch dispatch, CallTemplate.GraphQl template, Progress progress) {
        return new Dispatch(
                dispatch.source(),
                requests.get(template, GraphQlProtocol::request),
                arguments(template, dispatch.arguments()),
                dispatch.secrets(),
                dispatch.reach(),
                dispatch.timeout(),
                dispatch.answerBytes(),
                dispatch.requestId(),
                dispatch.traceparent(),
                dispatch.home(),
                progress,
                dispatch.withdrawal());
    }

    private static ObjectNode arguments(CallTemplate.GraphQl template, ObjectNode given) {
        ObjectNode carried = Json.object();
        ObjectNode variables = Json.object();
        for (Map.Entry<String, JsonNode> argument : given.properties()) {
            boolean header = template.request().headerFields().contains(argument.getKey());
            (header ? carried : variables).set(argument.getKey(), argument.getValue());
        }
        ObjectNode body = carried.putObject(BODY).put("query", template.document());
        body.set("variables", variables);
        if (!template.operationName().isEmpty()) {
            body.put("operationName", template.operationName());
        }
        return carried;
    }

    private static CallTemplate request(CallTemplate.GraphQl template) {
        HttpCall call = template.request();
        HttpCall carrying = new HttpCall(
                HttpCall.Method.POST,
                call.url(),
                "application/json",
                call.headers(),
                call.query(),
                new HttpCall.Body.Field(BODY),
                call.headerFields(),
                call.auth(),
                call.timeout());
        return template.operation() == CallTemplate.GraphQl.Operation.SUBSCRIPTION
                ? new CallTemplate.Sse(carrying, "next", false, Duration.ofSeconds(1), template.maxEvents())
                : new CallTemplate.Http(carrying, false);
    }
}
