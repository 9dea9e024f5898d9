package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.process.Child;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ObjectNode;

/// A child process spoken to in lines of JSON-RPC (MCP 2025-11-25 and 2026-07-28, transport stdio). Three threads serve
/// it: one reads answers, one drains its errors, one writes; callers only queue. They are platform threads, because one
/// that waits for a pipe would keep a carrier of virtual threads for itself (decision 28). Whatever the child does,
/// memory is bounded by [McpOptions.Limits] and every question ends.
final class StdioWire implements Wire {
    private static final int ERRORS_KEPT = 2000;
    /// How long the last of a dead child's errors may take to arrive.
    private static final long LAST_WORDS = 250;
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private final Child child;
    private final McpOptions options;
    private final boolean owned;
    private final Events events;
    private final Pending pending;
    private final Outbox outbox;
    private final Bounds bounds;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean examining = new AtomicBoolean();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final CountDownLatch silent = new CountDownLatch(1);
    private final AtomicLong examinations = new AtomicLong();
    private volatile long lastHeard = System.nanoTime();
    private volatile String errors = "";
    private int garbage;
    private int strays;
    private long strayWindow = System.nanoTime();

    private StdioWire(Child child, McpOptions options, boolean owned, Events events) {
        this.owned = owned;
        this.child = child;
        this.options = options;
        this.events = events;
        this.pending = new Pending(options.limits().pending());
        this.outbox = new Outbox(options.limits().queuedBytes());
        this.bounds = Bounds.ANSWER.withBytes(options.limits().messageBytes());
    }

    /// @param owned whether all calls are one party's, so that what the server asks or logs is for nobody else
    static StdioWire start(Child child, McpOptions options, boolean owned, Events events) {
        StdioWire wire = new StdioWire(child, options, owned, events);
        Thread.Builder threads = Thread.ofPlatform().daemon();
        threads.name("mcp-errors").start(wire::drainErrors);
        threads.name("mcp-writer").start(wire::write);
        threads.name("mcp-reader").start(wire::read);
        return wire;
    }

    @Override
    public CompletableFuture<Reply> ask(Ask ask) {
        Pending.Waiting entry = pending.add(ask);
        long asked = System.nanoTime();
        if (!entry.reply().isDone() && !outbox.offer(Message.request(ask.id(), ask.method(), ask.params()))) {
            pending.answer(ask.id(), Reply.broken(Kind.UNREACHABLE, "the MCP server does not read what it is sent"));
        }
        ask.withdrawal().then(() -> forsake(ask));
        return Patience.within(entry.reply(), ask, () -> withdraw(ask, asked));
    }

    /// Nobody waits for the answer any more: its caller hears so at once, and the server is told.
    private void forsake(Ask ask) {
        if (pending.answer(ask.id(), new Reply.Broken(ToolFault.withdrawn(true)))) {
            tellCancelled(ask, "the caller gave up");
        }
    }

    private void tellCancelled(Ask ask, String reason) {
        if (!ask.method().equals("initialize")) {
            ObjectNode params = Json.object().put("requestId", ask.id()).put("reason", reason);
            var _ = tell("notifications/cancelled", params, Map.of());
        }
    }

    private Reply withdraw(Ask ask, long asked) {
        pending.withdraw(ask.id());
        tellCancelled(ask, "timed out");
        if (lastHeard < asked && ask.id() > 0) {
            examine();
        }
        return Reply.broken(Kind.TIMED_OUT, "the MCP server did not answer in time");
    }

    /// A server that said nothing at all during a whole question is asked for a sign of life; without one it is ended,
    /// so that the next call finds a fresh one. Any answer is a sign, an error too.
    private void examine() {
        if (!examining.compareAndSet(false, true)) {
            return;
        }
        Duration wait = options.times().probe();
        Ask ping = new Ask(
                -examinations.incrementAndGet(),
                "ping",
                Json.object(),
                Map.of(),
                wait,
                1 << 20,
                new Withdrawal(),
                Hearing.NOTHING);
        long asked = System.nanoTime();
        var _ = ask(ping).thenAccept(reply -> {
            examining.set(false);
            if (reply instanceof Reply.Broken && lastHeard < asked) {
                end(ToolFault.of(Kind.UNREACHABLE, "the MCP server stopped answering"));
            }
        });
    }

    @Override
    public CompletableFuture<?> tell(String method, ObjectNode params, Map<String, String> headers) {
        return CompletableFuture.completedFuture(outbox.offer(Message.notification(method, params)));
    }

    @Override
    public boolean busy() {
        return !pending.isEmpty();
    }

    private void read() {
        Lines lines = new Lines(child.output(), options.limits().messageBytes());
        try {
            Lines.Line line = lines.next();
            while (line != null && !ended.get()) {
                lastHeard = System.nanoTime();
                take(line);
                line = lines.next();
            }
            end(lastWords("the MCP server ended"));
        } catch (IOException e) {
            end(lastWords("the MCP server's output broke off"));
        }
    }

