package dev.toolkeep.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Puts batches of events on disk: the segment first, then the head. One thread only.
///
/// A new segment begins with a `segment.opened` record and one `call.carried` for every call that is open, so that the
/// last segment alone tells what a crash interrupted.
final class SegmentWriter implements AutoCloseable {
    private final Path folder;
    private final JournalKey key;
    private final InstantSource clock;
    private final JournalOptions options;
    private final RecordWriter records;
    private final FileChannel head;
    private final FileChannel lock;
    private final Set<String> open;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    private FileChannel segment;
    private long size;

    private SegmentWriter(
            Path folder, JournalKey key, InstantSource clock, JournalOptions options, Recovery from, FileChannel lock)
            throws IOException {
        this.folder = folder;
        this.key = key;
        this.clock = clock;
        this.options = options;
        this.lock = lock;
        this.head = create(folder.resolve(Head.FILE));
        this.records = new RecordWriter(from.sequence(), from.hash());
        this.open = new LinkedHashSet<>(from.open());
        this.segment = append(from.segment());
        this.size = segment.size();
    }

    static SegmentWriter resume(
            Path folder, JournalKey key, InstantSource clock, JournalOptions options, Recovery from, FileChannel lock)
            throws IOException {
        SegmentWriter writer = new SegmentWriter(folder, key, clock, options, from, lock);
        writer.writeHead();
        writer.head.force(true);
        return writer;
    }

    /// Takes the folder for this process. The lock has a file of its own: closing any other handle of a locked file
    /// would let the lock go.
    static FileChannel lock(Path folder) throws IOException {
        FileChannel file = create(folder.resolve("lock"));
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

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    }

    long sequence() {
        return records.sequence();
    }

    /// Writes the events durably and returns the number of the first.
    long write(List<Event> events) throws IOException {
        if (size >= options.segmentBytes()) {
            roll();
        }
        long first = records.sequence() + 1;
        long at = clock.millis();
        for (Event event : events) {
            add(event, at);
            note(event);
        }
        commit();
        return first;
    }

    private void commit() throws IOException {
        flush();
        if (options.sync()) {
            segment.force(false);
        }
        writeHead();
    }

    private void writeHead() throws IOException {
        new Head(records.sequence(), records.hash()).write(head, key);
    }

    private void roll() throws IOException {
        segment.force(true);
        head.force(true);
        segment.close();
        segment = append(Segments.file(folder, records.sequence() + 1));
        size = 0;
        long at = clock.millis();
        add(Event.of("segment.opened"), at);
        for (String call : open) {
            add(Event.of(Journal.CALL_CARRIED).with("call", call), at);
        }
    }

    private void add(Event event, long at) throws IOException {
        records.write(event, at);
        if (records.length() > buffer.remaining()) {
            flush();
        }
        if (records.length() > buffer.capacity()) {
            buffer = ByteBuffer.allocateDirect(records.length() * 2);
        }
        buffer.put(records.line(), 0, records.length());
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            size += segment.write(buffer);
        }
        buffer.clear();
    }

    private void note(Event event) {
        switch (event.type()) {
            case Journal.CALL_OPENED -> open.add(event.text("call"));
            case Journal.CALL_CLOSED, Journal.CALL_UNKNOWN -> open.remove(event.text("call"));
            default -> {}
        }
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() {
        try {
            if (segment.isOpen()) {
                segment.force(true);
                segment.close();
            }
            head.force(true);
            head.close();
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
