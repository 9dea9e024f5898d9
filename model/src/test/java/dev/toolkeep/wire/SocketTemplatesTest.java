package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.tool.ArgumentMarks;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Framing;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.WebSocketCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SocketTemplatesTest {
    @Test
    void theSeedsWebSocketTemplateIsHonoured() throws Malformed {
        WebSocketCall call = webSocket("""
                "url":"wss://api.example.com/ws",
                "headers":{"Authorization":"Bearer ${WS_TOKEN}","Origin":"https://trusted-domain.com"},
                "ping_interval":30,"connection_timeout":10
                """);
        assertThat(call.handshake().headers()).containsEntry("Origin", "https://trusted-domain.com");
        assertThat(call.line())
                .isEqualTo(new WebSocketCall.Line(Duration.ofSeconds(10), true, Duration.ofSeconds(30), true));
        assertThat(call.replies().expected()).isEqualTo(1);
        assertThat(call.replies().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(call.handshake().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(call.message()).isEqualTo(new MessageTemplate.Arguments());
    }

    @Test
    void aCallIsNeverBoundedBelowTheAnswerItWaitsFor() throws Malformed {
        assertThat(webSocket("\"url\":\"wss://a.example/\",\"response_timeout\":60")
                        .handshake()
                        .timeout())
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(webSocket("\"url\":\"wss://a.example/\",\"expected_responses\":-1")
                        .handshake()
                        .timeout())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void jsonIsParsedWithItsPlaceholdersInItAndTextIsNot() throws Malformed {
        MessageTemplate tree =
                new MessageTemplate.Tree(Samples.json("{\"q\":\"UTCP_ARG_q_UTCP_ARG\",\"n\":\"UTCP_ARG_n_UTCP_ARG\"}"));
        String text = "\"message\":\" {\\\"q\\\": \\\"UTCP_ARG_q_UTCP_ARG\\\", \\\"n\\\": UTCP_ARG_n_UTCP_ARG}\"";
        assertThat(webSocket("\"url\":\"wss://a.example/\"," + text).message()).isEqualTo(tree);
        assertThat(tree.arguments()).containsExactly("q", "n");
        assertThat(webSocket("\"url\":\"wss://a.example/\",\"message\":\"GET UTCP_ARG_q_UTCP_ARG\"")
                        .message())
                .isEqualTo(new MessageTemplate.Text("GET UTCP_ARG_q_UTCP_ARG"));
        assertThat(webSocket("\"url\":\"wss://a.example/\",\"message\":{\"m\":\"x\",\"id\":\"${request_id}\"}")
                        .message()
                        .correlation())
                .isEqualTo("id");
    }

    @Test
    void theMarksOfArgumentsAreFoundAndNothingElse() {
        assertThat(ArgumentMarks.names("UTCP_ARG_a_UTCP_ARGUTCP_ARG_b c_UTCP_ARG UTCP_ARG__UTCP_ARG UTCP_ARG_d"))
                .containsExactly("a", "b c");
        assertThat(ArgumentMarks.pieces("")).isEmpty();
    }

    @Test
    void theDefaultsOfTcpAndUdpAreThoseOfUtcp() throws Malformed {
        CallTemplate.Tcp tcp = (CallTemplate.Tcp) read("tcp", "\"host\":\"Localhost\",\"port\":7");
        assertThat(tcp.framing()).isEqualTo(new Framing.Stream());
        assertThat(tcp.maxResponse()).isEqualTo(65_536);
        assertThat(tcp.call().host()).isEqualTo("localhost");
        assertThat(tcp.call().charset()).isEqualTo("utf-8");
        assertThat(tcp.call().timeout()).isEqualTo(Duration.ofSeconds(30));
        CallTemplate.Udp udp = (CallTemplate.Udp) read("udp", "\"host\":\"::1\",\"port\":7,\"auth\":null");
        assertThat(udp.datagrams()).isEqualTo(1);
        assertThat(udp.call().host()).isEqualTo("[::1]");
        assertThat(Templates.hosts(udp)).containsExactly("[::1]:7");
        assertThat(Templates.hosts(read("websocket", "\"url\":\"wss://A.example/\"")))
                .containsExactly("a.example:443");
        Framing delimiter = ((CallTemplate.Tcp)
                        read("tcp", "\"host\":\"a\",\"port\":7,\"framing_strategy\":\"delimiter\""))
                .framing();
        assertThat(((Framing.Delimiter) delimiter).bytes()).containsExactly(0);
        Framing literal = ((CallTemplate.Tcp) read(
                        "tcp",
                        "\"host\":\"a\",\"port\":7,\"framing_strategy\":\"delimiter\","
                                + "\"interpret_escape_sequences\":false"))
                .framing();
        assertThat(((Framing.Delimiter) literal).bytes()).containsExactly(0);
    }

    @Test
    void whatCannotBeHonouredIsRefused() {
        String ws = "\"url\":\"wss://a.example/\",";
        for (String bad : new String[] {
            "\"url\":\"https://a.example/\"",
            "\"url\":\"ws://localhost.evil.example@b/\"",
            "\"url\":\"wss://{host}/\"",
            "\"url\":\"wss:a\"",
            ws + "\"compression\":true",
            ws + "\"compression\":\"deflate\"",
            ws + "\"verify_ssl\":false",
            ws + "\"headers\":{\"Sec-WebSocket-Protocol\":\"x\"}",
            ws + "\"headers\":{\"Upgrade\":\"x\"}",
            ws + "\"header_fields\":[\"Origin\"]",
            ws + "\"header_fields\":[\"Authorization\"]",
            ws + "\"protocol\":\"a,b\"",
            ws + "\"expected_responses\":0",
            ws + "\"expected_responses\":-2",
            ws + "\"message\":[1]",
            ws + "\"message\":{\"UTCP_ARG_a_UTCP_ARG\":1}",
            ws + "\"message\":\"{not json\"",
            ws + "\"message\":{},\"request_data_template\":\"x\"",
            ws + "\"request_data_format\":\"text\"",
            ws + "\"response_format\":\"xml\"",
            ws + "\"ping_interval\":0"
        }) {
            assertThatThrownBy(() -> read("websocket", bad)).as(bad).isInstanceOf(Malformed.class);
        }
        String to = "\"host\":\"a.example\",\"port\":7,";
        for (String bad : new String[] {
            "\"host\":\"a.example\"",
            "\"port\":7",
            "\"host\":\"UTCP_ARG_h_UTCP_ARG/x\",\"port\":7",
            "\"host\":\"{h}\",\"port\":7",
            "\"host\":\"${H}\",\"port\":7",
            "\"host\":\"a.example:80\",\"port\":7",
            "\"host\":\"a@b\",\"port\":7",
            "\"host\":\"a.example\",\"port\":\"7\"",
            "\"host\":\"a.example\",\"port\":65536",
            to + "\"use_tls\":true",
            to + "\"auth\":{\"auth_type\":\"basic\",\"username\":\"u\",\"password\":\"p\"}",
            to + "\"request_data_format\":\"text\"",
            to + "\"request_data_format\":\"xml\"",
            to + "\"request_data_template\":\"SET UTCP_ARG_a_UTCP_ARG\"",
            to + "\"response_byte_format\":\"no such thing\"",
            to + "\"framing_strategy\":\"none\"",
            to + "\"framing_strategy\":\"fixed_length\"",
            to + "\"framing_strategy\":\"length_prefix\",\"length_prefix_bytes\":3",
            to + "\"framing_strategy\":\"length_prefix\",\"length_prefix_endian\":\"middle\"",
            to + "\"framing_strategy\":\"delimiter\",\"message_delimiter\":\"\"",
            to + "\"framing_strategy\":\"delimiter\",\"message_delimiter\":\"\\\\q\"",
            to + "\"max_response_size\":0",
            to + "\"timeout\":0"
        }) {
            assertThatThrownBy(() -> read("tcp", bad)).as(bad).isInstanceOf(Malformed.class);
        }
        assertThatThrownBy(() -> read("udp", to + "\"number_of_response_datagrams\":-1"))
                .isInstanceOf(Malformed.class);
    }

    private static WebSocketCall webSocket(String members) throws Malformed {
        return ((CallTemplate.WebSocket) read("websocket", members)).call();
    }

    private static CallTemplate read(String type, String members) throws Malformed {
        return Templates.fromJson(Samples.json("{\"call_template_type\":\"" + type + "\"," + members + "}"));
    }
}
