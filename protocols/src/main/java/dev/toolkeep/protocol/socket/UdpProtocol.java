package dev.toolkeep.protocol.socket;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.protocol.message.Exchange;
import dev.toolkeep.protocol.message.MessagePlan;
import dev.toolkeep.protocol.net.Datagrams;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Calls tools over UDP (UTCP `udp`): one datagram out, as many back as the template says, joined. Datagrams of anybody
/// but the address asked are dropped unread. It is not encrypted, so it goes only where the source was granted to go;
/// nothing is sent twice, so what is lost on the way is a fault when time is up.
public final class UdpProtocol implements Protocol {
    /// The most payload of one IPv4 datagram.
    private static final int LARGEST = 65_507;

    private final Vertx vertx;
    private final Egress egress;

    public UdpProtocol(Vertx vertx, Egress egress) {
        this.vertx = vertx;
        this.egress = egress;
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.Udp template)) {
            return failed(ToolFault.of(Kind.OURS, "not a udp tool"));
        }
        try {
            byte[] message = MessagePlan.fill(template.call().message(), Set.of(), dispatch);
            if (message.length > LARGEST) {
                return failed(ToolFault.of(Kind.BAD_REQUEST, "the message is larger than a datagram may be"));
            }
            Exchange exchange = new Exchange(vertx, dispatch, template.call().timeout());
            return exchange.start(() -> open(template, message, exchange));
        } catch (Unsendable unsendable) {
            return failed(unsendable.fault());
        }
    }

    private void open(CallTemplate.Udp template, byte[] message, Exchange exchange) {
        Dispatch dispatch = exchange.dispatch();
        egress.udp(template.call().host(), template.call().port(), dispatch.reach(), dispatch.source())
                .onComplete(socket -> talk(socket, template, message, exchange), exchange::fail);
    }

    private static void talk(Datagrams socket, CallTemplate.Udp template, byte[] message, Exchange exchange) {
        exchange.closing(socket::close);
        if (exchange.over()) {
            return;
        }
        Joined joined = new Joined(template, exchange);
        socket.hear(joined::take);
        exchange.sent();
        socket.send(Buffer.buffer(message)).onComplete(sent -> joined.sent(), exchange::fail);
    }

    /// The answers so far.
    private static final class Joined {
        private final CallTemplate.Udp template;
        private final Exchange exchange;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int datagrams;

        Joined(CallTemplate.Udp template, Exchange exchange) {
            this.template = template;
            this.exchange = exchange;
        }

        void sent() {
            if (template.datagrams() == 0) {
                answer();
            }
        }

        void take(Buffer datagram) {
            if (exchange.over() || template.datagrams() == 0) {
                return;
            }
            if (bytes.size() + datagram.length() > exchange.dispatch().answerBytes()) {
                exchange.fail(Kind.TOO_LARGE, "the answer is larger than this call may return");
                return;
            }
            bytes.writeBytes(datagram.getBytes());
            if (++datagrams == template.datagrams()) {
                answer();
            }
        }

        private void answer() {
            exchange.end(Replies.read(bytes.toByteArray(), template.call(), exchange.dispatch()));
        }
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
