package dev.toolkeep.console;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// What the console answered.
public record Answer(int status, HttpHeaders headers, String text) {
    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /// The body as JSON, strictly.
    public JsonNode json() {
        return json(text);
    }

    /// Any text as JSON, strictly.
    public static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
        } catch (Malformed e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /// One text of the body; empty when it is not there.
    public String text(String field) {
        return json().path(field).asString("");
    }

    public String code() {
        return text("code");
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /// The body of an answer that must have this status.
    public JsonNode require(int wanted) {
        if (status != wanted) {
            throw new AssertionError("wanted " + wanted + ", got " + status + ": " + text);
        }
        return json();
    }
}
