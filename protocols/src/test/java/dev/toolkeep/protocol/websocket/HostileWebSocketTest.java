package dev.toolkeep.protocol.websocket;

import static dev.toolkeep.protocol.websocket.WebSocketFixture.answer;
import static dev.toolkeep.protocol.websocket.WebSocketFixture.fault;
import static dev.toolkeep.protocol.websocket.WebSocketFixture.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Servers that break the protocol, flood, dawdle or leave.
class HostileWebSocketTest {
    private static final String KEPT = "\"close_after_response\":false";

    private final WebSocketFixture calls = new WebSocketFixture();

    @AfterEach
    void stop() throws Exception {
        calls.close();
    }

    /// What the server does after it was asked.
    private interface Deed {
        void doIt(WebSocketPeer.Talk talk) throws Exception;
    }

    private ToolFault after(Deed deed) throws Exception {
        return after(deed, "");
    }

    private ToolFault after(Deed deed, String more) throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            talk.next();
            deed.doIt(talk);
            talk.rest();
        })) {
            ToolFault fault = fault(calls.send(peer, more, "{}"));
            peer.awaitLeaving(1);
            return fault;
        }
    }

    @Test
    void fragmentsMakeOneMessageAndPingsBetweenThemAreAnswered() throws Exception {
        byte[] umlaut = "\u00fc".getBytes(StandardCharsets.UTF_8);
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            talk.next();
            talk.frame(0x01, new byte[] {'a', umlaut[0]});
            talk.frame(0x89, "are you there".getBytes(StandardCharsets.UTF_8));
            talk.frame(0x00, new byte[0]);
            talk.frame(0x80, new byte[] {umlaut[1]});
            talk.rest();
        })) {
            assertThat(answer(calls.send(peer, "", "{}"))).isEqualTo("a\u00fc");
            peer.awaitLeaving(1);
            assertThat(peer.pongs).hasValue(1);
        }
    }

    @Test
    void whatComesWithTheHandshakeInOnePieceIsNotLost() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            String accepted = talk.accepted(talk.handshake(), "");
            talk.raw((accepted + "\u0081\u0005hello").getBytes(StandardCharsets.ISO_8859_1));
            talk.rest();
        })) {
            assertThat(answer(calls.send(peer, "", "{}"))).isEqualTo("hello");
        }
    }

    @Test
    void everyBreachOfTheProtocolIsAFault() throws Exception {
        byte[] none = new byte[0];
        Deed[] breaches = {
            talk -> talk.frame(0xC1, none), // a reserved bit: compressed, unasked
            talk -> talk.raw(new byte[] {(byte) 0x81, (byte) 0x80, 0, 0, 0, 0}), // masked
            talk -> talk.frame(0x83, none), // an unknown kind
            talk -> talk.frame(0x8B, none),
            talk -> talk.frame(0x80, none), // continues nothing
            talk -> {
                talk.frame(0x01, none);
                talk.frame(0x81, none); // interrupts a message
            },
            talk -> talk.frame(0x09, none), // a ping in parts
            talk -> talk.frame(0x89, new byte[126]), // a long ping
            talk -> talk.frame(0x81, new byte[] {'a', (byte) 0xC3}), // half a character
        };
        for (Deed breach : breaches) {
            assertThat(after(breach).kind()).isEqualTo(Kind.BAD_ANSWER);
        }
    }

    @Test
    void aHugeLengthIsRefusedBeforeAnythingOfItHasCome() throws Exception {
        for (byte[] head : new byte[][] {
            {(byte) 0x81, 127, 0, 0, 0, 1, 0, 0, 0, 0},
            {(byte) 0x82, 127, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1},
            {(byte) 0x81, 126, 0x27, 0x11} // 10,001 bytes
        }) {
            assertThat(after(talk -> talk.raw(head)).kind()).isEqualTo(Kind.TOO_LARGE);
        }
    }

    @Test
    void fragmentsWithoutEndAreTooLarge() throws Exception {
        ToolFault fault = after(talk -> {
            talk.frame(0x01, new byte[1000]);
            for (int i = 0; i < 20; i++) {
                talk.frame(0x00, new byte[1000]);
            }
        });
        assertThat(fault.kind()).isEqualTo(Kind.TOO_LARGE);
        ToolFault empty = after(talk -> {
            talk.frame(0x01, new byte[0]);
            byte[] nothing = new byte[2 * 1000];
            for (int i = 0; i < 101; i++) {
                talk.raw(nothing);
            }
        });
        assertThat(empty.kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void answersWithoutEndAreTooLarge() throws Exception {
        ToolFault fault = after(
                talk -> {
                    for (int i = 0; i < 2000; i++) {
                        talk.text("[1,2,3,4,5,6,7,8]");
                    }
                },
                "\"expected_responses\":-1");
        assertThat(fault.kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void messagesNobodyAskedForEndTheConnection() throws Exception {
        String rpc = "\"message\":{\"id\":\"${request_id}\"}";
        ToolFault fault = after(
                talk -> {
                    for (int i = 0; i < 1001; i++) {
                        talk.text("{\"id\":\"wrong\"}");
                    }
                },
                rpc);
        assertThat(fault.kind()).isEqualTo(Kind.BAD_ANSWER);
        assertThat(fault.message()).contains("not asked for");
    }

    @Test
    void aMessageOnAnUnusedConnectionEndsItSoThatNoCallTakesItForItsAnswer() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            String said = talk.next();
            talk.text(said);
            if (said.contains("first")) {
                talk.text("stale");
            }
            talk.rest();
        })) {
            assertThat(answer(calls.send(peer, KEPT, "{\"q\":\"first\"}"))).isEqualTo("{\"q\":\"first\"}");
            peer.awaitLeaving(1);
            assertThat(answer(calls.send(peer, KEPT, "{\"q\":\"second\"}"))).isEqualTo("{\"q\":\"second\"}");
            assertThat(peer.closes.getFirst()).isEqualTo(1008);
        }
    }

    @Test
    void pingsWithoutEndEndTheConnection() throws Exception {
        ToolFault fault = after(talk -> {
            while (true) {
                talk.frame(0x89, new byte[125]);
            }
        });
        assertThat(fault.message()).contains("pings");
    }

    @Test
    void aServerThatAnswersNoPingIsGivenUp() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            talk.in.readAllBytes();
        })) {
            ToolFault fault = fault(calls.send(peer, "\"ping_interval\":0.05", "{}"));
            assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(fault.message()).contains("pings");
            peer.awaitLeaving(1);
        }
    }

    @Test
    void aServerThatClosesSaysWhyAndOneThatVanishesDoesNot() throws Exception {
        ToolFault said = after(talk -> talk.frame(0x88, new byte[] {3, (byte) 0xF3, 'b', 'u', 's', 'y', 7}));
        assertThat(said.kind()).isEqualTo(Kind.UPSTREAM_ERROR);
        assertThat(said.message()).contains("code 1011");
        assertThat(said.detail()).isEqualTo("busy");
        assertThat(after(talk -> talk.frame(0x88, new byte[0])).kind()).isEqualTo(Kind.UNREACHABLE);
        ToolFault vanished = after(talk -> {
            talk.raw(new byte[] {(byte) 0x81, 5, 'h'});
            throw new java.io.IOException("gone in mid-message");
        });
        assertThat(vanished.kind()).isEqualTo(Kind.UNREACHABLE);
        ToolFault cut = after(
                talk -> {
                    talk.text("1");
                    throw new java.io.IOException("gone in mid-stream");
                },
                "\"expected_responses\":-1");
        assertThat(cut.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aHandshakeThatIsNotOneOpensNothing() throws Exception {
        String[] answers = {
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
            "HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 307 Away\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
        };
        for (String answer : answers) {
            try (WebSocketPeer peer = raw(talk -> answer)) {
                assertThat(fault(calls.send(peer, "", "{}")).kind()).isEqualTo(Kind.UPSTREAM_STATUS);
                assertThat(peer.connections).hasValue(1);
            }
        }
        Wrong[] wrong = {
            talk -> talk.accepted("sec-websocket-key: another", ""),
            talk -> talk.accepted(talk.handshake(), "Sec-WebSocket-Extensions: permessage-deflate\r\n"),
            talk -> talk.accepted(talk.handshake(), "Sec-WebSocket-Protocol: unasked\r\n"),
            talk -> talk.accepted(talk.handshake(), "").replace("Upgrade: websocket", "Upgrade: h2c"),
        };
        for (Wrong one : wrong) {
            try (WebSocketPeer peer = raw(one)) {
                assertThat(fault(calls.send(peer, "", "{}")).kind()).isEqualTo(Kind.BAD_ANSWER);
                peer.awaitLeaving(1);
            }
        }
    }

    @Test
    void aSubprotocolMustBeTheOneOfTheTemplate() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            String asked = talk.handshake();
            talk.raw(talk.accepted(asked, "Sec-WebSocket-Protocol: chat.v1\r\n").getBytes(StandardCharsets.US_ASCII));
            talk.text(talk.next());
            talk.rest();
        })) {
            assertThat(answer(calls.send(peer, "\"protocol\":\"chat.v1\"", "{}")))
                    .isEqualTo("{}");
            assertThat(fault(calls.send(peer, "\"protocol\":\"chat.v2\"", "{}")).kind())
                    .isEqualTo(Kind.BAD_ANSWER);
            assertThat(peer.handshakes.getFirst()).containsIgnoringCase("sec-websocket-protocol: chat.v1\r\n");
        }
    }

    @Test
    void aBodyWithoutEndInPlaceOfAHandshakeIsNotKept() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.handshake();
            talk.raw("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                talk.raw(new byte[10_000]);
            }
        })) {
            assertThat(fault(calls.send(peer, "", "{}")).kind()).isEqualTo(Kind.UPSTREAM_STATUS);
            peer.awaitLeaving(1);
        }
    }

    @Test
    void aHandshakeOrAnAnswerThatDoesNotComeEndsInTime() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> talk.in.readAllBytes())) {
            ToolFault fault = fault(calls.send(peer, "\"connection_timeout\":0.05", "{}"));
            assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
            peer.awaitLeaving(1);
        }
        assertThat(after(talk -> {}, "\"response_timeout\":0.05,\"timeout\":9").kind())
                .isEqualTo(Kind.TIMED_OUT);
        assertThat(after(talk -> {}, "\"timeout\":0.05").kind()).isEqualTo(Kind.TIMED_OUT);
    }

    @Test
    void aCallerWhoGivesUpClosesTheConnection() throws Exception {
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            talk.next();
            talk.text("1");
            talk.rest();
        })) {
            Withdrawal withdrawal = new Withdrawal();
            CompletableFuture<Sent> sent =
                    calls.start(template(peer, "\"expected_responses\":-1"), "{}", peer.reach(), withdrawal);
            Await.opened(calls.first);
            withdrawal.say();
            assertThat(fault(Await.value(sent)).kind()).isEqualTo(Kind.CANCELLED);
            peer.awaitLeaving(1);
            assertThat(peer.closes).containsExactly(1000);
        }
    }

    private interface Wrong {
        String answer(WebSocketPeer.Talk talk) throws Exception;
    }

    private static WebSocketPeer raw(Wrong answer) throws Exception {
        return new WebSocketPeer(talk -> {
            String bytes = answer.answer(talk);
            if (bytes.startsWith("HTTP/1.1 101") && !bytes.isEmpty()) {
                talk.raw(bytes.getBytes(StandardCharsets.US_ASCII));
            } else {
                talk.handshake();
                talk.raw(bytes.getBytes(StandardCharsets.US_ASCII));
            }
            talk.in.readAllBytes();
        });
    }
}
