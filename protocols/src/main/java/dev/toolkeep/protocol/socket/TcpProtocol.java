package dev.toolkeep.protocol.socket;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.framing.MessageReader;
import dev.toolkeep.protocol.framing.MessageWriter;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.protocol.message.Exchange;
import dev.toolkeep.protocol.message.MessagePlan;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.SocketCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Malformed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Calls tools over TCP (UTCP `tcp`): a connection of its own for each call, one framed message out, one back. It is
/// not encrypted, so it goes only where the source was granted to go. Never sent again: what breaks off is a fault.
public final class TcpProtocol implements Protocol {
    private final Vertx vertx;
    private final Egress egress;

    public TcpProtocol(Vertx vertx, Egress egress) {
        this.vertx = vertx;
        this.egress = egress;
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.Tcp template)) {
            return failed(ToolFault.of(Kind.OURS, "not a tcp tool"));
        }
        try {
            byte[] message = MessagePlan.fill(template.call().message(), Set.of(), dispatch);
            byte[] framed = MessageWriter.frame(template.framing(), message);
            Exchange exchange = new Exchange(vertx, dispatch, template.call().timeout());
            return exchange.start(() -> open(template, framed, exchange));
        } catch (Unsendable unsendable) {
            return failed(unsendable.fault());
        } catch (Malformed unframeable) {
            return failed(ToolFault.of(Kind.BAD_REQUEST, "the message cannot be sent: " + unframeable.getMessage()));
        }
    }

    private void open(CallTemplate.Tcp template, byte[] framed, Exchange exchange) {
        Dispatch dispatch = exchange.dispatch();
        SocketCall call = template.call();
        int most = Math.min(template.maxResponse(), dispatch.answerBytes());
        MessageReader reader = new MessageReader(template.framing(), most);
        Runnable closed = () -> ended(reader.end(), call, exchange);
        egress.tcp(call.host(), call.port(), dispatch.reach(), dispatch.source(), closed)
                .onComplete(socket -> talk(socket, reader, call, framed, exchange), exchange::fail);
    }

    private static void talk(
            NetSocket socket, MessageReader reader, SocketCall call, byte[] framed, Exchange exchange) {
        exchange.closing(socket::close);
        socket.exceptionHandler(exchange::fail);
        socket.handler(bytes -> take(bytes.getBytes(), reader, call, exchange));
        if (!exchange.over()) {
            exchange.sent();
            socket.write(Buffer.buffer(framed)).onFailure(exchange::fail);
        }
    }

    private static void take(byte[] bytes, MessageReader reader, SocketCall call, Exchange exchange) {
        if (exchange.over()) {
            return;
        }
        try {
            byte[] whole = reader.take(bytes);
            if (whole != null) {
                exchange.end(Replies.read(whole, call, exchange.dispatch()));
            }
        } catch (Malformed tooLarge) {
            exchange.fail(Kind.TOO_LARGE, "the answer is larger than this call may return");
        }
    }

    private static void ended(byte @Nullable [] whole, SocketCall call, Exchange exchange) {
        if (whole == null) {
            exchange.fail(Kind.UNREACHABLE, "the tool's server closed the connection before its answer was whole");
        } else if (!exchange.over()) {
            exchange.end(Replies.read(whole, call, exchange.dispatch()));
        }
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
