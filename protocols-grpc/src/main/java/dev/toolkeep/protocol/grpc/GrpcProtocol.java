package dev.toolkeep.protocol.grpc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Listed;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.SelfDescribing;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.http.HttpPlan;
import dev.toolkeep.protocol.http.HttpPlans;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Calls tools that are methods of gRPC servers (UTCP `grpc`; gRPC over HTTP2), unary and server streaming. The
/// arguments become one message by the descriptors in the template, which the digest covers: a call asks the server for
/// nothing but the call. It goes through the egress guard in HTTP/2, with the time that is left as its deadline. An
/// answer is the message in proto3's JSON form; a stream tells each and answers all.
public final class GrpcProtocol implements SelfDescribing {
    private final Wire wire;
    private final Reflection reflection;
    private final HttpPlans plans = new HttpPlans();
    // Weak keys are compared by identity: a method lives as long as the snapshot that holds its template.
    private final Cache<CallTemplate.Grpc, GrpcMethod> methods =
            Caffeine.newBuilder().weakKeys().maximumSize(10_000).build();

    public GrpcProtocol(Vertx vertx, Egress egress, Tokens tokens) {
        this.wire = new Wire(vertx, egress, tokens);
        this.reflection = new Reflection(wire);
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.Grpc template)) {
            return failed(ToolFault.of(ToolFault.Kind.OURS, "not a grpc tool"));
        }
        try {
            GrpcMethod method = method(template);
            HttpPlan plan = plans.of(template.request());
            byte[] message = method.request(dispatch.arguments());
            return wire.send(
                    dispatch,
                    plan,
                    Wire.frame(message),
                    stream -> method.answers(stream, dispatch, template.maxEvents()));
        } catch (Unsendable unsendable) {
            return failed(unsendable.fault());
        }
    }

    @Override
    public CompletionStage<Listed> list(
            String source, String url, Map<String, String> headers, Secrets secrets, Reach reach, Duration patience) {
        return reflection.list(source, url, headers, secrets, reach, patience);
    }

    private GrpcMethod method(CallTemplate.Grpc template) throws Unsendable {
        GrpcMethod known = methods.getIfPresent(template);
        if (known != null) {
            return known;
        }
        GrpcMethod read = GrpcMethod.of(template);
        methods.put(template, read);
        return read;
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
