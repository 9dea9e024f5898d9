package dev.toolkeep.protocol.grpc;

import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpStream;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The messages and the status of one call (gRPC over HTTP2, "Responses"). A message is judged by its prefix before a
/// byte of it is kept; compression was not asked for and is not taken.
final class GrpcReader implements HttpStream.Reader {
    private static final int PREFIX = 5;

    /// What is done with the messages, in order, as long as the call is not over.
    interface Messages {
        void take(byte[] message);

        /// The server ended the call well.
        Sent done();
    }

    private final HttpStream stream;
    private final int most;
    private final Messages messages;
    private Buffer pending = Buffer.buffer();

    /// @param most bytes of one message
    GrpcReader(HttpStream stream, int most, Messages messages) {
        this.stream = stream;
        this.most = most;
        this.messages = messages;
    }

    @Override
    public void opened(HttpClientResponse response) {
        String type = response.getHeader("content-type");
        if (type == null || !type.strip().toLowerCase(Locale.ROOT).startsWith("application/grpc")) {
            stream.fail(Kind.BAD_ANSWER, "the tool's server did not answer in gRPC");
            return;
        }
        response.exceptionHandler(this::broke);
        response.handler(this::chunk);
        response.endHandler(end -> ended(response));
    }

    @Override
    public void broke(Throwable failure) {
        stream.fail(failure);
    }

    private void chunk(Buffer chunk) {
        pending = pending.length() == 0
                ? chunk
                : Buffer.buffer().appendBuffer(pending).appendBuffer(chunk);
        int at = 0;
        while (!stream.over() && pending.length() - at >= PREFIX) {
            long length = pending.getUnsignedInt(at + 1);
            if (pending.getByte(at) != 0) {
                stream.fail(Kind.BAD_ANSWER, "the tool's server packed a message in a way that was not asked for");
                return;
            }
            if (length > most) {
                stream.fail(Kind.TOO_LARGE, "a message of the tool is larger than this call may return");
                return;
            }
            if (pending.length() - at - PREFIX < length) {
                break;
            }
            messages.take(pending.getBytes(at + PREFIX, at + PREFIX + (int) length));
            at += PREFIX + (int) length;
        }
        pending = pending.getBuffer(at, pending.length());
    }

    private void ended(HttpClientResponse response) {
        if (stream.over()) {
            return;
        }
        String status = said(response, "grpc-status");
        if (status == null) {
            stream.fail(Kind.BAD_ANSWER, "the tool's server ended the call without a gRPC status");
        } else if (!status.equals("0")) {
            stream.end(new Sent.Failed(GrpcStatus.fault(status, said(response, "grpc-message"))));
        } else if (pending.length() > 0) {
            stream.fail(Kind.BAD_ANSWER, "the tool's server ended the call inside a message");
        } else {
            stream.end(messages.done());
        }
    }

    /// From the trailers, or from the headers of an answer that has nothing else.
    private static @Nullable String said(HttpClientResponse response, String name) {
        String trailer = response.trailers().get(name);
        return trailer == null ? response.getHeader(name) : trailer;
    }
}
