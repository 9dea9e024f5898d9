package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Questions;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.protocol.mcp.Handshake.Agreed;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One call from connecting to its outcome. It is sent a second time only when the server said that it did not
/// look at the first: its session was gone (404), or headers did not match the tool's present schema (-32020).
final class Call {
    /// Rounds of questions and answers that one call may take.
    private static final int ROUNDS = 8;

    private final BiFunction<Upstream, Target.Party, @Nullable Upstream> own;
    private final Dispatch dispatch;
    private final CallTemplate.Mcp template;
    private final Outlet outlet;
    private final Questions questions;
    private Upstream upstream;
    /// The shared connection to a modern server, while its legacy era is tried.
    private @Nullable Upstream modern;
    private Talk.@Nullable Retry retry;
    private int rounds;
    private long deadline;

    /// @param own the connection of one party to the same server; null when there is room for no more
    Call(
            Upstream upstream,
            BiFunction<Upstream, Target.Party, @Nullable Upstream> own,
            Dispatch dispatch,
            CallTemplate.Mcp template,
            Outlet outlet) {
        this.own = own;
        this.questions = dispatch.talk().questions();
        this.retry = dispatch.talk().retry();
        this.upstream = upstream;
        this.dispatch = dispatch;
        this.template = template;
        this.outlet = outlet;
        this.deadline = System.nanoTime() + dispatch.timeout().toNanos();
    }

    CompletableFuture<Sent> attempt(boolean first) {
        dispatch.withdrawal().then(() -> outlet.finish(new Sent.Failed(ToolFault.withdrawn(!first))));
        return within(upstream.session(), left()).thenCompose(agreed -> switch (agreed) {
            case Agreed.Failed _ when backToShared() -> attempt(first);
            case Agreed.Failed failed -> CompletableFuture.completedFuture(new Sent.Failed(failed.fault()));
            case Agreed.Ready _
            when dispatch.withdrawal().said() ->
                CompletableFuture.completedFuture(new Sent.Failed(ToolFault.withdrawn(!first)));
            case Agreed.Ready ready when sharedButAsking(ready.session().era()) -> attempt(first);
            case Agreed.Ready ready -> asked(ready.session(), first);
        });
    }

    /// A legacy server that may ask somebody gets a connection of that party alone, and so does one of both eras whose
    /// caller is of the legacy era: what it asks then needs no translation. True when the call moved there.
    private boolean sharedButAsking(Era era) {
        ObjectNode capabilities = questions.capabilities();
        boolean askedThere = !era.modern() || (!questions.takesAsking() && !upstream.modernOnly());
        if (capabilities.isEmpty()
                || !askedThere
                || !upstream.target().key().party().everybody()) {
            return false;
        }
        Upstream mine = own.apply(upstream, new Target.Party(questions.party(), capabilities));
        if (mine == null) {
            return false;
        }
        modern = era.modern() ? upstream : null;
        upstream = mine;
        return true;
    }

    /// From a server that turned out to have no legacy era.
    private boolean backToShared() {
        Upstream shared = modern;
        if (shared == null) {
            return false;
        }
        shared.foundModernOnly();
        modern = null;
        upstream = shared;
        return true;
    }

    private CompletableFuture<Sent> asked(Session session, boolean first) {
        Asked asked;
        try {
            asked = Asked.of(template, dispatch).with(retry);
        } catch (Malformed e) {
            return CompletableFuture.completedFuture(
                    new Sent.Failed(ToolFault.of(Kind.NOT_FOUND, String.valueOf(e.getMessage()))));
        }
        return session.call(asked, dispatch, left(), new Conversation(dispatch, outlet))
                .thenCompose(reply -> ended(session, asked, reply, first));
    }

    private CompletableFuture<Sent> ended(Session session, Asked asked, Reply reply, boolean first) {
        upstream.heard(session, reply);
        if (first && reply instanceof Reply.SessionLost) {
            return attempt(false);
        }
        if (first && session.era().modern() && reply instanceof Reply.RpcError error && error.code() == -32020) {
            return relearned(session).thenCompose(_ -> attempt(false));
        }
        Sent sent = Results.of(asked, reply, questions);
        return sent instanceof Sent.Answered(Answer.Asks asks) && !questions.takesAsking()
                ? answered(session, asks)
                : CompletableFuture.completedFuture(sent);
    }

    /// Asks the caller what the server wants to know, and the server again with the answers.
    private CompletableFuture<Sent> answered(Session session, Answer.Asks asks) {
        if (++rounds > ROUNDS) {
            return CompletableFuture.completedFuture(new Sent.Failed(
                    ToolFault.of(Kind.UPSTREAM_ERROR, "the tool asks again and again, more than eight times")));
        }
        ObjectNode responses = Json.object();
        CompletableFuture<@Nullable ToolFault> all = CompletableFuture.completedFuture(null);
        for (Map.Entry<String, JsonNode> one : asks.requests().properties()) {
            all = all.thenCompose(fault -> fault != null
                    ? CompletableFuture.completedFuture(fault)
                    : answer(one.getKey(), one.getValue(), responses));
        }
        return all.thenCompose(fault -> {
            if (fault != null) {
                return CompletableFuture.completedFuture(new Sent.Failed(fault));
            }
            retry = new Talk.Retry(responses, asks.state());
            deadline = System.nanoTime() + dispatch.timeout().toNanos();
            return asked(session, false);
        });
    }

    private CompletableFuture<@Nullable ToolFault> answer(String key, JsonNode request, ObjectNode responses) {
        String method = request.path("method").asString("");
        ObjectNode params = request.get("params") instanceof ObjectNode given ? given : Json.object();
        return questions
                .ask(method, params)
                .<@Nullable ToolFault>thenApply(said -> switch (said) {
                    case Questions.Said.Answered(ObjectNode result) -> {
                        responses.set(key, result);
                        yield null;
                    }
                    case Questions.Said.Nothing nothing -> {
                        if (method.equals("elicitation/create")) {
                            responses.putObject(key).put("action", "cancel");
                            yield null;
                        }
                        yield ToolFault.of(
                                Kind.UPSTREAM_ERROR,
                                "the tool asked, and the caller did not answer: " + nothing.message());
                    }
                })
                .toCompletableFuture();
    }

    /// Lists the tools again, for the headers their schemas ask for now.
    private CompletableFuture<Boolean> relearned(Session session) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread.ofVirtual().name("mcp-headers").start(() -> {
            try {
                session.learnHeaders(left());
            } finally {
                done.complete(true);
            }
        });
        return done;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(deadline - System.nanoTime(), 1));
    }

    /// The shared `opening`, waited for by one who has no more than `left`.
    static CompletableFuture<Agreed> within(CompletableFuture<Agreed> opening, Duration left) {
        if (opening.isDone()) {
            return opening;
        }
        return opening.copy()
                .orTimeout(Math.max(left.toNanos(), 1), TimeUnit.NANOSECONDS)
                .exceptionally(_ -> new Agreed.Failed(slowStart(), false));
    }

    static ToolFault slowStart() {
        return ToolFault.of(Kind.TIMED_OUT, "the MCP server did not start in time");
    }
}
