package dev.toolkeep.web.exchange;

import dev.toolkeep.caller.Authenticated;
import io.netty.util.AsciiString;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One request and its one answer. Everything happens on the connection's event loop; the body is read once, within
/// the cap, into one array; the answer is written in one piece with its length, or as a stream of events.
public final class Exchange {
    public static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    public static final CharSequence CALL_ID = HttpHeaders.createOptimized("toolkeep-call-id");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");
    private static final CharSequence NOSNIFF_NAME = HttpHeaders.createOptimized("x-content-type-options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence CHALLENGE = HttpHeaders.createOptimized("www-authenticate");
    private static final CharSequence NO_KEY = HttpHeaders.createOptimized("Bearer realm=\"toolkeep\"");
    private static final CharSequence BAD_KEY =
            HttpHeaders.createOptimized("Bearer realm=\"toolkeep\", error=\"invalid_token\"");
    private static final AsciiString AUTHORIZATION = AsciiString.cached("authorization");
    private static final Duration FLUSH = Duration.ofSeconds(30);
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Watch watch;
    private final House house;
    private final String id;
    private final Target target;
    private @Nullable Authenticated who;
    private String toolset = "";
    private boolean hangUp;

    public Exchange(HttpServerRequest request, Watch watch, House house, String id, Target target) {
        this.request = request;
        this.response = request.response();
        this.watch = watch;
        this.house = house;
        this.id = id;
        this.target = target;
    }

    /// Names this call everywhere.
    public String id() {
        return id;
    }

    public Target target() {
        return target;
    }

    public String address() {
        return watch.address();
    }

    /// Runs things on this connection's event loop.
    public Executor home() {
        return house.home();
    }

    /// The one value of a header; null when there is none.
    public @Nullable String header(CharSequence name) {
        return request.getHeader(name);
    }

    public List<String> headers(CharSequence name) {
        return request.headers().getAll(name);
    }

    public HttpServerResponse response() {
        return response;
    }

    /// The caller, once the front door let it in.
    public Authenticated who() {
        Authenticated caller = who;
        if (caller == null) {
            throw new IllegalStateException("this route has no caller");
        }
        return caller;
    }

    /// The caller's id; empty as long as nobody was let in.
    public String callerId() {
        Authenticated caller = who;
        return caller == null ? "" : caller.caller().id();
    }

    public void admit(Authenticated caller) {
        who = caller;
    }

    /// The toolset whose endpoint this came to; empty for the whole gateway.
    public String toolset() {
        return toolset;
    }

    public void within(String name) {
        toolset = name;
    }

    /// `authority` and scheme under which the peer reached us, for documents that name our own address.
    public String origin() {
        return house.origin(request.getHeader(HttpHeaders.HOST));
    }

    /// Hands over the whole body, once it is there.
    ///
    /// @throws TurnedAway when it says itself that it is longer than the cap
    public void body(Handling.OfBody then) throws TurnedAway {
        BodyReader reader = new BodyReader(house.bodyBytes(), request.getHeader(HttpHeaders.CONTENT_LENGTH));
        watch.until(
                house.bodyPatience(),
                () -> refuse(new Problem(
                        408,
                        "request_timeout",
                        "The body did not arrive in time.",
                        "body-time",
                        "Send the whole body at once.")));
        request.handler(part -> guarded(() -> reader.take(part)));
        request.exceptionHandler(_ -> house.turnedAway(this, "malformed", "the body broke off or was not framed well"));
        request.endHandler(_ -> guarded(() -> {
            if (!response.ended()) {
                watch.working();
                then.handle(reader.bytes());
            }
        }));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            response.writeContinue();
        }
    }

    /// Runs a step of this exchange; whatever it throws becomes the answer.
    public void guarded(Handling.Step step) {
        try {
            step.run();
        } catch (TurnedAway away) {
            if (away.hangUp()) {
                refuseAndHangUp(away.problem());
            } else {
                refuse(away.problem());
            }
        } catch (RuntimeException | StackOverflowError bug) {
            broke(bug);
        }
    }

    /// A bug of ours: logged once, answered without a word of it.
    public void broke(Throwable bug) {
        house.broke(id, bug);
        problem(Problem.ours());
    }

    /// Turned away at the door: recorded, then answered.
    public void refuse(Problem problem) {
        if (!over()) {
            house.turnedAway(this, problem.code(), problem.detail());
            problem(problem);
        }
    }

    public void refuseAndHangUp(Problem problem) {
        if (!over()) {
            house.turnedAway(this, problem.code(), problem.detail());
            hangUp();
            problem(problem);
        }
    }

    /// This answer is the connection's last.
    public void hangUp() {
        hangUp = true;
        watch.leave();
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }

    public void problem(Problem problem) {
        if (over()) {
            return;
        }
        if (problem.status() == 401) {
            response.putHeader(CHALLENGE, request.headers().contains(AUTHORIZATION) ? BAD_KEY : NO_KEY);
        }
        send(problem.status(), PROBLEM, JsonBytes.wrap(problem.bytes(id)));
    }

    public void json(int status, JsonBytes json) {
        send(status, JSON, json.buffer());
    }

    public void empty(int status) {
        if (!over()) {
            response.setStatusCode(status);
            response.putHeader(CALL_ID, id);
            flushed(response.end());
        }
    }

    /// The whole answer.
    public void send(int status, CharSequence mediaType, Buffer body) {
        if (over()) {
            return;
        }
        response.setStatusCode(status);
        response.headers()
                .set(HttpHeaders.CONTENT_TYPE, mediaType)
                .set(NOSNIFF_NAME, NOSNIFF)
                .set(CALL_ID, id);
        flushed(response.end(body));
    }

    /// Runs `gone` when the peer goes away before its answer went out.
    public void onGone(Runnable gone) {
        response.closeHandler(closed -> gone.run());
    }

    /// Whether there is nobody to answer any more, or the answer went out.
    public boolean over() {
        return response.ended() || response.closed();
    }

    void streaming() {
        watch.working();
    }

    /// The last byte was handed over: it must leave in time. A small rest of the request may still arrive; of a large
    /// one a little is let run out, so that the peer reads the answer before the connection goes.
    void flushed(Future<Void> end) {
        watch.until(FLUSH);
        end.onComplete(_ -> {
            boolean last = hangUp || unwanted();
            if (last) {
                watch.leave();
            }
            if (!request.isEnded()) {
                watch.until(last ? LINGER : house.bodyPatience());
                request.endHandler(_ -> finished(last));
            } else {
                finished(last);
            }
        });
    }

    private void finished(boolean last) {
        if (last) {
            watch.close();
        } else {
            watch.idle();
        }
    }

    /// Whether more is still to come than would be worth reading just to keep the connection.
    private boolean unwanted() {
        if (request.isEnded()) {
            return false;
        }
        String claim = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || (claim != null
                        && claim.length() > String.valueOf(house.bodyBytes()).length());
    }
}
