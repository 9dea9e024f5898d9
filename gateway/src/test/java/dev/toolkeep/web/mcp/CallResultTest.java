package dev.toolkeep.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.web.OpenDoors;
import dev.toolkeep.web.exchange.JsonBytes;
import dev.toolkeep.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

class CallResultTest {
    private static final ShownTool ANYTHING = new ShownTool(true, true, List.of(), true);

    @Test
    void imagesAndAudioAreTheirOwnBlocksAndOtherBytesAResource() {
        for (Era era : Era.values()) {
            JsonNode image = written(era, new Answer.Bytes("image/png", new byte[] {1, 2}))
                    .path("content")
                    .path(0);
            assertThat(image.path("type").asString()).isEqualTo("image");
            assertThat(image.path("data").asString()).isEqualTo("AQI=");
            assertThat(image.path("mimeType").asString()).isEqualTo("image/png");
            JsonNode audio = written(era, new Answer.Bytes("audio/wav", new byte[0]))
                    .path("content")
                    .path(0);
            assertThat(audio.path("type").asString()).isEqualTo("audio");
            JsonNode other = written(era, new Answer.Bytes("application/pdf", new byte[] {3}))
                    .path("content")
                    .path(0);
            assertThat(other.path("type").asString()).isEqualTo("resource");
            assertThat(other.path("resource").path("uri").asString()).isEqualTo("toolkeep:answer:call-1");
            assertThat(other.path("resource").path("blob").asString()).isEqualTo("Aw==");
            assertThat(other.path("resource").path("mimeType").asString()).isEqualTo("application/pdf");
        }
    }

    @Test
    void blocksArePassedOnAndStructureThatOldClientsDoNotKnowIsLeftOut() {
        ArrayNode content = Json.array();
        content.addObject().put("type", "resource_link").put("uri", "x:y").put("vendor", 1);
        ArrayNode structured = Json.array().add(1);
        Answer answer = new Answer.Blocks(content, structured, true);
        JsonNode modern = written(Era.MODERN, answer);
        assertThat(modern.path("content")).isEqualTo(content);
        assertThat(modern.path("structuredContent")).isEqualTo(structured);
        assertThat(modern.path("isError").asBoolean()).isTrue();
        assertThat(modern.path("resultType").asString()).isEqualTo("complete");
        JsonNode legacy = written(Era.LEGACY, answer);
        assertThat(legacy.path("content")).isEqualTo(content);
        assertThat(legacy.has("structuredContent")).isFalse();
        assertThat(legacy.has("resultType")).isFalse();
    }

    @Test
    void textIsOneTextBlock() {
        JsonNode text = written(Era.LEGACY, new Answer.Text("a\u0000\"b\nü"));
        assertThat(text.path("content").path(0).path("text").asString()).isEqualTo("a\u0000\"b\nü");
        assertThat(text.has("structuredContent")).isFalse();
    }

    private static JsonNode written(Era era, Answer answer) {
        JsonBytes out = new JsonBytes(16);
        byte[] server = JsonBytes.ascii("\"io.modelcontextprotocol/serverInfo\":{}");
        new CallResult(era, server).answered(out, answer, ANYTHING, "call-1");
        return OpenDoors.json(new String(out.bytes(), StandardCharsets.UTF_8));
    }
}
