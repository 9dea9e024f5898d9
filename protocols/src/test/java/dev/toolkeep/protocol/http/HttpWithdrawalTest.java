package dev.toolkeep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Await;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.EgressOptions;
import dev.toolkeep.protocol.net.Upstream;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A caller that gives up takes its request back.
class HttpWithdrawalTest {
    private final Vertx vertx = Vertx.vertx();
    private final Promise<List<InetAddress>> address = Promise.promise();
    private final Egress egress = new Egress(vertx, host -> address.future(), EgressOptions.defaults());
    private final HttpProtocol http = new HttpProtocol(vertx, egress);

    @AfterEach
    void stop() throws Exception {
        egress.close();
        Await.value(vertx.close());
    }

    @Test
    void theConnectionOfAWithdrawnCallIsClosedWhereverItsAnswerStands() throws Exception {
        String half = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf";
        for (String sofar : List.of("", "HTTP/1.1 200 OK\r\nX-Slow: ", half)) {
            try (Upstream up = Upstream.answering((request, out) -> {
                out.write(sofar.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            })) {
                Dispatch dispatch = Calls.dispatch(Calls.get(up.url("/")), "{}", Secrets.none(), up.reach());
                CompletionStage<Sent> sent = http.send(dispatch);
                await().until(() -> !up.requests.isEmpty());
                dispatch.withdrawal().say();
                ToolFault fault = fault(sent);
                assertThat(fault.kind()).as(sofar).isEqualTo(Kind.CANCELLED);
                assertThat(fault.message()).contains("not known");
                Await.opened(up.left);
            }
        }
    }

    @Test
    void aCallWithdrawnBeforeItsConnectionIsThereIsNeverSent() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("text/plain", "too late"))) {
            Dispatch dispatch = Calls.dispatch(
                    Calls.get("http://tool.example:" + up.port() + "/"),
                    "{}",
                    Secrets.none(),
                    new dev.toolkeep.protocol.net.Reach(java.util.Set.of("tool.example")));
            CompletionStage<Sent> sent = http.send(dispatch);
            dispatch.withdrawal().say();
            ToolFault fault = fault(sent);
            assertThat(fault.kind()).isEqualTo(Kind.CANCELLED);
            assertThat(fault.message()).contains("before anything was sent");
            address.complete(List.of(InetAddress.getLoopbackAddress()));
            assertThat(((Sent.Answered) Await.value(http.send(
                                    Calls.dispatch(Calls.get(up.url("/second")), "{}", Secrets.none(), up.reach()))))
                            .answer())
                    .isNotNull();
            assertThat(up.requests).extracting(Upstream.Request::target).containsExactly("/second");
        }
    }

    @Test
    void givingUpAfterTheAnswerChangesNothing() throws Exception {
        try (Upstream up = Upstream.answering(Upstream.ok("text/plain", "done"))) {
            Dispatch dispatch = Calls.dispatch(Calls.get(up.url("/")), "{}", Secrets.none(), up.reach());
            assertThat(Await.value(http.send(dispatch))).isInstanceOf(Sent.Answered.class);
            dispatch.withdrawal().say();
            Dispatch next = Calls.dispatch(Calls.get(up.url("/")), "{}", Secrets.none(), up.reach());
            assertThat(Await.value(http.send(next))).isInstanceOf(Sent.Answered.class);
            assertThat(up.connections).hasValue(1);
        }
    }

    private static ToolFault fault(CompletionStage<Sent> sent) throws Exception {
        return ((Sent.Failed) Await.value(sent)).fault();
    }
}
