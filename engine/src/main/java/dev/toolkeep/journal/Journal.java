package dev.toolkeep.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The tamper-evident log. A record whose stage has completed is on disk: [#append] never completes before.
///
/// One thread writes; whatever arrived while the disk was busy is committed together (group commit), so the cost of
/// being durable is shared. Each record carries the SHA-256 of the one before, and the head, authenticated with the
/// journal's key, says how long the chain is. When a write fails the journal is broken for good: every append that
/// waits and every later one fails with [JournalBroken], and nothing may happen any more (product rule 3). Appending
/// never blocks. Thread-safe.
public final class Journal implements AutoCloseable {
    static final String CALL_OPENED = "call.opened";
    static final String CALL_CLOSED = "call.closed";
    static final String CALL_UNKNOWN = "call.unknown";
    static final String CALL_CARRIED = "call.carried";
    static final String SEGMENT_OPENED = "segment.opened";
    private static final int BATCH = 4096;

    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final SegmentWriter writer;
    private final JournalKey key;
    private final JournalOptions options;
    private final List<String> unknown;
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile @Nullable JournalBroken broken;

    /// A record on its way to the disk, and who wants to hear of it where.
    private static final class Waiting implements Completions.Member {
        private final Event event;
        private final Executor home;
        private final CompletableFuture<Long> done = new CompletableFuture<>();
        private long number;
        private @Nullable JournalBroken failure;

        Waiting(Event event, Executor home) {
            this.event = event;
            this.home = home;
        }

        @Override
        public Executor home() {
            return home;
        }

        @Override
        public void tell() {
            JournalBroken why = failure;
            if (why == null) {
                done.complete(number);
            } else {
                done.completeExceptionally(why);
            }
        }
    }

    private Journal(SegmentWriter writer, JournalKey key, JournalOptions options, List<String> unknown) {
        this.writer = writer;
        this.key = key;
        this.options = options;
        this.unknown = unknown;
        this.thread = Thread.ofPlatform().name("toolkeep-journal").unstarted(this::run);
    }

    /// Opens the journal in `folder`, making it when there is none. Calls that a crash left open get a `call.unknown`
    /// record each ([#unknown] names them).
    ///
    /// @throws JournalBroken when what lies there was damaged, shortened or written with another key
    public static Journal open(Path folder, JournalKey key, InstantSource clock, JournalOptions options)
            throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = SegmentWriter.lock(folder);
        Recovery recovery;
        SegmentWriter writer;
        try {
            recovery = Recovery.of(folder, key);
            writer = SegmentWriter.resume(folder, key, clock, options, recovery, lock);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        List<String> unknown = List.copyOf(recovery.open());
        Journal journal = new Journal(writer, key, options, unknown);
        journal.thread.start();
        try {
            if (recovery.tornBytes() > 0) {
                journal.record(Event.of("journal.recovered").with("bytes", recovery.tornBytes()));
            }
            for (String call : unknown) {
                journal.record(Event.of(CALL_UNKNOWN).with("call", call));
            }
            return journal;
        } catch (JournalBroken e) {
            journal.close();
            throw e;
        }
    }

    /// Writes one record. The stage completes with its number, on `home`, once it is durable, or fails with
    /// [JournalBroken].
    public CompletionStage<Long> append(Event event, Executor home) {
        JournalBroken reason = broken;
        if (reason == null && closing) {
            reason = new JournalBroken("the journal is closed");
        }
        if (reason == null && waiting.get() >= options.waiting()) {
            reason = new JournalBroken("more records wait than the disk can take");
        }
        if (reason != null) {
            return CompletableFuture.failedStage(reason);
        }
        waiting.incrementAndGet();
        Waiting record = new Waiting(event, home);
        queue.add(record);
        if (ended) {
            refuseRest();
        } else if (idle) {
            LockSupport.unpark(thread);
        }
        return record.done;
    }

    /// Writes one record and waits until it is durable; not for event loops.
    public long record(Event event) throws JournalBroken {
        try {
            return append(event, Runnable::run).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof JournalBroken why
                    ? why
                    : new JournalBroken("the journal failed", e.getCause() == null ? e : e.getCause());
        }
    }

    /// A value's salted digest: the same for the same value in this journal, and no help to guess it without the key.
    public String salted(byte[] content) {
        return key.salted(content);
    }

    /// The calls whose outcome a crash left unknown, as found when this journal was opened.
    public List<String> unknown() {
        return unknown;
    }

    /// Whether it can still be written.
    public boolean sound() {
        return broken == null && !closing;
    }

    /// Writes what waits, then closes the files. Later appends fail.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>();
        while (true) {
            boolean last = closing;
            for (Waiting next = queue.poll(); next != null; next = batch.size() < BATCH ? queue.poll() : null) {
                batch.add(next);
            }
            if (!batch.isEmpty()) {
                commit(batch);
                batch.clear();
            } else if (last) {
                break;
            } else {
                await();
            }
        }
        ended = true;
        refuseRest();
        writer.close();
    }

    /// What came in beside the end is told that it was not written: nobody waits for ever.
    private void refuseRest() {
        for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
            late.failure = new JournalBroken("the journal is closed");
            Completions.tell(List.of(late));
        }
    }

    private void await() {
        idle = true;
        if (queue.isEmpty() && !closing) {
            LockSupport.park(this);
        }
        idle = false;
    }

    private void commit(List<Waiting> batch) {
        JournalBroken failure = broken;
        if (failure == null) {
            try {
                write(batch);
            } catch (IOException | RuntimeException e) {
                failure = new JournalBroken("the journal could not be written: " + e.getMessage(), e);
                broken = failure;
            }
        }
        if (failure != null) {
            for (Waiting waiting : batch) {
                waiting.failure = failure;
            }
        }
        waiting.addAndGet(-batch.size());
        Completions.tell(batch);
    }

    private void write(List<Waiting> batch) throws IOException {
        writer.turn();
        long at = writer.now();
        for (Waiting waiting : batch) {
            writer.add(waiting.event, at);
            waiting.number = writer.sequence();
        }
        writer.commit();
    }
}
