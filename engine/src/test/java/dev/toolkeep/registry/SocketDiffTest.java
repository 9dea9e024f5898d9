package dev.toolkeep.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Templates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Templates that send messages: whatever changes in one shows, and so the tool rests.
class SocketDiffTest {
    private static final Map<String, List<String>> OTHERS = Map.of(
            "websocket",
            List.of(
                    "\"url\":\"wss://a.example/other\"",
                    "\"headers\":{\"X\":\"y\"}",
                    "\"header_fields\":[\"X-Y\"]",
                    "\"auth\":{\"auth_type\":\"basic\",\"username\":\"u\",\"password\":\"p\"}",
                    "\"protocol\":\"chat\"",
                    "\"message\":{\"a\":1}",
                    "\"message\":{\"a\":2}",
                    "\"message\":\"a 1\"",
                    "\"message\":\"a 2\"",
                    "\"message\":\"a UTCP_ARG_x_UTCP_ARG\"",
                    "\"response_format\":\"json\"",
                    "\"response_format\":\"raw\"",
                    "\"expected_responses\":2",
                    "\"expected_responses\":-1",
                    "\"message_filter\":{\"a\":1}",
                    "\"response_timeout\":7",
                    "\"timeout\":8",
                    "\"connection_timeout\":9",
                    "\"keep_alive\":false",
                    "\"ping_interval\":11",
                    "\"close_after_response\":false"),
            "tcp",
            List.of(
                    "\"host\":\"b.example\"",
                    "\"port\":8",
                    "\"request_data_format\":\"text\",\"request_data_template\":\"a\"",
                    "\"request_data_format\":\"text\",\"request_data_template\":\"b\"",
                    "\"request_data_template\":\"[1]\"",
                    "\"response_byte_format\":null",
                    "\"response_byte_format\":\"ascii\"",
                    "\"framing_strategy\":\"fixed_length\",\"fixed_message_length\":7",
                    "\"framing_strategy\":\"fixed_length\",\"fixed_message_length\":8",
                    "\"framing_strategy\":\"length_prefix\"",
                    "\"framing_strategy\":\"length_prefix\",\"length_prefix_bytes\":8",
                    "\"framing_strategy\":\"length_prefix\",\"length_prefix_endian\":\"little\"",
                    "\"framing_strategy\":\"delimiter\"",
                    "\"framing_strategy\":\"delimiter\",\"message_delimiter\":\"\\\\n\"",
                    "\"framing_strategy\":\"delimiter\",\"message_delimiter\":\"\\\\n\","
                            + "\"interpret_escape_sequences\":false",
                    "\"max_response_size\":7",
                    "\"timeout\":8"),
            "udp",
            List.of(
                    "\"host\":\"b.example\"",
                    "\"port\":8",
                    "\"request_data_format\":\"text\",\"request_data_template\":\"a\"",
                    "\"response_byte_format\":null",
                    "\"number_of_response_datagrams\":0",
                    "\"number_of_response_datagrams\":2",
                    "\"timeout\":8"));

    @Test
    void whateverChangesIsNamed() {
        OTHERS.forEach((type, others) -> {
            List<ToolDefinition> all = new java.util.ArrayList<>();
            all.add(definition(type, ""));
            others.forEach(other -> all.add(definition(type, other)));
            for (int i = 0; i < all.size(); i++) {
                for (int j = 0; j < all.size(); j++) {
                    ToolDefinition before = all.get(i);
                    ToolDefinition after = all.get(j);
                    assertThat(SemanticDiff.of(before, after).isEmpty())
                            .as(before.template() + " to " + after.template())
                            .isEqualTo(i == j);
                    assertThat(Offers.version(before)
                                    .digest()
                                    .equals(Offers.version(after).digest()))
                            .isEqualTo(i == j);
                }
            }
        });
    }

    @Test
    void whatAMessageSaysIsNotQuoted() {
        assertThat(SemanticDiff.of(
                                definition("tcp", "\"request_data_template\":\"[\\\"hunter2\\\"]\""),
                                definition("tcp", "\"request_data_template\":\"[\\\"hunter3\\\"]\""))
                        .toString())
                .contains("message")
                .doesNotContain("hunter");
    }

    @Test
    void onlyDeclaredArgumentsAreSent() {
        for (String type : OTHERS.keySet()) {
            Declared declared = Declared.of(definition(type, ""));
            assertThat(declared.problems((ObjectNode) Offers.json("{\"limit\":1}")))
                    .isEmpty();
            assertThat(declared.problems((ObjectNode) Offers.json("{\"admin\":1}")))
                    .hasSize(1);
        }
        Declared placed = Declared.of(definition("websocket", "\"message\":\"a UTCP_ARG_x_UTCP_ARG\""));
        assertThat(placed.problems((ObjectNode) Offers.json("{\"x\":1,\"room\":2}")))
                .isEmpty();
    }

    private static ToolDefinition definition(String type, String more) {
        ObjectNode template = (ObjectNode) Offers.json(
                type.equals("websocket")
                        ? "{\"call_template_type\":\"websocket\",\"url\":\"wss://a.example/{room}\"}"
                        : "{\"call_template_type\":\"" + type + "\",\"host\":\"a.example\",\"port\":7}");
        template.setAll((ObjectNode) Offers.json("{" + more + "}"));
        try {
            return new Offers.Draft().template(Templates.fromJson(template)).definition();
        } catch (Malformed e) {
            throw new AssertionError(more + ": " + e.getMessage(), e);
        }
    }
}
