package dev.toolkeep.web.mcp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.call.CallOutcome;
import dev.toolkeep.protocol.Questions;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.wire.Json;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Calls of 2026-07-28 whose tool asks during the call, as servers of older revisions do: the request is answered with
/// what the tool asks, the call waits here, and the retry with the answers takes its place. At most [#MOST] wait, each
/// for as long as a person may take. Thread-safe.
final class Parking {
    private static final int MOST = 1_000;
    private static final long MINUTES = OpenQuestions.PATIENCE.toMinutes();

    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Parked> waiting = Caffeine.newBuilder()
            .expireAfterWrite(2 * MINUTES, TimeUnit.MINUTES)
            .build();

    /// Renders what is asked, with the name of the parked call, where a desk waits.
    @FunctionalInterface
    interface Asker {
        void ask(Desk desk, ObjectNode requests, String parked);
    }

    Parked open(Desk desk, String party, ObjectNode capabilities, Withdrawal withdrawal, Asker asker) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        String name = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Parked(name, desk, party, capabilities, withdrawal, asker);
    }

    /// The call of this name that waits; null when it waits no longer.
    @Nullable
    Parked find(String name) {
        return waiting.getIfPresent(name);
    }

    long size() {
        return waiting.estimatedSize();
    }

    /// One call that may be parked.
    final class Parked implements Questions {
        private final String name;
        private final String party;
        private final ObjectNode capabilities;
        private final Withdrawal withdrawal;
        private final Asker asker;
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, Open> open = new LinkedHashMap<>();
        private int asked;
        private @Nullable Desk desk;
        private @Nullable CallOutcome outcome;

        private record Open(ObjectNode request, CompletableFuture<Said> answer) {}

        private Parked(
                String name, Desk desk, String party, ObjectNode capabilities, Withdrawal withdrawal, Asker asker) {
            this.name = name;
            this.desk = desk;
            this.party = party;
            this.capabilities = capabilities;
            this.withdrawal = withdrawal;
            this.asker = asker;
        }

        @Override
        public ObjectNode capabilities() {
            return capabilities;
        }

        @Override
        public String party() {
            return party;
        }

        @Override
        public boolean takesAsking() {
            return true;
        }

        @Override
        public CompletionStage<Said> ask(String method, ObjectNode params) {
            CompletableFuture<Said> answer = new CompletableFuture<>();
            if (waiting.getIfPresent(name) == null && waiting.estimatedSize() >= MOST) {
                return CompletableFuture.completedFuture(new Said.Nothing(-32603, "too many calls wait for answers"));
            }
            ObjectNode request = Json.object().put("method", method);
            request.set("params", params);
            Desk at;
            lock.lock();
            try {
                open.put("question-" + ++asked, new Open(request, answer));
                waiting.put(name, this);
                at = desk;
            } finally {
                lock.unlock();
            }
            if (at != null) {
                at.exchange().home().execute(this::show);
            }
            return answer.completeOnTimeout(
                    new Said.Nothing(-32603, "nobody answered in time"), 60 * MINUTES, TimeUnit.SECONDS);
        }

        /// Answers whoever waits with all that is open; the call waits from here on.
        private void show() {
            Desk at;
            ObjectNode requests = Json.object();
            lock.lock();
            try {
                open.values().removeIf(one -> one.answer().isDone());
                at = desk;
                if (at == null || open.isEmpty()) {
                    return;
                }
                desk = null;
                open.forEach((key, one) -> requests.set(key, one.request()));
            } finally {
                lock.unlock();
            }
            asker.ask(at, requests, name);
        }

        /// A retry: its answers go to the tool, the outcome to it.
        void resume(Desk at, ObjectNode responses, Desk.Ending ending) {
            CallOutcome over;
            List<Runnable> answers = new ArrayList<>();
            boolean more;
            lock.lock();
            try {
                over = outcome;
                desk = at;
                for (Map.Entry<String, JsonNode> one : responses.properties()) {
                    if (one.getValue() instanceof ObjectNode response) {
                        Open question = open.remove(one.getKey());
                        if (question != null) {
                            answers.add(() -> question.answer().complete(new Said.Answered(response)));
                        }
                    }
                }
                more = !open.isEmpty();
            } finally {
                lock.unlock();
            }
            if (over != null) {
                waiting.invalidate(name);
                ending.end(at, over);
                return;
            }
            at.exchange().onGone(withdrawal::say);
            answers.forEach(Runnable::run);
            if (more) {
                show();
            }
        }

        /// The call is over: whoever waits hears of it, now or with the next retry.
        void end(CallOutcome how, Desk.Ending ending) {
            Desk at;
            lock.lock();
            try {
                at = desk;
                desk = null;
                outcome = how;
            } finally {
                lock.unlock();
            }
            if (at != null) {
                waiting.invalidate(name);
                Desk there = at;
                at.exchange().home().execute(() -> there.exchange().guarded(() -> ending.end(there, how)));
            }
        }
    }
}
