package dev.toolkeep.protocol.graphql;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpAnswers;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// GraphQL responses (GraphQL, October 2021, 7.1) as answers. `data` without errors is the answer. Errors without data,
/// or with nothing but nulls in it, are a fault, told in the server's words. Data with errors is kept and marked: an
/// object of both, `data` and `errors`. What a server says in `extensions` is not passed on.
final class GraphQlAnswers {
    private static final int MOST_ERRORS = 5;

    private GraphQlAnswers() {}

    /// The response of a query or mutation.
    static Sent one(Sent sent) {
        if (!(sent instanceof Sent.Answered(Answer answer))) {
            return sent;
        }
        JsonNode response = answer instanceof Answer.Json json ? json.value() : null;
        if (response == null || !isResponse(response)) {
            return failed(Kind.BAD_ANSWER, "the server did not answer with a GraphQL response", "");
        }
        return data(response) == null ? refused(response) : answered(told(response));
    }

    /// The responses of a subscription. When none of them has data the call failed.
    static Sent all(Sent sent) {
        if (!(sent instanceof Sent.Answered(Answer.Json(JsonNode events, var bytes)))) {
            return sent;
        }
        ArrayNode told = Json.array();
        boolean some = events.isEmpty();
        for (JsonNode event : events) {
            if (!isResponse(event)) {
                return failed(Kind.BAD_ANSWER, "an event of the server is not a GraphQL response", "");
            }
            some |= data(event) != null;
            told.add(told(event));
        }
        return some ? answered(told) : refused(events.get(events.size() - 1));
    }

    /// One response as it is shown: its data, or an object of its data and its errors.
    static JsonNode told(JsonNode response) {
        JsonNode data = data(response);
        if (!failing(response)) {
            return data == null ? Json.object() : data;
        }
        ObjectNode marked = Json.object();
        if (data != null) {
            marked.set("data", data);
        }
        marked.set("errors", response.path("errors"));
        return marked;
    }

    private static boolean isResponse(JsonNode response) {
        JsonNode errors = response.get("errors");
        JsonNode data = response.get("data");
        boolean sound = (errors == null || errors.isNull() || errors.isArray())
                && (data == null || data.isNull() || data.isObject());
        return response.isObject() && sound && (failing(response) || data(response) != null);
    }

    private static boolean failing(JsonNode response) {
        return response.path("errors").isArray() && !response.path("errors").isEmpty();
    }

    /// Null where there is none. A field that failed is null in it, which is an answer only where nothing failed.
    private static @Nullable JsonNode data(JsonNode response) {
        JsonNode data = response.get("data");
        boolean none = data == null || data.isNull();
        return none || (failing(response) && data.valueStream().allMatch(JsonNode::isNull)) ? null : data;
    }

    private static Sent answered(JsonNode value) {
        return new Sent.Answered(new Answer.Json(value, Json.bytes(value)));
    }

    private static Sent refused(JsonNode response) {
        StringJoiner said = new StringJoiner("; ");
        JsonNode errors = response.path("errors");
        for (int i = 0; i < Math.min(MOST_ERRORS, errors.size()); i++) {
            said.add(errors.path(i).path("message").asString("an error without a message"));
        }
        if (errors.size() > MOST_ERRORS) {
            said.add("and " + (errors.size() - MOST_ERRORS) + " more");
        }
        return failed(
                Kind.UPSTREAM_ERROR,
                "the GraphQL server answered with errors",
                HttpAnswers.excerpt(said.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static Sent failed(Kind kind, String words, String detail) {
        return new Sent.Failed(new ToolFault(kind, words, detail));
    }
}
