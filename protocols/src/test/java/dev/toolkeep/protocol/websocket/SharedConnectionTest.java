package dev.toolkeep.protocol.websocket;

import static dev.toolkeep.protocol.websocket.WebSocketFixture.answer;
import static dev.toolkeep.protocol.websocket.WebSocketFixture.fault;
import static dev.toolkeep.protocol.websocket.WebSocketFixture.object;
import static dev.toolkeep.protocol.websocket.WebSocketFixture.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.tool.ToolFault.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several calls and one connection, or as many connections as a source may have.
class SharedConnectionTest {
    private static final String RPC =
            "\"message\":{\"jsonrpc\":\"2.0\",\"id\":\"${request_id}\",\"method\":\"say\",\"params\":\"UTCP_ARG_q_UTCP_ARG\"}";

    private final WebSocketFixture calls = new WebSocketFixture();

    @AfterEach
    void stop() throws Exception {
        calls.close();
    }

    @Test
    void everyAnswerGoesToItsOwnCallWhateverTheOrder() throws Exception {
        int many = 20;
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            List<String> asked = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                asked.add(talk.next());
            }
            Collections.reverse(asked);
            talk.text("{\"jsonrpc\":\"2.0\",\"id\":\"of-nobody\",\"result\":\"stolen\"}");
            talk.text("no JSON");
            talk.text("{\"id\":7}");
            for (String one : asked) {
                talk.text(one.replace("\"params\"", "\"result\""));
            }
            talk.rest();
        })) {
            List<CompletableFuture<Sent>> sent = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                sent.add(calls.start(template(peer, RPC), "{\"q\":" + i + "}", peer.reach(), new Withdrawal()));
            }
            for (int i = 0; i < many; i++) {
                assertThat(object(answer(Await.value(sent.get(i))))
                                .path("result")
                                .intValue())
                        .isEqualTo(i);
            }
            assertThat(peer.connections).hasValue(1);
        }
    }

    @Test
    void oneCallThatIsGivenUpLeavesTheOthersTheirConnection() throws Exception {
        CountDownLatch bothHere = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            List<String> asked = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                asked.add(talk.next());
                bothHere.countDown();
            }
            go.await();
            for (String one : asked) {
                talk.text(one);
            }
            while (true) {
                talk.text(talk.next());
            }
        })) {
            Withdrawal givenUp = new Withdrawal();
            CompletableFuture<Sent> one = calls.start(template(peer, RPC), "{\"q\":1}", peer.reach(), givenUp);
            CompletableFuture<Sent> two = calls.start(template(peer, RPC), "{\"q\":2}", peer.reach(), new Withdrawal());
            Await.opened(bothHere);
            givenUp.say();
            assertThat(fault(Await.value(one)).kind()).isEqualTo(Kind.CANCELLED);
            go.countDown();
            assertThat(answer(Await.value(two))).contains("\"params\":2");
            assertThat(answer(calls.send(peer, RPC, "{\"q\":3}"))).contains("\"params\":3");
            assertThat(peer.connections).hasValue(1);
        }
    }

    @Test
    void withoutAnIdNoTwoCallsHaveAConnectionAtOnce() throws Exception {
        CountDownLatch bothHere = new CountDownLatch(2);
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            while (true) {
                String said = talk.next();
                bothHere.countDown();
                bothHere.await();
                talk.text(said);
            }
        })) {
            String kept = "\"close_after_response\":false";
            CompletableFuture<Sent> one =
                    calls.start(template(peer, kept), "{\"q\":1}", peer.reach(), new Withdrawal());
            CompletableFuture<Sent> two =
                    calls.start(template(peer, kept), "{\"q\":2}", peer.reach(), new Withdrawal());
            assertThat(answer(Await.value(one))).isEqualTo("{\"q\":1}");
            assertThat(answer(Await.value(two))).isEqualTo("{\"q\":2}");
            assertThat(peer.connections).hasValue(2);
            assertThat(answer(calls.send(peer, kept, "{\"q\":3}"))).isEqualTo("{\"q\":3}");
            assertThat(peer.connections).hasValue(2);
        }
    }

    @Test
    void aConnectionOverWhichAnAnswerMightComeLateIsNotUsedAgain() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            while (true) {
                String said = talk.next();
                if (said.contains("slow")) {
                    asked.countDown();
                    late.await();
                }
                talk.text(said);
            }
        })) {
            String kept = "\"close_after_response\":false";
            Withdrawal givenUp = new Withdrawal();
            CompletableFuture<Sent> one = calls.start(template(peer, kept), "{\"q\":\"slow\"}", peer.reach(), givenUp);
            Await.opened(asked);
            givenUp.say();
            assertThat(fault(Await.value(one)).kind()).isEqualTo(Kind.CANCELLED);
            late.countDown();
            assertThat(answer(calls.send(peer, kept, "{\"q\":\"mine\"}"))).isEqualTo("{\"q\":\"mine\"}");
            assertThat(peer.connections).hasValue(2);
        }
    }

    @Test
    void aSourceHasSixteenConnectionsAndTheRestWait() throws Exception {
        CountDownLatch full = new CountDownLatch(16);
        CountDownLatch go = new CountDownLatch(1);
        try (WebSocketPeer peer = new WebSocketPeer(talk -> {
            talk.open();
            String said = talk.next();
            full.countDown();
            go.await();
            talk.text(said);
            talk.rest();
        })) {
            List<CompletableFuture<Sent>> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(calls.start(template(peer, ""), "{\"q\":" + i + "}", peer.reach(), new Withdrawal()));
            }
            Await.opened(full);
            Withdrawal givenUp = new Withdrawal();
            CompletableFuture<Sent> waits = calls.start(template(peer, ""), "{}", peer.reach(), givenUp);
            givenUp.say();
            assertThat(fault(Await.value(waits)).message()).contains("before anything was sent");
            assertThat(peer.connections).hasValue(16);
            go.countDown();
            for (int i = 0; i < 20; i++) {
                assertThat(answer(Await.value(sent.get(i)))).isEqualTo("{\"q\":" + i + "}");
            }
        }
    }

    @Test
    void anUnusedConnectionGivesWayToAnotherTool() throws Exception {
        try (WebSocketPeer peer = WebSocketPeer.answering(said -> said)) {
            for (int i = 0; i < 20; i++) {
                String own = "\"close_after_response\":false,\"headers\":{\"X-Tool\":\"" + i + "\"}";
                assertThat(answer(calls.send(peer, own, "{}"))).isEqualTo("{}");
            }
            assertThat(peer.connections).hasValue(20);
            peer.awaitLeaving(4);
        }
    }
}
