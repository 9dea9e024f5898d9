package dev.toolkeep.protocol.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.McpKind;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferReaderTest {
    private static final McpServer SERVER = new McpServer.Stdio(List.of("server"), Map.of(), "");

    private final ToolReader reader = new ToolReader("src", SERVER, null);

    @Test
    void aResourceIsReadWithoutArgumentsAndNamedByItsUri() {
        ToolDefinition read = one(
                McpKind.RESOURCE,
                "{'uri':'test://notes/a.txt','name':'Notes','mimeType':'text/plain','size':3,'_meta':{'at':1}}");
        assertThat(read.name().text()).isEqualTo("src.resource/test//notes/a.txt");
        assertThat(read.template()).isEqualTo(new CallTemplate.Mcp(SERVER, McpKind.RESOURCE, "test://notes/a.txt"));
        assertThat(read.inputs().toString()).isEqualTo("{\"type\":\"object\",\"additionalProperties\":false}");
        assertThat(read.annotations().toString())
                .isEqualTo(
                        "{\"uri\":\"test://notes/a.txt\",\"name\":\"Notes\",\"mimeType\":\"text/plain\",\"size\":3}");
        assertThat(read.isTool()).isFalse();
    }

    @Test
    void whatChangesOfItChangesItsDigestAndMetaDoesNot() {
        ToolDefinition before = one(McpKind.RESOURCE, "{'uri':'a://b','name':'n','mimeType':'text/plain'}");
        ToolDefinition meta =
                one(McpKind.RESOURCE, "{'uri':'a://b','name':'n','mimeType':'text/plain','_meta':{'x':1}}");
        ToolDefinition type = one(McpKind.RESOURCE, "{'uri':'a://b','name':'n','mimeType':'text/html'}");
        assertThat(Definitions.digest(meta)).isEqualTo(Definitions.digest(before));
        assertThat(Definitions.digest(type)).isNotEqualTo(Definitions.digest(before));
    }

    @Test
    void urisThatLookAlikeAsNamesAreStillTwo() {
        String first =
                one(McpKind.RESOURCE, "{'uri':'a://x?y','name':'n'}").name().text();
        String second =
                one(McpKind.RESOURCE, "{'uri':'a://x#y','name':'n'}").name().text();
        assertThat(first).startsWith("src.resource/a//x_y-").isNotEqualTo(second);
    }

    @Test
    void aPromptTakesTextsAndNothingElse() {
        ToolDefinition read = one(
                McpKind.PROMPT,
                "{'name':'greet','arguments':[{'name':'who','required':true},{'name':'how','description':'d'}]}");
        assertThat(read.name().text()).isEqualTo("src.prompt/greet");
        assertThat(read.inputs().path("required").toString()).isEqualTo("[\"who\"]");
        assertThat(read.inputs()
                        .path("properties")
                        .path("how")
                        .path("description")
                        .asString())
                .isEqualTo("d");
        assertThat(read.inputs().path("additionalProperties").asBoolean()).isFalse();
    }

    @Test
    void aTemplateTakesItsUri() {
        ToolDefinition read = one(McpKind.TEMPLATE, "{'uriTemplate':'t://{id}','name':'n'}");
        assertThat(read.template()).isEqualTo(new CallTemplate.Mcp(SERVER, McpKind.TEMPLATE, "t://{id}"));
        assertThat(read.inputs().path("required").toString()).isEqualTo("[\"uri\"]");
    }

    @Test
    void whatCannotBeOfferedIsLeftOutAlone() {
        reader.add(McpKind.RESOURCE, json("{'uri':'no uri','name':'a'}"));
        reader.add(McpKind.RESOURCE, json("{'name':'b'}"));
        reader.add(McpKind.TEMPLATE, json("{'uriTemplate':'t://{','name':'c'}"));
        reader.add(McpKind.PROMPT, json("{'name':'d','arguments':[{'name':'x'},{'name':'x'}]}"));
        reader.add(McpKind.RESOURCE, json("{'uri':'a://b','name':'e'}"));
        reader.add(McpKind.RESOURCE, json("{'uri':'a://b','name':'f'}"));
        assertThat(reader.listed().tools()).hasSize(1);
        assertThat(reader.listed().leftOut()).hasSize(5);
    }

    private static ToolDefinition one(McpKind kind, String json) {
        ToolReader fresh = new ToolReader("src", SERVER, null);
        fresh.add(kind, json(json));
        assertThat(fresh.listed().leftOut()).isEmpty();
        return fresh.listed().tools().getFirst();
    }

    private static tools.jackson.databind.JsonNode json(String text) {
        try {
            return StrictJson.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Bounds.ANSWER);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
