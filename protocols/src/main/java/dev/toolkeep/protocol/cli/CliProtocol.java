package dev.toolkeep.protocol.cli;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.process.ProcessOptions;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Calls tools that are programs of this machine (UTCP `cli`). A program runs only where an operator granted it to the
/// tool's source, with a clean environment, and ends with everything it started when its time is up, when it writes
/// too much, and when its caller gives up. Arguments are passed as arguments or in variables and never become text
/// that a shell reads. Thread-safe.
public final class CliProtocol implements Protocol, AutoCloseable {
    private static final int MOST_AT_ONCE = 64;

    private final ProcessOptions options;
    private final Set<CliRun> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public CliProtocol(ProcessOptions options) {
        this.options = options;
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.Cli template)) {
            return failed(ToolFault.of(Kind.OURS, "not a cli tool"));
        }
        if (running.size() >= MOST_AT_ONCE) {
            return failed(ToolFault.of(Kind.UNREACHABLE, "too many programs run at this moment; try again later"));
        }
        CliRun run = new CliRun(template.call(), dispatch, options);
        running.add(run);
        CompletionStage<Sent> done = run.start(() -> running.remove(run));
        if (closed) {
            run.cancel();
        }
        return done;
    }

    /// Ends everything that runs, and lets nothing start any more. Waits until it is gone.
    @Override
    public void close() {
        closed = true;
        running.forEach(CliRun::cancel);
        running.forEach(CliRun::awaitGone);
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
