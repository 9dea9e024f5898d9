package dev.toolkeep.protocol.cli;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.process.Child;
import dev.toolkeep.protocol.process.Launch;
import dev.toolkeep.protocol.process.NoSandbox;
import dev.toolkeep.protocol.process.ProcessOptions;
import dev.toolkeep.protocol.process.Walls;
import dev.toolkeep.tool.CliCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// One program run for one call. Three platform threads serve it: one starts it and waits for its end, two read what
/// it writes; they wait for pipes, which would keep carriers of virtual threads (decision 28). Used once.
final class CliRun {
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final int ERRORS_KEPT = 2000;
    private static final int STOPPED = -1;
    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final CliCall call;
    private final Dispatch dispatch;
    private final ProcessOptions options;
    private final long deadline;
    private final Duration given;
    private final CompletableFuture<Sent> done = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch gone = new CountDownLatch(1);

    CliRun(CliCall call, Dispatch dispatch, ProcessOptions options) {
        this.call = call;
        this.dispatch = dispatch;
        this.options = options;
        this.given = call.timeout().compareTo(dispatch.timeout()) < 0 ? call.timeout() : dispatch.timeout();
        this.deadline = System.nanoTime() + given.toNanos();
    }

    /// @param after runs when nothing of the program is left
    CompletionStage<Sent> start(Runnable after) {
        dispatch.withdrawal().then(() -> stop(ToolFault.withdrawn(true)));
        Thread.ofPlatform().daemon().name("cli-run").start(() -> {
            try {
                run();
            } catch (RuntimeException bug) {
                end(new Sent.Failed(ToolFault.of(Kind.OURS, "running the program failed inside Toolkeep")));
            } finally {
                after.run();
                gone.countDown();
            }
        });
        return done;
    }

    void cancel() {
        stop(ToolFault.of(Kind.CANCELLED, "Toolkeep stopped before the program ended"));
    }

    void awaitGone() {
        try {
            boolean _ = gone.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        if (ended.get()) {
            return;
        }
        try {
            Launch launch = new CliPlan(call, dispatch).launch();
            Child child = Child.start(launch, options);
            watch(child, launch.walls() instanceof Walls.Sandboxed);
        } catch (Unrunnable unrunnable) {
            end(new Sent.Failed(unrunnable.fault()));
        } catch (NoSandbox none) {
            end(new Sent.Failed(ToolFault.of(
                    Kind.UNREACHABLE,
                    "this tool must run in a sandbox and " + none.getMessage()
                            + "; an operator installs it (apt-get install bubblewrap)")));
        } catch (IOException e) {
            end(new Sent.Failed(
                    new ToolFault(Kind.UNREACHABLE, "the tool's program could not be started", "", lastPart(e))));
        }
    }

    private void watch(Child child, boolean sandboxed) {
        int most = Math.min(call.outputBytes(), dispatch.answerBytes());
        Capture output = Capture.first(child.output(), most, () -> stop(tooLarge()), "cli-output");
        Capture errors = Capture.last(child.errors(), ERRORS_KEPT, "cli-errors");
        var _ = child.exit().thenAccept(exit::complete);
        try {
            child.input().close();
        } catch (IOException e) {
            // It ended before its input was closed.
        }
        int code = awaitExit(child);
        if (code == STOPPED) {
            child.stop(GRACE);
            return;
        }
        // What it left behind would keep its pipes open.
        child.clear();
        byte[] written = output.whole();
        if (!ended.get()) {
            end(new CliAnswer(call, dispatch.answerBytes(), sandboxed).of(code, written, errors.whole()));
        }
    }

    /// Steps write into files until the script shows them, so their size is looked at now and then.
    private int awaitExit(Child child) {
        while (!exit.isDone()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                stop(ToolFault.of(Kind.TIMED_OUT, "the tool's program did not end within " + given.toMillis() + " ms"));
            } else if (overflows(child)) {
                stop(tooLarge());
            }
            try {
                return exit.get(Math.clamp(left, 1, LOOK), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Looks again.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                cancel();
            } catch (ExecutionException e) {
                throw new IllegalStateException("waiting for a program failed", e);
            }
        }
        return exit.join();
    }

    private boolean overflows(Child child) {
        Path folder = child.ownFolder();
        if (folder == null || !(call.form() instanceof CliCall.Form.Script)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ShellDriver::output)
                    .anyMatch(file -> file.toFile().length() > call.outputBytes());
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private void stop(ToolFault fault) {
        end(new Sent.Failed(fault));
        exit.complete(STOPPED);
    }

    private void end(Sent sent) {
        if (ended.compareAndSet(false, true)) {
            dispatch.home().execute(() -> done.complete(sent));
        }
    }

    private static ToolFault tooLarge() {
        return ToolFault.of(Kind.TOO_LARGE, "the tool's program writes more than this call may return");
    }

    /// "error=2, No such file or directory", without the command before it.
    private static String lastPart(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).strip();
    }
}
