package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.net.Body;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.net.Faults;
import dev.toolkeep.protocol.oauth.Bearer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One request and its answer, on one Vert.x context from start to end; ends exactly once.
final class HttpExchange {
    private static final int ERROR_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final Egress egress;
    private final Dispatch dispatch;
    private final HttpPlan plan;
    private final @Nullable Bearer bearer;
    private final boolean follow;
    private final CompletableFuture<Sent> done = new CompletableFuture<>();
    private @Nullable HttpClientRequest request;
    private Redirect next;
    private int redirects;
    private long timer;
    private boolean over;

    /// @param follow whether redirects inside the origin are followed
    HttpExchange(
            Vertx vertx,
            Egress egress,
            Dispatch dispatch,
            HttpPlan plan,
            @Nullable Bearer bearer,
            HttpPlan.Outgoing outgoing,
            boolean follow) {
        this.vertx = vertx;
        this.egress = egress;
        this.dispatch = dispatch;
        this.plan = plan;
        this.bearer = bearer;
        this.follow = follow;
        this.next = new Redirect(plan.method(), outgoing);
    }

    CompletableFuture<Sent> done() {
        return done;
    }

    void start() {
        long own = plan.timeout().toMillis();
        long left = Math.max(1, dispatch.timeout().toMillis());
        timer = vertx.setTimer(own > 0 ? Math.min(own, left) : left, id -> expire());
        Context context = vertx.getOrCreateContext();
        dispatch.withdrawal().then(() -> context.runOnContext(said -> withdraw()));
        send();
    }

    private void send() {
        if (bearer == null) {
            connect(Map.of());
        } else {
            bearer.prove(vertx, (name, value) -> connect(Map.of(name, value)), fault -> end(new Sent.Failed(fault)));
        }
    }

    private void connect(Map<String, String> proof) {
        egress.request(next.method(), plan.to(), next.outgoing().target(), dispatch.reach(), dispatch.source())
                .onComplete(connection -> connected(connection, proof), this::broke);
    }

    private void connected(HttpClientRequest connection, Map<String, String> proof) {
        connection.exceptionHandler(ignored -> {}); // a reset of ours is no error to log
        if (over) {
            connection.reset();
            return;
        }
        request = connection;
        HttpPlan.Outgoing outgoing = next.outgoing();
        for (HttpPlan.Header header : outgoing.headers()) {
            connection.putHeader(header.name(), header.value());
        }
        proof.forEach(connection::putHeader);
        (outgoing.body() == null ? connection.send() : connection.send(outgoing.body()))
                .onComplete(this::answered, this::broke);
    }

    private void answered(HttpClientResponse response) {
        response.exceptionHandler(ignored -> {}); // whoever reads the body listens in its place
        if (over) {
            return;
        }
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            Body.read(response, dispatch.answerBytes()).onComplete(bytes -> read(response, bytes), this::broke);
        } else if (status == 401 && bearer != null && bearer.renew()) {
            Body.drop(response);
            send();
        } else if (status < 400) {
            Body.drop(response);
            redirected(status, response.getHeader("Location"));
        } else {
            Body.readStart(response, ERROR_BYTES).onComplete(bytes -> refused(status, response, bytes), this::broke);
        }
    }

    private void redirected(int status, @Nullable String location) {
        if (!follow || !Redirect.is(status) || ++redirects > Redirect.MOST) {
            String why = redirects > Redirect.MOST ? "once more" : "with a redirect";
            end(failed(
                    Kind.UPSTREAM_STATUS,
                    "the tool's server answered " + why + " (HTTP status " + status + "), which is not followed"));
            return;
        }
        try {
            next = Redirect.of(status, location, next.method(), next.outgoing(), plan.to());
            send();
        } catch (Unsendable elsewhere) {
            end(new Sent.Failed(elsewhere.fault()));
        }
    }

    private void read(HttpClientResponse response, byte[] bytes) {
        try {
            byte[] plain = Body.decode(bytes, response.getHeader("Content-Encoding"), dispatch.answerBytes());
            end(HttpAnswers.read(response.getHeader("Content-Type"), plain, dispatch.answerBytes()));
        } catch (Body.Unacceptable unacceptable) {
            end(new Sent.Failed(unacceptable.fault()));
        }
    }

    private void refused(int status, HttpClientResponse response, byte[] bytes) {
        String said = response.getHeader("Content-Encoding") == null ? HttpAnswers.excerpt(bytes) : "";
        String words = "the tool's server answered with HTTP status " + status;
        end(new Sent.Failed(new ToolFault(Kind.UPSTREAM_STATUS, words, said)));
    }

    private void expire() {
        end(failed(Kind.TIMED_OUT, "the tool did not answer in time"));
        if (request != null) {
            request.reset();
        }
    }

    private void withdraw() {
        boolean open = !over;
        end(new Sent.Failed(ToolFault.withdrawn(request != null)));
        if (open && request != null) {
            request.reset();
        }
    }

    private void broke(Throwable failure) {
        end(new Sent.Failed(failure instanceof Body.Unacceptable body ? body.fault() : Faults.of(failure)));
    }

    private void end(Sent sent) {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(timer);
        dispatch.home().execute(() -> done.complete(sent));
    }

    private static Sent failed(Kind kind, String words) {
        return new Sent.Failed(ToolFault.of(kind, words));
    }
}
