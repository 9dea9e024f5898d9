package dev.toolkeep.console.api;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.toolkeep.wire.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An OpenAPI document, and what it says of answers and bodies, judged by a JSON Schema validator.
record Described(JsonNode document) {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /// What is wrong with `value` as a document of this schema.
    static List<String> misfits(JsonNode schema, JsonNode value) {
        Schema compiled = SCHEMAS.getSchema(schema);
        return compiled.validate(value).stream().map(Object::toString).toList();
    }

    JsonNode operation(String method, String path) {
        return document.path("paths").path(path).path(method.toLowerCase(java.util.Locale.ROOT));
    }

    /// What is wrong with an answer of this status; no description is wrong too.
    List<String> misfits(String method, String path, int status, JsonNode answer) {
        JsonNode responses = operation(method, path).path("responses");
        JsonNode response = responses.has("" + status) ? responses.path("" + status) : responses.path("default");
        String type = responses.has("" + status) ? "application/json" : "application/problem+json";
        return inComponents(response.path("content").path(type).path("schema"), answer);
    }

    /// What is wrong with a request's body.
    List<String> misfits(String method, String path, JsonNode body) {
        return inComponents(
                operation(method, path)
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("schema"),
                body);
    }

    private List<String> inComponents(JsonNode schema, JsonNode value) {
        if (!schema.isObject()) {
            return List.of("not described");
        }
        ObjectNode whole = Json.object();
        whole.set("components", document.path("components"));
        schema.propertyStream().forEach(one -> whole.set(one.getKey(), one.getValue()));
        return new ArrayList<>(misfits(whole, value));
    }
}
