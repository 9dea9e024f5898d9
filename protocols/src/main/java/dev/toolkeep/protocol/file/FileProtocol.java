package dev.toolkeep.protocol.file;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.FileCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Reads tools that are files of this machine (UTCP `file`), inside folders granted to the tool's source and nowhere
/// else; only regular files. Thread-safe.
public final class FileProtocol implements Protocol {
    private static final int MOST_AT_ONCE = 64;

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        if (!(dispatch.template() instanceof CallTemplate.File template)) {
            return failed(ToolFault.of(Kind.OURS, "not a file tool"));
        }
        if (!places.tryAcquire()) {
            return failed(ToolFault.of(Kind.UNREACHABLE, "too many files are read at this moment; try again later"));
        }
        CompletableFuture<Sent> read = new CompletableFuture<>();
        CompletableFuture<Sent> done = new CompletableFuture<>();
        // A disk, or a file that turns into a pipe, may keep its reader waiting: not a carrier of virtual threads.
        Thread.ofPlatform().daemon().name("file-read").start(() -> {
            try {
                read.complete(read(template.call(), dispatch));
            } finally {
                places.release();
            }
        });
        dispatch.withdrawal().then(() -> read.complete(new Sent.Failed(ToolFault.withdrawn(true))));
        var _ = read.completeOnTimeout(
                        new Sent.Failed(ToolFault.of(Kind.TIMED_OUT, "the file could not be read in time")),
                        dispatch.timeout().toNanos(),
                        TimeUnit.NANOSECONDS)
                .thenAccept(sent -> dispatch.home().execute(() -> done.complete(sent)));
        return done;
    }

    private static Sent read(FileCall call, Dispatch dispatch) {
        try {
            return new Sent.Answered(new FileRead(call, dispatch).read());
        } catch (Unreadable unreadable) {
            return new Sent.Failed(unreadable.fault());
        } catch (RuntimeException bug) {
            return new Sent.Failed(ToolFault.of(Kind.OURS, "reading the file failed inside Toolkeep"));
        }
    }

    private static CompletionStage<Sent> failed(ToolFault fault) {
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
