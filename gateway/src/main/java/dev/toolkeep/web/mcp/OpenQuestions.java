package dev.toolkeep.web.mcp;

import dev.toolkeep.protocol.Questions;
import dev.toolkeep.protocol.Questions.Said;
import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.wire.Json;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Questions of tools that were sent to clients of revisions to 2025-11-25 as requests on the stream of their call, and
/// wait for the response, which comes in a POST of its own. Thread-safe.
final class OpenQuestions {
    /// How long a person may take.
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MOST = 10_000;

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Waiting> open = new ConcurrentHashMap<>();

    private record Waiting(String session, CompletableFuture<Said> answer) {}

    /// Those that one call of a session may ask, on its own stream.
    Questions of(Exchange exchange, Sessions.Session session, CallStream stream) {
        String party = exchange.who().caller().id() + "\n" + exchange.target().path();
        return new Questions() {
            @Override
            public ObjectNode capabilities() {
                return session.capabilities();
            }

            @Override
            public String party() {
                return party;
            }

            @Override
            public boolean takesAsking() {
                return false;
            }

            @Override
            public CompletionStage<Said> ask(String method, ObjectNode params) {
                return OpenQuestions.this.ask(exchange, session, stream, method, params);
            }
        };
    }

    private CompletionStage<Said> ask(
            Exchange exchange, Sessions.Session session, CallStream stream, String method, ObjectNode params) {
        CompletableFuture<Said> answer = new CompletableFuture<>();
        if (open.size() >= MOST) {
            return CompletableFuture.completedFuture(new Said.Nothing(-32603, "too many questions are open"));
        }
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        String id = "tk-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(id, new Waiting(session.name(), answer));
        ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", params);
        exchange.home().execute(() -> {
            if (!stream.insist(request)) {
                answer.complete(new Said.Nothing(-32603, "the client went away"));
            }
        });
        return answer.completeOnTimeout(
                        new Said.Nothing(-32603, "the client did not answer in time"),
                        PATIENCE.toSeconds(),
                        TimeUnit.SECONDS)
                .whenComplete((_, _) -> open.remove(id));
    }

    /// Takes a response; false when nobody asked, or asked another session.
    boolean answered(Sessions.Session session, ObjectNode response) {
        Waiting waiting = open.get(response.path("id").asString(""));
        if (waiting == null || !waiting.session().equals(session.name())) {
            return false;
        }
        JsonNode error = response.get("error");
        waiting.answer()
                .complete(
                        response.get("result") instanceof ObjectNode result
                                ? new Said.Answered(result)
                                : new Said.Nothing(
                                        error == null
                                                ? -32603
                                                : error.path("code").asInt(-32603),
                                        "the client answered with an error"));
        return true;
    }

    int size() {
        return open.size();
    }
}
