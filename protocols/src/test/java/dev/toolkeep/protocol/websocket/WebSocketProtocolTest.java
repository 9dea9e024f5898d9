package dev.toolkeep.protocol.websocket;

import static dev.toolkeep.protocol.websocket.WebSocketFixture.answer;
import static dev.toolkeep.protocol.websocket.WebSocketFixture.fault;
import static dev.toolkeep.protocol.websocket.WebSocketFixture.object;
import static dev.toolkeep.protocol.websocket.WebSocketFixture.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.net.Upstream;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketProtocolTest {
    private static final String KEPT = "\"close_after_response\":false";

    private final WebSocketFixture calls = new WebSocketFixture();

    @AfterEach
    void stop() throws Exception {
        calls.close();
    }

    @Test
    void argumentsGoIntoUrlHeadersAndMessageAndTheAnswerComesBack() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> "{\"got\":" + said + "}")) {
            CallTemplate template = template(
                    peer.url("/rooms/{room}?k=${KEY}"),
                    "\"header_fields\":[\"X-Room\"],\"headers\":{\"Authorization\":\"Bearer ${TOKEN}\","
                            + "\"Origin\":\"https://trusted.example\"},"
                            + "\"message\":{\"q\":\"UTCP_ARG_q_UTCP_ARG\",\"n\":\"UTCP_ARG_n_UTCP_ARG\","
                            + "\"t\":\"n=UTCP_ARG_n_UTCP_ARG ${TOKEN}\",\"left\":\"UTCP_ARG_no_UTCP_ARG\"}");
            String evil = "\\\", \\\"isAdmin\\\": true, \\\"x\\\": \\\"";
            Sent sent = Await.value(calls.start(
                    template,
                    "{\"room\":\"a/b\",\"X-Room\":\"r\",\"q\":\"" + evil + "\",\"n\":7}",
                    peer.reach(),
                    new Withdrawal(),
                    Map.of("KEY", "k&1", "TOKEN", "t")));
            assertThat(object(answer(sent)))
                    .isEqualTo(object("{\"got\":{\"q\":\"" + evil + "\",\"n\":7,\"t\":\"n=7 t\"}}"));
            assertThat(peer.handshakes.getFirst())
                    .startsWith("GET /rooms/a%2Fb?k=k%261 HTTP/1.1\r\n")
                    .containsIgnoringCase("origin: https://trusted.example\r\n")
                    .containsIgnoringCase("authorization: bearer t\r\n")
                    .containsIgnoringCase("x-room: r\r\n")
                    .containsIgnoringCase("sec-websocket-version: 13\r\n")
                    .doesNotContainIgnoringCase("extensions");
        }
    }

    @Test
    void withoutAMessageTheArgumentsAreIt() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> said)) {
            assertThat(answer(calls.send(peer, "", "{\"b\":[1.50,null],\"a\":\"x\"}")))
                    .isEqualTo("{\"b\":[1.50,null],\"a\":\"x\"}");
        }
    }

    @Test
    void aMessageThatIsTextTakesNoControlCharacter() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> said)) {
            String text = "\"message\":\"GET UTCP_ARG_q_UTCP_ARG\"";
            assertThat(answer(calls.send(peer, text, "{\"q\":\"a \\\" b\"}"))).isEqualTo("GET a \" b");
            assertThat(fault(calls.send(peer, text, "{\"q\":\"a\\nDELETE b\"}")).kind())
                    .isEqualTo(Kind.BAD_REQUEST);
            assertThat(fault(calls.send(peer, text, "{}")).message()).contains("argument q");
        }
    }

    @Test
    void answersAreReadAsTheTemplateSays() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> said)) {
            String text = "\"message\":\"UTCP_ARG_q_UTCP_ARG\",\"response_format\":";
            assertThat(answer(calls.send(peer, text + "\"json\"", "{\"q\":\"[1]\"}")))
                    .isEqualTo("[1]");
            assertThat(fault(calls.send(peer, text + "\"json\"", "{\"q\":\"[1\"}"))
                            .kind())
                    .isEqualTo(Kind.BAD_ANSWER);
            assertThat(answer(calls.send(peer, text + "\"text\"", "{\"q\":\"[1]\"}")))
                    .isEqualTo("[1]");
            assertThat(answer(calls.send(peer, text + "null", "{\"q\":\"plain\"}")))
                    .isEqualTo("plain");
        }
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            talk.next();
            talk.frame(0x82, new byte[] {(byte) 0xFF, 'a'});
            talk.rest();
        })) {
            assertThat(answer(calls.send(peer, "", "{}"))).isEqualTo("bytes \u00ffa");
            assertThat(fault(calls.send(peer, "\"response_format\":\"text\"", "{}"))
                            .kind())
                    .isEqualTo(Kind.BAD_ANSWER);
        }
    }

    @Test
    void severalAnswersAreToldAsTheyComeAndAreOneList() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            talk.next();
            for (int n = 1; n <= 9; n++) {
                talk.text("{\"n\":" + n + ",\"odd\":" + (n % 2 == 1) + "}");
            }
            talk.rest();
        })) {
            String three = "\"expected_responses\":3,\"message_filter\":{\"odd\":\"UTCP_ARG_odd_UTCP_ARG\"}";
            String list = "[{\"n\":1,\"odd\":true},{\"n\":3,\"odd\":true},{\"n\":5,\"odd\":true}]";
            assertThat(answer(calls.send(peer, three, "{\"odd\":true}"))).isEqualTo(list);
            assertThat(calls.told).hasSize(3);
        }
    }

    @Test
    void aStreamEndsWhereItsServerSaysSoOrCloses() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            String how = talk.next();
            talk.text("plain");
            talk.text("{\"type\":\"tool_response\",\"result\":{\"n\":2}}");
            switch (how) {
                case "end" -> talk.text("{\"type\":\"stream_end\"}");
                case "close" -> talk.frame(0x88, new byte[] {3, (byte) 0xE8});
                case "error" -> talk.text("{\"type\":\"tool_error\",\"error\":\"no such symbol\"}");
                default -> {}
            }
            talk.rest();
        })) {
            String stream =
                    "\"message\":\"UTCP_ARG_q_UTCP_ARG\",\"expected_responses\":-1,\"response_timeout\":0.05,\"timeout\":9";
            String all = "[\"plain\",{\"n\":2}]";
            assertThat(answer(calls.send(peer, stream, "{\"q\":\"end\"}"))).isEqualTo(all);
            assertThat(answer(calls.send(peer, stream, "{\"q\":\"close\"}"))).isEqualTo(all);
            assertThat(answer(calls.send(peer, stream, "{\"q\":\"silence\"}"))).isEqualTo(all);
            assertThat(fault(calls.send(peer, stream, "{\"q\":\"error\"}")).detail())
                    .isEqualTo("no such symbol");
        }
    }

    @Test
    void aKeptConnectionServesTheNextCallOfTheSameSourceAndCredentialsOnly() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> said)) {
            String keyed = KEPT + ",\"headers\":{\"X-Key\":\"${KEY}\"}";
            for (int i = 0; i < 3; i++) {
                keyed(peer, keyed, "one");
            }
            assertThat(peer.connections).hasValue(1);
            keyed(peer, keyed, "two");
            assertThat(peer.connections).hasValue(2);
            calls.source = "another";
            keyed(peer, keyed, "two");
            assertThat(peer.connections).hasValue(3);
            Reach wider = new Reach(Set.of("127.0.0.1"));
            Await.value(calls.start(template(peer, keyed), "{}", wider, new Withdrawal(), Map.of("KEY", "two")));
            assertThat(peer.connections).hasValue(4);
        }
    }

    @Test
    void aCredentialInsideAMessageProvesNothingForOthers() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> said)) {
            String login = KEPT + ",\"message\":{\"login\":\"${KEY}\"}";
            keyed(peer, login, "one");
            keyed(peer, login, "one");
            assertThat(peer.connections).hasValue(1);
            assertThat(answer(calls.send(peer, KEPT, "{}"))).isEqualTo("{}");
            keyed(peer, login, "two");
            assertThat(peer.connections).hasValue(3);
        }
    }

    @Test
    void unlessTheTemplateSaysSoAConnectionServesOneCall() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> said)) {
            calls.send(peer, "", "{}");
            calls.send(peer, "", "{}");
            peer.awaitLeaving(2);
            assertThat(peer.closes).containsExactly(1000, 1000);
        }
    }

    @Test
    void aTokenIsFetchedForTheHandshakeAndOnceMoreWhenItIsNotAccepted() throws Exception {
        AtomicInteger tokens = new AtomicInteger();
        try (Upstream login = Upstream.answering((request, out) -> out.write(Upstream.ok(
                                "application/json",
                                "{\"access_token\":\"t" + tokens.incrementAndGet()
                                        + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
                        .getBytes(StandardCharsets.UTF_8)));
                WebSocketPeer peer = new WebSocketPeer(talk -> {
                    String asked = talk.handshake();
                    if (asked.contains("Bearer t1")) {
                        talk.raw("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    } else {
                        talk.raw(talk.accepted(asked, "").getBytes(StandardCharsets.US_ASCII));
                        talk.text(talk.next());
                    }
                    talk.rest();
                })) {
            CallTemplate template = template(
                    peer,
                    "\"auth\":{\"auth_type\":\"oauth2\",\"token_url\":\"" + login.url("/token")
                            + "\",\"client_id\":\"c\",\"client_secret\":\"${KEY}\"}");
            Reach both = new Reach(Set.of("127.0.0.1:" + peer.port(), "127.0.0.1:" + login.port()));
            Sent sent = Await.value(calls.start(template, "{}", both, new Withdrawal(), Map.of("KEY", "k")));
            assertThat(answer(sent)).isEqualTo("{}");
            assertThat(tokens).hasValue(2);
            assertThat(peer.handshakes.getLast()).contains("Bearer t2");
        }
    }

    @Test
    void theWayOutIsGuarded() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> said)) {
            for (String url : new String[] {
                peer.url("/"),
                "ws://localhost:" + peer.port(),
                "wss://127.0.0.1:" + peer.port(),
                "ws://8.8.8.8/",
                "ws://localhost.evil.test/"
            }) {
                CompletableFuture<Sent> sent = calls.start(template(url, ""), "{}", Reach.PUBLIC, new Withdrawal());
                assertThat(fault(Await.value(sent)).kind()).as(url).isEqualTo(Kind.EGRESS_DENIED);
            }
            assertThat(peer.connections).hasValue(0);
        }
    }

    private void keyed(WebSocketPeer peer, String more, String key) throws Exception {
        CallTemplate template = template(peer, more);
        answer(Await.value(calls.start(template, "{}", peer.reach(), new Withdrawal(), Map.of("KEY", key))));
    }
}
