package dev.toolkeep.remote;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what the server says of itself: objects, and RFC 9457 problems.
final class Problems {
    private static final Bounds BOUNDS = Bounds.DOCUMENT;

    private Problems() {}

    static ObjectNode object(byte[] body) throws Failed {
        try {
            return StrictJson.object(body, BOUNDS);
        } catch (Malformed e) {
            throw strange();
        }
    }

    /// The problem in an answer whose status says that it is none that was hoped for.
    static Failed of(Reply reply) {
        if (!reply.json()) {
            return strange();
        }
        try {
            return of(object(reply.body()));
        } catch (Failed e) {
            return e;
        }
    }

    static Failed of(ObjectNode problem) {
        String code = text(problem, "code");
        if (code.isEmpty()) {
            return strange();
        }
        String detail = text(problem, "detail");
        return new Failed(new Failure(
                1,
                code,
                detail.isEmpty() ? text(problem, "title") : detail,
                text(problem, "rule"),
                text(problem, "advice")));
    }

    static Failed strange() {
        return Failed.with(
                "unexpected_answer",
                "what answers there does not speak as Toolkeep does",
                "see that the server is of the same version as this command");
    }

    private static String text(JsonNode problem, String field) {
        return problem.path(field).asString("");
    }
}
