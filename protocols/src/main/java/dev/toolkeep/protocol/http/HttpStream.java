package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Body;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.Faults;
import dev.toolkeep.protocol.oauth.Bearer;
import dev.toolkeep.protocol.oauth.Tokens;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One call whose answer is read as it arrives, on one Vert.x context from start to end; ends exactly once, at the
/// latest when its time is up or its caller gives up, and then its connection is closed. No redirect is followed. A
/// status that is no success ends it; everything else is its [Reader]'s.
public final class HttpStream {
    private static final int ERROR_BYTES = 64 * 1024;
    /// `none` is no coding of HTTP's, but event streams carry it to keep proxies from packing them.
    private static final Set<String> PLAIN = Set.of("identity", "none");

    /// What is done with a success, and with a connection that fails.
    public interface Reader {
        /// Must set the response's handlers at once.
        void opened(HttpClientResponse response);

        /// The connection failed, before or after [#opened].
        void broke(Throwable failure);
    }

    private final Vertx vertx;
    private final Egress egress;
    private final Dispatch dispatch;
    private final HttpPlan plan;
    private final HttpVersion version;
    private final @Nullable Bearer bearer;
    private final CompletableFuture<Sent> done = new CompletableFuture<>();
    private @Nullable HttpClientRequest request;
    private long timer;
    private boolean over;

    public HttpStream(Vertx vertx, Egress egress, Tokens tokens, Dispatch dispatch, HttpPlan plan) {
        this(vertx, egress, tokens, dispatch, plan, HttpVersion.HTTP_1_1);
    }

    /// @param version HTTP/2 and nothing else, or HTTP/1.1
    public HttpStream(
            Vertx vertx, Egress egress, Tokens tokens, Dispatch dispatch, HttpPlan plan, HttpVersion version) {
        this.version = version;
        this.vertx = vertx;
        this.egress = egress;
        this.dispatch = dispatch;
        this.plan = plan;
        this.bearer = Bearer.of(tokens, plan.auth(), dispatch.source(), dispatch.secrets(), dispatch.reach());
    }

    /// Starts on the event loop of the caller, or on one of Vert.x's.
    public CompletableFuture<Sent> start(HttpMethod method, HttpPlan.Outgoing outgoing, Reader reader) {
        if (Context.isOnEventLoopThread()) {
            begin(method, outgoing, reader);
        } else {
            vertx.runOnContext(start -> begin(method, outgoing, reader));
        }
        return done;
    }

    private void begin(HttpMethod method, HttpPlan.Outgoing outgoing, Reader reader) {
        long most = Math.min(plan.timeout().toMillis(), dispatch.timeout().toMillis());
        timer = vertx.setTimer(Math.max(1, most), id -> end(failed(Kind.TIMED_OUT, "the tool did not end in time")));
        Context context = vertx.getOrCreateContext();
        dispatch.withdrawal()
                .then(() -> context.runOnContext(said -> end(new Sent.Failed(ToolFault.withdrawn(request != null)))));
        send(method, outgoing, reader);
    }

    /// Sends a request of this call; a second one only after the first has failed.
    public void send(HttpMethod method, HttpPlan.Outgoing outgoing, Reader reader) {
        Trip trip = new Trip(method, outgoing, reader);
        if (bearer == null) {
            connect(trip, Map.of());
        } else {
            bearer.prove(
                    vertx, (name, value) -> connect(trip, Map.of(name, value)), fault -> end(new Sent.Failed(fault)));
        }
    }

    /// One request and who reads its answer.
    private record Trip(HttpMethod method, HttpPlan.Outgoing outgoing, Reader reader) {}

    private void connect(Trip trip, Map<String, String> proof) {
        String target = trip.outgoing().target();
        (version == HttpVersion.HTTP_2
                        ? egress.requestHttp2(trip.method(), plan.to(), target, dispatch.reach(), dispatch.source())
                        : egress.request(trip.method(), plan.to(), target, dispatch.reach(), dispatch.source()))
                .onComplete(connection -> connected(connection, trip, proof), trip.reader()::broke);
    }

    /// The same a while later, unless the call is over by then.
    public void later(long millis, Runnable then) {
        vertx.setTimer(Math.max(1, millis), id -> {
            if (!over) {
                then.run();
            }
        });
    }

    public boolean over() {
        return over;
    }

    /// Ends the call; only the first end counts.
    public void end(Sent sent) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        if (request != null) {
            request.reset();
        }
        dispatch.home().execute(() -> done.complete(sent));
    }

    public void fail(Kind kind, String words) {
        end(failed(kind, words));
    }

    /// Ends the call for a failure of the network.
    public void fail(Throwable failure) {
        end(new Sent.Failed(failure instanceof Body.Unacceptable body ? body.fault() : Faults.of(failure)));
    }

    private void connected(HttpClientRequest connection, Trip trip, Map<String, String> proof) {
        connection.exceptionHandler(ignored -> {}); // a reset of ours is no error to log
        if (over) {
            connection.reset();
            return;
        }
        request = connection;
        HttpPlan.Outgoing outgoing = trip.outgoing();
        outgoing.headers().forEach(header -> connection.putHeader(header.name(), header.value()));
        proof.forEach(connection::putHeader);
        (outgoing.body() == null ? connection.send() : connection.send(outgoing.body()))
                .onComplete(response -> answered(response, trip), trip.reader()::broke);
    }

    private void answered(HttpClientResponse response, Trip trip) {
        if (over) {
            return;
        }
        response.exceptionHandler(ignored -> {}); // the same, until somebody reads
        int status = response.statusCode();
        String coding = response.getHeader("Content-Encoding");
        if (status == 401 && bearer != null && bearer.renew()) {
            Body.drop(response);
            send(trip.method(), trip.outgoing(), trip.reader());
        } else if (status < 200 || status >= 300) {
            Body.readStart(response, ERROR_BYTES).onComplete(bytes -> refused(status, coding, bytes), this::fail);
        } else if (coding != null && !PLAIN.contains(coding.strip().toLowerCase(Locale.ROOT))) {
            fail(Kind.BAD_ANSWER, "the answer is packed in a way that was not asked for");
        } else {
            trip.reader().opened(response);
        }
    }

    private void refused(int status, @Nullable String coding, byte[] bytes) {
        String said = coding == null ? HttpAnswers.excerpt(bytes) : "";
        String words = "the tool's server answered with HTTP status " + status;
        end(new Sent.Failed(new ToolFault(Kind.UPSTREAM_STATUS, words, said)));
    }

    private static Sent failed(Kind kind, String words) {
        return new Sent.Failed(ToolFault.of(kind, words));
    }
}
