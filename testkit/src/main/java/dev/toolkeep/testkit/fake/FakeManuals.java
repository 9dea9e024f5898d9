package dev.toolkeep.testkit.fake;

import dev.toolkeep.wire.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// A publisher: serves a UTCP manual at `/utcp` and an OpenAPI document at `/openapi.json`, each of which can be
/// changed between two refreshes, and the tools they describe at `/tools/…` of the same server, where the JSON echo
/// answers. Thread-safe.
public final class FakeManuals implements AutoCloseable {
    private final FakeHttpTool server = FakeHttpTool.start();

    private FakeManuals() {
        offer();
        openApi(Reply.json(openApiOf(List.of())));
    }

    public static FakeManuals start() {
        return new FakeManuals();
    }

    /// The server beneath, to count requests or set other answers.
    public FakeHttpTool server() {
        return server;
    }

    public String manualUrl() {
        return server.at("/utcp");
    }

    public String openApiUrl() {
        return server.at("/openapi.json");
    }

    /// One tool the publisher describes: `POST /tools/{name}` with the argument `body` as its JSON body. `inputs` is
    /// the JSON Schema of that body, as text.
    public record Offered(String name, String description, String inputs) {
        public static Offered of(String name) {
            return new Offered(name, "Does " + name, "{\"type\":\"object\"}");
        }
    }

    /// From now on the manual describes exactly these tools, and so does the OpenAPI document.
    public FakeManuals offer(Offered... tools) {
        manual(Reply.json(manualOf(List.of(tools))));
        return openApi(Reply.json(openApiOf(List.of(tools))));
    }

    /// From now on the manual's URL answers this.
    public FakeManuals manual(Reply reply) {
        server.answer("/utcp", reply);
        return this;
    }

    /// From now on the OpenAPI document's URL answers this.
    public FakeManuals openApi(Reply reply) {
        server.answer("/openapi.json", reply);
        return this;
    }

    /// From now on both URLs answer 503.
    public FakeManuals fail() {
        manual(Reply.json(503, "{\"error\":\"down\"}"));
        return openApi(Reply.json(503, "{\"error\":\"down\"}"));
    }

    /// The UTCP 1.x manual of these tools.
    public String manualOf(List<Offered> offered) {
        ObjectNode manual = Json.object().put("utcp_version", "1.0.2").put("manual_version", "1.0.0");
        ArrayNode tools = manual.putArray("tools");
        for (Offered tool : offered) {
            ObjectNode node = tools.addObject().put("name", tool.name()).put("description", tool.description());
            ObjectNode inputs = node.putObject("inputs").put("type", "object");
            inputs.putObject("properties").putRawValue("body", new RawValue(tool.inputs()));
            inputs.putArray("required").add("body");
            node.putObject("tool_call_template")
                    .put("call_template_type", "http")
                    .put("http_method", "POST")
                    .put("url", server.at("/tools/" + tool.name()))
                    .put("content_type", "application/json")
                    .put("body_field", "body");
        }
        return Json.text(manual);
    }

    /// The OpenAPI 3.1 document of these tools.
    public String openApiOf(List<Offered> offered) {
        ObjectNode document = Json.object().put("openapi", "3.1.0");
        document.putObject("info").put("title", "Fake").put("version", "1.0.0");
        document.putArray("servers").addObject().put("url", server.at(""));
        ObjectNode paths = document.putObject("paths");
        for (Offered tool : offered) {
            ObjectNode operation = paths.putObject("/tools/" + tool.name()).putObject("post");
            operation.put("operationId", tool.name()).put("description", tool.description());
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject("application/json")
                    .putRawValue("schema", new RawValue(tool.inputs()));
            operation.putObject("responses").putObject("200").put("description", "The echo");
        }
        return Json.text(document);
    }

    @Override
    public void close() {
        server.close();
    }
}
