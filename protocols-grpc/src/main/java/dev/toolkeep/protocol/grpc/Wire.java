package dev.toolkeep.protocol.grpc;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpPlan;
import dev.toolkeep.protocol.http.HttpStream;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Requests as gRPC frames them (gRPC over HTTP2, "Requests").
record Wire(Vertx vertx, Egress egress, Tokens tokens) {
    /// Sends `frames` and closes this side.
    ///
    /// @param answers makes what takes the messages that come back
    CompletionStage<Sent> send(
            Dispatch dispatch, HttpPlan plan, Buffer frames, Function<HttpStream, GrpcReader.Messages> answers)
            throws Unsendable {
        HttpPlan.Outgoing filled = plan.fill(withoutArguments(dispatch), "");
        List<HttpPlan.Header> headers = new ArrayList<>();
        for (HttpPlan.Header header : filled.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!name.equals("accept")) {
                headers.add(new HttpPlan.Header(name, header.value()));
            }
        }
        headers.add(new HttpPlan.Header("content-type", "application/grpc"));
        headers.add(new HttpPlan.Header("te", "trailers"));
        long millis = Math.clamp(
                Math.min(plan.timeout().toMillis(), dispatch.timeout().toMillis()), 1, 99_999_999);
        headers.add(new HttpPlan.Header("grpc-timeout", millis + "m"));
        HttpStream stream = new HttpStream(vertx, egress, tokens, dispatch, plan, HttpVersion.HTTP_2);
        return stream.start(
                HttpMethod.POST,
                new HttpPlan.Outgoing(filled.target(), List.copyOf(headers), frames),
                new GrpcReader(stream, dispatch.answerBytes(), answers.apply(stream)));
    }

    /// A message with its prefix, not compressed.
    static Buffer frame(byte[] message) {
        return Buffer.buffer(message.length + 5)
                .appendByte((byte) 0)
                .appendInt(message.length)
                .appendBytes(message);
    }

    /// The arguments are the message: none of them is left for the URL.
    private static Dispatch withoutArguments(Dispatch dispatch) {
        return new Dispatch(
                dispatch.source(),
                dispatch.template(),
                Json.object(),
                dispatch.secrets(),
                dispatch.reach(),
                dispatch.timeout(),
                dispatch.answerBytes(),
                dispatch.requestId(),
                dispatch.traceparent(),
                dispatch.home(),
                dispatch.progress(),
                dispatch.withdrawal());
    }
}
