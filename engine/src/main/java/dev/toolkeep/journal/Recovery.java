package dev.toolkeep.journal;

import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the end of a journal when it is opened, and what a crash left there.
///
/// Only the last segment is read: it begins with the calls that were open when it was begun (when a crash cut that
/// beginning short, the one before it tells them). Whole records past the head are kept (they were durable, only nobody
/// had been told); a torn write past them is cut off; anything else that does not fit is refused.
///
/// @param end where the next record goes in `segment`
/// @param open calls that were begun and never ended
/// @param tornBytes how many bytes of an unfinished write were cut off
record Recovery(long sequence, byte[] hash, Path segment, long end, Set<String> open, long tornBytes) {
    static Recovery of(Path folder, JournalKey key) throws IOException {
        List<Path> files = Segments.in(folder);
        Head head = Head.read(folder, key);
        if (head == null && !files.isEmpty()) {
            throw new JournalBroken("the journal's head file is missing; restore the journal from a backup");
        }
        Head known = head == null ? Head.empty() : head;
        if (files.isEmpty()) {
            if (known.sequence() > 0) {
                throw cut(0, known);
            }
            return new Recovery(0, known.hash(), Segments.file(folder, 1), 0, Set.of(), 0);
        }
        Walk last = new Walk(files.getLast(), known);
        last.walk();
        if (!last.begun() && files.size() > 1) {
            last.open.addAll(openIn(files.get(files.size() - 2)));
        }
        return last.end();
    }

    /// One walk along the last segment.
    private static final class Walk {
        private final Path file;
        private final Head head;
        private final Set<String> open = new LinkedHashSet<>();
        private long sequence;
        /// Empty as long as the hash of the record before is not known.
        private byte[] hash;
        private long good;
        private long carried = -1;

        Walk(Path file, Head head) throws JournalBroken {
            this.file = file;
            this.head = head;
            sequence = Segments.first(file) - 1;
            hash = sequence == head.sequence() ? head.hash() : new byte[0];
            if (sequence > head.sequence()) {
                throw new JournalBroken(
                        "the journal's head is older than its last file; restore the journal from a backup");
            }
        }

        void walk() throws IOException {
            try (LineReader reader = new LineReader(file)) {
                for (LineReader.Line line = reader.next(); line != null && fits(line); line = reader.next()) {
                    good = line.start() + line.bytes().length + 1;
                }
            }
            if (sequence < head.sequence()) {
                throw cut(sequence, head);
            }
        }

        private boolean fits(LineReader.Line line) throws JournalBroken {
            Written written = line.whole() ? fitting(line.bytes()) : null;
            if (written == null) {
                if (sequence < head.sequence() && (line.whole() || line.bytes().length > 0)) {
                    throw new JournalBroken("journal record " + (sequence + 1)
                            + " is damaged; run `toolkeep log verify` and restore the journal from a backup");
                }
                if (line.whole()) {
                    throw foreign();
                }
                return false;
            }
            sequence = written.sequence();
            hash = written.hash();
            if (sequence == head.sequence() && !Arrays.equals(hash, head.hash())) {
                throw new JournalBroken(
                        "journal record " + sequence + " was changed; restore the journal from a backup");
            }
            note(written, open);
            count(written);
            return true;
        }

        private @Nullable Written fitting(byte[] line) {
            try {
                Written written = Written.read(line);
                boolean linked = hash.length == 0 || Arrays.equals(written.previous(), hash);
                return linked && written.sequence() == sequence + 1 ? written : null;
            } catch (Malformed e) {
                return null;
            }
        }

        private void count(Written written) {
            switch (written.type()) {
                case Journal.SEGMENT_OPENED ->
                    carried = written.json().path("carried").longValue(0);
                case Journal.CALL_CARRIED -> carried--;
                default -> carried = 0;
            }
        }

        /// Whether every call that was open when this file was begun is in it.
        boolean begun() {
            return carried == 0;
        }

        Recovery end() throws IOException {
            long torn = switch (Tail.of(file, good)) {
                case Tail.Clean() -> 0;
                case Tail.Torn(long bytes) -> bytes;
                case Tail.Foreign(long place) -> throw foreign();
            };
            if (torn > 0) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(good);
                    channel.force(true);
                }
            }
            return new Recovery(sequence, hash, file, good, open, torn);
        }

        private JournalBroken foreign() {
            return new JournalBroken("behind journal record " + sequence
                    + " stands what no crash leaves there; run `toolkeep log verify`, and restore the journal from a"
                    + " backup or cut the file " + file + " after that record");
        }
    }

    private static Set<String> openIn(Path file) throws IOException {
        Set<String> open = new LinkedHashSet<>();
        try (LineReader reader = new LineReader(file)) {
            for (LineReader.Line line = reader.next(); line != null && line.whole(); line = reader.next()) {
                note(Written.read(line.bytes()), open);
            }
        } catch (Malformed e) {
            throw new JournalBroken(
                    "the journal's file " + file.getFileName()
                            + " is damaged; run `toolkeep log verify` and restore the journal from a backup",
                    e);
        }
        return open;
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
