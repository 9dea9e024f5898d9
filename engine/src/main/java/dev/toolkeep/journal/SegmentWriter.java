package dev.toolkeep.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;

/// Puts batches of events on disk: the segment first, then the head. One thread only.
///
/// A new segment begins with a `segment.opened` record and one `call.carried` for every call that is open, so that the
/// last segment alone tells what a crash interrupted.
final class SegmentWriter implements AutoCloseable {
    private final Path folder;
    private final InstantSource clock;
    private final JournalOptions options;
    private final RecordWriter records;
    private final HeadFile head;
    private final FileChannel lock;
    private final Set<String> open;
    private final Spare spare;
    private SegmentFile segment;

    private SegmentWriter(
            Path folder, JournalKey key, InstantSource clock, JournalOptions options, Recovery from, FileChannel lock)
            throws IOException {
        this.folder = folder;
        this.clock = clock;
        this.options = options;
        this.lock = lock;
        this.records = new RecordWriter(from.sequence(), from.hash());
        this.open = new LinkedHashSet<>(from.open());
        this.head = HeadFile.open(folder, key);
        writeHead();
        head.force();
        this.spare = new Spare(folder, options.segmentBytes(), options.sync());
        this.segment = SegmentFile.open(spare.filled(from.segment()), from.end(), options.sync());
    }

    /// The head comes first: a crash in between leaves a journal that says that nothing is missing.
    static SegmentWriter resume(
            Path folder, JournalKey key, InstantSource clock, JournalOptions options, Recovery from, FileChannel lock)
            throws IOException {
        return new SegmentWriter(folder, key, clock, options, from, lock);
    }

    /// Takes the folder for this process. The lock has a file of its own: closing any other handle of a locked file
    /// would let the lock go.
    static FileChannel lock(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this very process has it: answered below.
        }
        file.close();
        throw new JournalBroken("another program has this journal open; only one may write it");
    }

    long sequence() {
        return records.sequence();
    }

    /// The time of the records that are added next.
    long now() {
        return clock.millis();
    }

    /// Begins the next file when this one is full. Before a batch, never within.
    void turn() throws IOException {
        if (segment.end() >= options.segmentBytes()) {
            roll();
        } else if (segment.end() >= options.segmentBytes() / 2) {
            var _ = spare.prepare();
        }
    }

    /// Adds one record; it is durable after [#commit].
    void add(Event event, long at) throws IOException {
        records.write(event, at);
        segment.add(records.line(), records.length());
        switch (event.type()) {
            case Journal.CALL_OPENED -> open.add(event.text("call"));
            case Journal.CALL_CLOSED, Journal.CALL_UNKNOWN -> open.remove(event.text("call"));
            default -> {}
        }
    }

    void commit() throws IOException {
        segment.commit();
        writeHead();
    }

    private void writeHead() throws IOException {
        head.write(records.sequence(), records.hash());
    }

    private void roll() throws IOException {
        segment.finish();
        head.force();
        segment.close();
        Path next = Segments.file(folder, records.sequence() + 1);
        spare.become(next);
        segment = SegmentFile.open(next, 0, options.sync());
        long at = now();
        add(Event.of(Journal.SEGMENT_OPENED).with("carried", open.size()), at);
        for (String call : open) {
            add(Event.of(Journal.CALL_CARRIED).with("call", call), at);
        }
    }

    @Override
    public void close() {
        SegmentFile last = segment;
        try (lock;
                head;
                last) {
            last.finish();
            spare.discard();
            head.force();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