    private void take(Lines.Line line) {
        if (line.cut()) {
            unreadable(line.bytes(), Kind.TOO_LARGE, "the MCP server's answer is too large");
            return;
        }
        List<Message> messages;
        try {
            messages = Message.read(line.bytes(), bounds);
        } catch (Malformed e) {
            unreadable(
                    line.bytes(), Kind.BAD_ANSWER, "the MCP server's answer is no valid JSON-RPC: " + e.getMessage());
            return;
        }
        garbage = 0;
        for (Message message : messages) {
            handle(message, line.bytes().length);
        }
    }

    private void handle(Message message, int size) {
        boolean wanted = switch (message) {
            case Message.Response response -> answered(response, size);
            case Message.Request request -> {
                questioned(request);
                yield false;
            }
            case Message.Notification notification -> notified(notification, size);
            case Message.Stray _ -> false;
        };
        if (!wanted) {
            stray();
        }
    }

    /// A question belongs to the one call that is open; where there are more, nobody can tell whose it is.
    private void questioned(Message.Request request) {
        Pending.Waiting open = owned ? pending.only() : null;
        CompletableFuture<ObjectNode> answer =
                open == null ? null : open.ask().hearing().question(request);
        if (answer == null) {
            outbox.offer(Message.answer(request));
        } else {
            var _ = answer.thenAccept(response -> outbox.offer(Message.answer(request, response)));
        }
    }

    private void stray() {
        if (lastHeard - strayWindow > WINDOW) {
            strayWindow = lastHeard;
            strays = 0;
        }
        if (++strays > options.limits().strays()) {
            end(ToolFault.of(Kind.BAD_ANSWER, "the MCP server sends more than anybody asked for"));
        }
    }

    private boolean answered(Message.Response response, int size) {
        Pending.Waiting asked = pending.find(response.id());
        if (asked == null) {
            return false;
        }
        return size > asked.ask().answerBytes()
                ? pending.answer(response.id(), Reply.broken(Kind.TOO_LARGE, "the MCP server's answer is too large"))
                : pending.answer(response.id(), response.reply(0));
    }

    private boolean notified(Message.Notification notification, int size) {
        switch (notification.method()) {
            case "notifications/message" -> {
                Pending.Waiting open = owned ? pending.only() : null;
                if (open == null || size > Ask.PROGRESS_BYTES) {
                    return false;
                }
                open.ask().hearing().log(notification.params());
            }
            case "notifications/tools/list_changed" -> events.toolsChanged();
            case "notifications/progress" -> {
                Pending.Waiting asked =
                        pending.find(notification.params().path("progressToken").asLong(0));
                if (asked != null && size <= Ask.PROGRESS_BYTES) {
                    asked.ask().hearing().progress(notification.params());
                }
            }
            default -> {
                // Log messages and the like: nobody asked for them.
            }
        }
        return false;
    }

    private void unreadable(byte[] line, Kind kind, String message) {
        pending.answer(IdGuess.of(line), Reply.broken(kind, message));
        if (++garbage > options.limits().garbage()) {
            end(fault("the MCP server writes what is no JSON-RPC"));
        }
    }

    private void write() {
        try (OutputStream input = child.input()) {
            while (!ended.get()) {
                for (byte[] message : outbox.take()) {
                    input.write(message);
                    input.write('\n');
                }
                input.flush();
            }
        } catch (IOException e) {
            // The child closed its input. It may still answer; the reader sees its end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drainErrors() {
        byte[] chunk = new byte[4096];
        try (InputStream in = child.errors()) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                String all = errors + new String(chunk, 0, n, StandardCharsets.UTF_8);
                errors = all.substring(Math.max(all.length() - ERRORS_KEPT, 0));
            }
        } catch (IOException e) {
            // Gone with the child.
        } finally {
            silent.countDown();
        }
    }

    private ToolFault lastWords(String message) {
        try {
            boolean _ = silent.await(LAST_WORDS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return fault(message);
    }

    private ToolFault fault(String message) {
        return new ToolFault(Kind.UNREACHABLE, message, "", Printable.text(errors));
    }

    /// The wire ends by itself: questions are answered at once, the child is cleared away behind them.
    private void end(ToolFault fault) {
        if (ended.compareAndSet(false, true)) {
            pending.end(fault);
            events.died();
            Thread.ofVirtual().name("mcp-stop").start(this::clear);
        }
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            pending.end(ToolFault.of(Kind.CANCELLED, "the connection to the MCP server was closed"));
            clear();
            return;
        }
        try {
            gone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void clear() {
        outbox.close();
        child.stop(options.times().grace());
        gone.countDown();
    }
}
