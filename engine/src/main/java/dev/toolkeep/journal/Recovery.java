package dev.toolkeep.journal;

import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the end of a journal when it is opened, and what a crash left there.
///
/// Only the last segment is read: it begins with the calls that were open when it was begun. Whole records past the
/// head are kept (they were durable, only nobody had been told); a torn line past the head is cut off; anything else
/// that does not fit is refused.
///
/// @param open calls that were begun and never ended
/// @param tornBytes how many bytes of an unfinished record were cut off
record Recovery(long sequence, byte[] hash, Path segment, Set<String> open, long tornBytes) {
    static Recovery of(Path folder, JournalKey key) throws IOException {
        List<Path> files = Segments.in(folder);
        Head head = Head.read(folder, key);
        if (head == null) {
            if (!files.isEmpty()) {
                throw new JournalBroken("the journal's head file is missing; restore the journal from a backup");
            }
            return new Recovery(0, new byte[32], Segments.file(folder, 1), Set.of(), 0);
        }
        if (files.isEmpty()) {
            if (head.sequence() > 0) {
                throw cut(0, head);
            }
            return new Recovery(0, new byte[32], Segments.file(folder, 1), Set.of(), 0);
        }
        return tail(files.getLast(), head);
    }

    private static Recovery tail(Path file, Head head) throws IOException {
        long sequence = Segments.first(file) - 1;
        if (sequence > head.sequence()) {
            throw new JournalBroken(
                    "the journal's head is older than its last file; restore the journal from a backup");
        }
        byte[] hash = sequence == head.sequence() ? head.hash() : new byte[0];
        Set<String> open = new LinkedHashSet<>();
        long good = 0;
        try (LineReader reader = new LineReader(file)) {
            for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
                Written written = line.whole() ? fitting(line.bytes(), sequence, hash) : null;
                if (written == null) {
                    if (sequence < head.sequence()) {
                        throw new JournalBroken("journal record " + (sequence + 1)
                                + " is damaged; run `toolkeep log verify` and restore the journal from a backup");
                    }
                    break;
                }
                sequence = written.sequence();
                hash = written.hash();
                if (sequence == head.sequence() && !Arrays.equals(hash, head.hash())) {
                    throw new JournalBroken(
                            "journal record " + sequence + " was changed; restore the journal from a backup");
                }
                note(written, open);
                good = line.start() + line.bytes().length + 1;
            }
        }
        if (sequence < head.sequence()) {
            throw cut(sequence, head);
        }
        long torn = Files.size(file) - good;
        if (torn > 0) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(good);
                channel.force(true);
            }
        }
        return new Recovery(sequence, hash, file, open, torn);
    }

    private static @Nullable Written fitting(byte[] line, long sequence, byte[] hash) {
        try {
            Written written = Written.read(line);
            boolean linked = hash.length == 0 || Arrays.equals(written.previous(), hash);
            return linked && written.sequence() == sequence + 1 ? written : null;
        } catch (Malformed e) {
            return null;
        }
    }

    private static void note(Written written, Set<String> open) {
        switch (written.type()) {
            case Journal.CALL_OPENED, Journal.CALL_CARRIED -> open.add(written.text("call"));
            case Journal.CALL_CLOSED, Journal.CALL_UNKNOWN -> open.remove(written.text("call"));
            default -> {}
        }
    }

    private static JournalBroken cut(long last, Head head) {
        return new JournalBroken("the journal ends at record " + last + " but record " + head.sequence()
                + " was written; run `toolkeep log verify` and restore the journal from a backup");
    }
}
