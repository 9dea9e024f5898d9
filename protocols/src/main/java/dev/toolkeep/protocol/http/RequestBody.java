package dev.toolkeep.protocol.http;

import dev.toolkeep.wire.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// How the body argument is written, by the request's content type.
enum RequestBody {
    JSON {
        @Override
        Buffer write(JsonNode value) {
            return Buffer.buffer(Json.bytes(value));
        }
    },
    FORM {
        @Override
        Buffer write(JsonNode value) throws Unsendable {
            if (!value.isObject()) {
                throw new Unsendable("the body of this tool is a form: it must be an object");
            }
            StringBuilder form = new StringBuilder();
            char separator = 0;
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                separator = QueryText.append(form, separator, field.getKey(), field.getValue());
            }
            return Buffer.buffer(form.toString());
        }
    },
    TEXT {
        @Override
        Buffer write(JsonNode value) throws Unsendable {
            if (!value.isString()) {
                throw new Unsendable("the body of this tool is not JSON: it must be a string");
            }
            return Buffer.buffer(value.stringValue());
        }
    };

    abstract Buffer write(JsonNode value) throws Unsendable;

    static RequestBody of(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.contains("application/x-www-form-urlencoded")) {
            return FORM;
        }
        boolean json = type.contains("application/json") || type.contains("+json");
        return json ? JSON : TEXT;
    }
}
