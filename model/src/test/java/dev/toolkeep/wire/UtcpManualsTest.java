package dev.toolkeep.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class UtcpManualsTest {
    @Test
    void aManualOfTheSpecificationIsRead() throws Malformed {
        Manual manual = read("""
                {"utcp_version":"1.1.0","manual_version":"2.3.1","info":{"x":1},"tools":[
                  {"name":"get_pet","description":"Gets a pet","tags":["pets"],"average_response_size":200,
                   "inputs":{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]},
                   "outputs":{"type":"object"},
                   "tool_call_template":{"call_template_type":"http","url":"https://api.example/pets/{id}",
                     "allowed_communication_protocols":["http"],"verify_ssl":true}}]}
                """);

        assertThat(manual.leftOut()).isEmpty();
        ToolDefinition tool = manual.tools().getFirst();
        assertThat(tool.name()).isEqualTo(new ToolName("pets", "get_pet"));
        assertThat(tool.description()).isEqualTo("Gets a pet");
        assertThat(tool.tags()).containsExactly("pets");
        assertThat(tool.label()).isEqualTo("2.3.1");
        assertThat(tool.hosts()).containsExactly("api.example:443");
        assertThat(tool.inputs().at("/required/0").stringValue()).isEqualTo("id");
        assertThat(tool.template()).isInstanceOf(CallTemplate.Http.class);
    }

    @Test
    void theNullsOfThePythonLibraryAreTaken() throws Malformed {
        Manual manual = read("""
                {"utcp_version":"1.1.3","manual_version":"1.0.0","tools":[
                  {"name":"t","description":"","tags":[],"average_response_size":null,
                   "inputs":{"$schema":null,"$id":null,"title":null,"type":"object","enum":null,"const":null,"default":null,
                     "properties":{"q":{"type":"string","pattern":null,"const":null,"items":null,"minimum":null},
                                   "n":{"const":null},"d":{"default":null,"anyOf":[{"title":null,"type":"string"}]}}},
                   "outputs":null,
                   "tool_call_template":{"name":"x","call_template_type":"http","auth":null,"http_method":"GET",
                     "url":"https://a.example/","headers":null,"body_field":null,"header_fields":null,"auth_tools":null,
                     "content_type":"application/json","allowed_communication_protocols":null}}]}
                """);

        ToolDefinition tool = manual.tools().getFirst();
        assertThat(Json.text(tool.inputs()))
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"q\":{\"type\":\"string\"},\"n\":{\"const\":null},"
                        + "\"d\":{\"default\":null,\"anyOf\":[{\"type\":\"string\"}]}}}");
        assertThat(tool.outputs()).isEqualTo(Json.object());
    }

    @Test
    void anUnknownTemplateIsListedWithItsReason() throws Malformed {
        Manual manual = read(tools(
                "{\"call_template_type\":\"webrtc\",\"host\":\"a\"}",
                "{\"call_template_type\":\"http\",\"url\":\"https://{host}/\"}",
                "{\"call_template_type\":\"http\",\"url\":\"https://${HOST}/\"}",
                "{\"call_template_type\":\"cli\",\"command\":\"rm -rf /\"}"));

        assertThat(manual.leftOut()).isEmpty();
        assertThat(manual.tools())
                .extracting(ToolDefinition::template)
                .allSatisfy(template -> assertThat(template).isInstanceOf(CallTemplate.Unsupported.class));
        CallTemplate.Unsupported first =
                (CallTemplate.Unsupported) manual.tools().getFirst().template();
        assertThat(first.type()).isEqualTo("webrtc");
        assertThat(first.reason()).isEqualTo("call template type 'webrtc' is not supported");
        assertThat(first.original().get("host").stringValue()).isEqualTo("a");
        assertThat(manual.tools().getFirst().hosts()).isEmpty();
    }

    @Test
    void aDocumentNeverNamesACommandOrABuiltin() throws Malformed {
        Manual manual = read(tools(
                "{\"call_template_type\":\"mcp\",\"config\":{\"mcpServers\":{\"s\":{\"command\":\"sh\",\"args\":[\"-c\",\"id\"]}}}}",
                "{\"call_template_type\":\"mcp\",\"tool\":\"x\",\"config\":{\"mcpServers\":{\"s\":{\"transport\":\"stdio\","
                        + "\"command\":[\"sh\"]}}}}",
                "{\"call_template_type\":\"builtin\",\"function\":\"clock\"}",
                "{\"call_template_type\":\"unsupported\",\"type\":\"x\",\"reason\":\"y\",\"original\":{}}"));

        assertThat(manual.tools()).hasSize(4);
        for (ToolDefinition tool : manual.tools()) {
            assertThat(tool.template()).isInstanceOf(CallTemplate.Unsupported.class);
            // Nor after a stay in the store.
            assertThat(Definitions.fromJson(Definitions.toJson(tool)).template())
                    .isInstanceOf(CallTemplate.Unsupported.class);
        }
    }

    @Test
    void anMcpServerByUrlIsTakenUnderTheToolsOwnName() throws Malformed {
        String template =
                "{\"call_template_type\":\"mcp\",\"config\":{\"mcpServers\":{\"docs\":{\"url\":\"https://m.example/mcp\"}}}}";
        Manual manual = read("{\"tools\":[{\"name\":\"docs.search\",\"tool_call_template\":" + template + "}]}");

        assertThat(manual.tools().getFirst().template())
                .isEqualTo(new CallTemplate.Mcp(new McpServer.Http("https://m.example/mcp", Map.of()), "search"));
        assertThat(manual.tools().getFirst().hosts()).containsExactly("m.example:443");
    }

    @Test
    void oneBadToolLeavesTheOthersAlone() throws Malformed {
        String good = "{\"call_template_type\":\"text\",\"content\":\"x\"}";
        Manual manual =
                read("{\"tools\":[7,{},{\"name\":3},{\"name\":\"a\"},{\"name\":\"b\",\"tool_call_template\":[]},"
                        + "{\"name\":\"c\",\"inputs\":[],\"tool_call_template\":" + good + "},"
                        + "{\"name\":\"d\",\"tags\":\"x\",\"tool_call_template\":" + good + "},"
                        + "{\"name\":\"e\",\"description\":{},\"tool_call_template\":" + good + "},"
                        + "{\"name\":\"f\",\"tool_call_template\":{}},"
                        + "{\"name\":\"good\",\"tool_call_template\":" + good + "}]}");

        assertThat(manual.tools()).extracting(tool -> tool.name().name()).containsExactly("good");
        assertThat(manual.leftOut())
                .extracting(LeftOut::name)
                .containsExactly("tool 1", "tool 2", "tool 3", "a", "b", "c", "d", "e", "f");
        assertThat(manual.leftOut())
                .allSatisfy(left -> assertThat(left.reason()).isNotBlank());
    }

    @Test
    void aNameListedTwiceNamesNothing() throws Malformed {
        String good = "\"tool_call_template\":{\"call_template_type\":\"text\",\"content\":\"x\"}";
        Manual manual = read("{\"tools\":[{\"name\":\"a b\"," + good + "},{\"name\":\"c\"," + good
                + "},{\"name\":\"a:b\"," + good + "}]}");

        assertThat(manual.tools()).extracting(tool -> tool.name().name()).containsExactly("c");
        assertThat(manual.leftOut())
                .containsExactly(
                        new LeftOut("a_b", "the document lists this name 2 times"),
                        new LeftOut("a_b", "the document lists this name 2 times"));
    }

    @Test
    void anOldManualIsReadWhereRenamingIsEnough() throws Malformed {
        Manual manual = read("""
                {"version":"0.1.0","tools":[{"name":"t","description":"d","parameters":{"type":"object"},
                  "tool_provider":{"name":"p","provider_type":"http","url":"https://a.example/x","http_method":"POST"}},
                 {"name":"u","inputs":{},"provider":{"provider_type":"http","url":"https://a.example/x","method":"PUT"}}]}
                """);

        assertThat(manual.tools())
                .extracting(
                        tool -> ((CallTemplate.Http) tool.template()).request().method())
                .containsExactly(HttpCall.Method.POST, HttpCall.Method.PUT);
        assertThat(manual.tools().getFirst().inputs().get("type").stringValue()).isEqualTo("object");
    }

    @Test
    void whatIsNoManualIsMalformed() {
        for (String bad : List.of("[]", "{}", "null", "{\"tools\":{}}", "{\"tools\":null}", "1")) {
            assertThatThrownBy(() -> read(bad)).as(bad).isInstanceOf(Malformed.class);
        }
        assertThatThrownBy(() -> UtcpManuals.read(Samples.json("{\"tools\":[]}"), "Not A Source"))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void theGatewaysManualCallsEveryToolByPostWithTheArgumentsAsBody() {
        ObjectNode manual =
                gateway("{\"type\":\"object\",\"properties\":{\"q\":{\"type\":\"string\"}},\"required\":[\"q\"]}");

        assertThat(manual).isEqualTo(Samples.json("""
                        {"utcp_version":"1.1.0","manual_version":"7","tools":[{"name":"files.a/b","description":"Reads",
                         "inputs":{"type":"object","properties":{"body":{"type":"object",
                           "properties":{"q":{"type":"string"}},"required":["q"]}},"required":["body"],
                           "additionalProperties":false},
                         "outputs":{},"tags":["x"],
                         "tool_call_template":{"call_template_type":"http","http_method":"POST",
                           "url":"http://127.0.0.1:8080/v1/call/files.a%2Fb","content_type":"application/json",
                           "body_field":"body","auth":{"auth_type":"api_key","api_key":"Bearer ${TOOLKEEP_KEY}",
                           "var_name":"Authorization","location":"header"}}}]}
                        """));
    }

    @Test
    void referencesInsideANestedSchemaFollowIt() {
        JsonNode body = gateway("""
                        {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"https://s.example/a",
                         "$defs":{"node":{"properties":{"next":{"$ref":"#/$defs/node"},"all":{"$ref":"#"},
                           "abs":{"$ref":"https://s.example/a#/$defs/node"},"far":{"$ref":"https://other.example/b"},
                           "$ref":{"type":"string"}}},
                          "own":{"$id":"https://s.example/own","$ref":"#/$defs/inner","$defs":{"inner":{}}}},
                         "$ref":"#/$defs/node","const":{"$ref":"#/data"}}
                        """).at("/tools/0/inputs/properties/body");

        assertThat(body.has("$id")).isFalse();
        assertThat(body.has("$schema")).isFalse();
        assertThat(body.get("$ref").stringValue()).isEqualTo("#/properties/body/$defs/node");
        JsonNode properties = body.at("/$defs/node/properties");
        assertThat(properties.at("/next/$ref").stringValue()).isEqualTo("#/properties/body/$defs/node");
        assertThat(properties.at("/all/$ref").stringValue()).isEqualTo("#/properties/body");
        assertThat(properties.at("/abs/$ref").stringValue()).isEqualTo("#/properties/body/$defs/node");
        assertThat(properties.at("/far/$ref").stringValue()).isEqualTo("https://other.example/b");
        assertThat(properties.at("/$ref/type").stringValue()).isEqualTo("string");
        assertThat(body.at("/$defs/own/$ref").stringValue()).isEqualTo("#/$defs/inner");
        assertThat(body.at("/const/$ref").stringValue()).isEqualTo("#/data");
    }

    @Test
    void whatTheStockClientsRejectAManualForIsRewritten() {
        JsonNode body = gateway("""
                        {"type":"object","title":7,"required":"x","properties":{"any":true,"none":false,
                         "list":{"type":"array","items":true,"minLength":"3"},"open":{"additionalProperties":{"items":[true]}}},
                         "type":"any","examples":"x","additionalProperties":false}
                        """.replace("\"type\":\"any\",", "")).at("/tools/0/inputs/properties/body");

        assertThat(body).isEqualTo(Samples.json("""
                        {"type":"object","properties":{"any":{},"none":{"not":{}},"list":{"type":"array","items":{}},
                         "open":{"additionalProperties":{"items":[{}]}}},"additionalProperties":false}
                        """));
    }

    @Test
    void theGatewaysManualReadsBackAsAManual() throws Malformed {
        Manual read = UtcpManuals.read(gateway("{}"), "other");

        assertThat(read.leftOut()).isEmpty();
        assertThat(read.tools().getFirst().name().text()).isEqualTo("other.files.a/b");
    }

    @Test
    void damagedManualsAreAManualOrMalformedAndNothingElse() {
        byte[] good = """
                {"utcp_version":"1.1.0","manual_version":"1","tools":[{"name":"t","description":"d","tags":["a"],
                 "inputs":{"type":"object","properties":{"b":{"$ref":"#/$defs/x"}},"$defs":{"x":{"const":null}}},"outputs":null,
                 "tool_call_template":{"call_template_type":"http","http_method":"POST","url":"https://a.example/{b}",
                  "headers":{"X-A":"b"},"header_fields":["c"],"auth":{"auth_type":"api_key","api_key":"${K}"},"timeout":3}},
                 {"name":"m","tool_call_template":{"call_template_type":"mcp","config":{"mcpServers":{"s":
                  {"url":"https://m.example/","headers":{}}}}}}]}
                """.getBytes(UTF_8);
        Mutations mutations = new Mutations(3);
        for (int i = 0; i < 4_000; i++) {
            try {
                Manual manual = UtcpManuals.read(StrictJson.parse(mutations.of(good), Bounds.DOCUMENT), "src");
                for (ToolDefinition tool : manual.tools()) {
                    Definitions.digest(tool);
                    assertThat(Definitions.fromJson(Definitions.toJson(tool))).isEqualTo(tool);
                }
                UtcpManuals.gatewayManual(manual.tools(), "http://x", "1");
            } catch (Malformed expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static ObjectNode gateway(String inputs) {
        ToolDefinition tool = new ToolDefinition(
                new ToolName("files", "a/b"),
                "",
                "Reads",
                Samples.json(inputs),
                Json.object(),
                Json.object(),
                List.of("x"),
                Samples.HTTP,
                new TreeSet<>(),
                null);
        return UtcpManuals.gatewayManual(List.of(tool), "http://127.0.0.1:8080/", "7");
    }

    private static String tools(String... templates) {
        StringBuilder tools = new StringBuilder("{\"tools\":[");
        for (int i = 0; i < templates.length; i++) {
            tools.append(i > 0 ? "," : "")
                    .append("{\"name\":\"t")
                    .append(i)
                    .append("\",\"tool_call_template\":")
                    .append(templates[i])
                    .append('}');
        }
        return tools.append("]}").toString();
    }

    private static Manual read(String text) throws Malformed {
        return UtcpManuals.read(Samples.json(text), "pets");
    }
}
