package dev.toolkeep.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.LeftOut;
import dev.toolkeep.wire.Manual;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MethodToolsTest {
    private static final String URL = "https://stock.example:443";

    @Test
    void everyMethodIsAToolButOneThatTakesAStream() {
        Manual manual = Stock.tools(URL, Stock.file("a"));
        assertThat(manual.tools().stream().map(tool -> tool.name().text()))
                .containsExactly("shop.stock.Stock.Find", "shop.stock.Stock.Watch");
        assertThat(manual.leftOut())
                .containsExactly(new LeftOut(
                        "stock.Stock.Store", "it takes a stream of messages, and a tool is given its arguments once"));
        assertThat(manual.tools().getFirst().hosts()).containsExactly("stock.example:443");
    }

    @Test
    void aMessageThatHoldsItselfIsADefinition() {
        String item = "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"string\"},"
                + "\"amount\":{\"type\":[\"integer\",\"string\"]},"
                + "\"parts\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/stock.Item\"}}},"
                + "\"additionalProperties\":false";
        assertThat(Json.text(Stock.tool(URL, "Find").inputs()))
                .isEqualTo(item + ",\"$defs\":{\"stock.Item\":" + item + "}}}");
    }

    @Test
    void aChangeElsewhereInAFileChangesNoTool() {
        List<ToolDefinition> before = Stock.tools(URL, Stock.file("a")).tools();
        assertThat(Stock.tools(URL, Stock.file("b")).tools()).isEqualTo(before);
        FileDescriptorProto.Builder file = Stock.file("a").toBuilder();
        file.getMessageTypeBuilder(0).getFieldBuilder(0).setName("name");
        assertThat(Stock.tools(URL, file.build()).tools()).isNotEqualTo(before);
    }

    @Test
    void whatIsMissingOrInACircleIsLeftOut() {
        FileDescriptorProto gone =
                Stock.file("a").toBuilder().addDependency("gone.proto").build();
        assertThat(Stock.tools(URL, gone).tools()).isEmpty();
        FileDescriptorProto a =
                Stock.file("a").toBuilder().addDependency("b.proto").build();
        FileDescriptorProto b = FileDescriptorProto.newBuilder()
                .setName("b.proto")
                .addDependency("stock.proto")
                .build();
        assertThat(Stock.tools(URL, a, b).leftOut().getFirst().reason()).contains("needs itself");
        assertThat(Stock.tools(URL).leftOut().getFirst().reason()).contains("does not say");
    }

    @Test
    void importsThatAServerForgotAreMended() {
        FileDescriptorProto whole = Stock.file("a");
        FileDescriptorProto messages =
                whole.toBuilder().clearService().setName("m.proto").build();
        FileDescriptorProto methods = whole.toBuilder().clearMessageType().build();
        assertThat(Stock.tools(URL, messages, methods).tools()).isEmpty();
        Map<String, FileDescriptorProto> mended = Imports.of(Map.of("m.proto", messages, "stock.proto", methods));
        assertThat(Stock.tools(URL, mended.values().toArray(FileDescriptorProto[]::new))
                        .tools())
                .hasSize(2);
    }

    @Test
    void descriptorsThatLieAreReadOrLeftOut() {
        Random random = new Random(5);
        byte[] sound = Stock.file("a").toByteArray();
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = sound.clone();
            for (int i = 0; i < 2; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Stock.tools(URL, FileDescriptorProto.parseFrom(bytes));
                read++;
            } catch (InvalidProtocolBufferException unreadable) {
                assertThat(unreadable).isNotNull();
            }
        }
        assertThat(read).isPositive();
    }
}
