package dev.toolkeep.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ToolReaderTest {
    private static final McpServer HTTP = new McpServer.Http("https://Tools.Example/mcp", Map.of());

    private static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), Bounds.ANSWER);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static McpListed.Listed read(String... tools) {
        ToolReader reader = new ToolReader("src", HTTP, null);
        for (String tool : tools) {
            reader.add(McpKind.TOOL, json(tool));
        }
        return reader.listed();
    }

    @Test
    void everythingAServerSaysOfAToolIsKept() {
        ToolDefinition tool = read("""
                {"name":"get weather","title":"Weather","description":"of today",
                 "inputSchema":{"type":"object","properties":{"city":{"type":"string"}}},
                 "outputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}""").tools().getFirst();
        assertThat(tool.name().text()).isEqualTo("src.get_weather");
        assertThat(tool.template()).isEqualTo(new CallTemplate.Mcp(HTTP, "get weather"));
        assertThat(tool.title()).isEqualTo("Weather");
        assertThat(tool.description()).isEqualTo("of today");
        assertThat(tool.inputs().path("properties").has("city")).isTrue();
        assertThat(tool.outputs()).hasToString("{\"type\":\"object\"}");
        assertThat(tool.annotations()).hasToString("{\"readOnlyHint\":true}");
        assertThat(tool.hosts()).containsExactly("tools.example:443");
    }

    @Test
    void aToolThatCannotBeOfferedIsLeftOutByNameAndSpoilsNoOther() {
        McpListed.Listed listed = read(
                "7",
                "{\"name\":\"a b\",\"inputSchema\":{}}",
                "{\"name\":\"a:b\",\"inputSchema\":{}}",
                "{\"name\":\"\",\"inputSchema\":{}}",
                "{\"name\":\"no-schema\"}",
                "{\"name\":\"task\",\"inputSchema\":{},\"execution\":{\"taskSupport\":\"required\"}}",
                "{\"name\":\"header\",\"inputSchema\":{\"properties\":{\"a\":{\"type\":\"number\",\"x-mcp-header\":\"A\"}}}}",
                "{\"name\":\"good\",\"inputSchema\":{}}");
        assertThat(listed.tools()).extracting(tool -> tool.name().name()).containsExactly("a_b", "good");
        assertThat(listed.leftOut())
                .extracting(left -> left.name())
                .containsExactly("(no name)", "a:b", "(no name)", "no-schema", "task", "header");
    }

    @Test
    void onlyPlainlyReachablePrimitivesMayBeHeaders() throws Malformed {
        HeaderParams params = HeaderParams.of(json("""
                {"properties":{
                  "region":{"type":"string","x-mcp-header":"Region"},
                  "deep":{"properties":{"n":{"type":"integer","x-mcp-header":"N"}}},
                  "flag":{"type":"boolean","x-mcp-header":"Flag"},
                  "x-mcp-header":{"type":"string"}}}"""));
        TreeMap<String, String> headers = new TreeMap<>();
        params.addTo(headers, json("{\"region\":\" ü\",\"deep\":{\"n\":42},\"flag\":null}"));
        assertThat(headers).isEqualTo(Map.of("Mcp-Param-Region", "=?base64?IMO8?=", "Mcp-Param-N", "42"));
    }

    @Test
    void aHeaderAnnotationThatCannotBeHonouredIsRefused() {
        for (String schema : List.of(
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"a b\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":7}}}",
                "{\"properties\":{\"a\":{\"type\":\"object\",\"x-mcp-header\":\"A\"}}}",
                "{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},"
                        + "\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}}}",
                "{\"anyOf\":[{\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}]}",
                "{\"properties\":{\"a\":{\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}",
                "{\"$defs\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}")) {
            assertThatThrownBy(() -> HeaderParams.of(json(schema))).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void headerValuesAreEncodedOnlyWhenTheyMustBe() {
        assertThat(HeaderParams.value("plain value")).isEqualTo("plain value");
        assertThat(HeaderParams.value(" padded")).isEqualTo("=?base64?IHBhZGRlZA==?=");
        assertThat(HeaderParams.value("line\nend")).isEqualTo("=?base64?bGluZQplbmQ=?=");
        assertThat(HeaderParams.value("=?base64?eA==?=")).isEqualTo("=?base64?PT9iYXNlNjQ/ZUE9PT89?=");
    }

    @Test
    void anyJsonIsReadOrLeftOut() {
        Random random = new Random(17);
        String[] pieces = {
            "{\"name\":\"a\",",
            "\"inputSchema\":",
            "{",
            "}",
            "[",
            "]",
            "\"properties\":",
            "\"x\":",
            "1",
            "\"x-mcp-header\":\"A\"",
            "\"type\":\"string\"",
            ",",
            "null",
            "\"annotations\":",
            "\"title\":"
        };
        int parsed = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder("{\"name\":\"a\",\"inputSchema\":");
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                JsonNode tool =
                        StrictJson.parse(text.append('}').toString().getBytes(StandardCharsets.UTF_8), Bounds.ANSWER);
                ToolReader reader = new ToolReader("src", HTTP, null);
                reader.add(McpKind.TOOL, tool);
                assertThat(reader.size()).isEqualTo(1);
                parsed++;
            } catch (Malformed e) {
                // Not JSON to begin with.
            }
        }
        assertThat(parsed).isPositive();
    }
}
