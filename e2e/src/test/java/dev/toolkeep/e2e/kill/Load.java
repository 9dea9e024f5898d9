package dev.toolkeep.e2e.kill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Agents that call without pause until the gateway is gone, and remember every answer they got to the end.
final class Load implements AutoCloseable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI gateway;
    private final String key;
    private final AtomicLong number;
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final Semaphore arrived = new Semaphore(0);
    private final List<Thread> agents = new ArrayList<>();
    private volatile boolean over;

    /// One answer that arrived whole.
    ///
    /// @param call what the gateway named the call
    /// @param trace what the agent named it
    record Answered(int status, String call, String trace, String body) {}

    /// @param number counts on over all loads of a test, so that no two calls have one name
    Load(URI gateway, String key, AtomicLong number) {
        this.gateway = gateway;
        this.key = key;
        this.number = number;
    }

    /// Starts `agents` that call this tool with these arguments.
    Load with(int agents, String tool, String arguments) {
        for (int i = 0; i < agents; i++) {
            this.agents.add(Thread.startVirtualThread(() -> call(tool, arguments)));
        }
        return this;
    }

    /// Waits until so many answers have come, or nobody answers any more.
    void awaitAnswers(int many, BooleanSupplier alive) throws InterruptedException {
        while (!arrived.tryAcquire(many, 1, TimeUnit.SECONDS) && alive.getAsBoolean()) {
            // Not enough yet.
        }
    }

    /// Everything that was answered; no more comes.
    List<Answered> answered() {
        return List.copyOf(answered);
    }

    @Override
    public void close() {
        over = true;
        client.shutdownNow();
        try {
            for (Thread agent : agents) {
                agent.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(String tool, String arguments) {
        while (!over) {
            String trace = "00-%032x-%016x-01".formatted(number.incrementAndGet(), 1);
            HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/call/" + tool))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .header("traceparent", trace)
                    .POST(BodyPublishers.ofString(arguments))
                    .build();
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                answered.add(new Answered(
                        answer.statusCode(),
                        answer.headers().firstValue("toolkeep-call-id").orElse(""),
                        trace,
                        answer.body()));
                arrived.release();
            } catch (IOException gone) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
