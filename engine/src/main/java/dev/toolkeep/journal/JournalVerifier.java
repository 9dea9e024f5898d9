package dev.toolkeep.journal;

import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Proves that a journal is whole: every record from the first to the head is there, in order, unchanged.
///
/// It finds any edit, deletion, insertion, swap or truncation, also of whole files, and names the first record that is
/// bad. Without the journal's key nobody can make a shortened or rewritten log pass. It reads files only, so it may run
/// beside a running server; records newer than the head it started from are checked too, but may be absent. Behind the
/// last record it allows what a server that runs or was killed leaves there ([Tail]) and names anything else.
public final class JournalVerifier {
    /// A write that is going on can be seen half: what does not fit behind the head is read again this often.
    private static final int LOOKS = 3;

    private final Path folder;
    private final JournalKey key;

    public JournalVerifier(Path folder, JournalKey key) {
        this.folder = folder;
        this.key = key;
    }

    /// What was found.
    public sealed interface Verdict {
        /// Every record from 1 to `records` is as it was written. Behind the last one stand `unfinished` bytes of a
        /// write that goes on or was torn by a crash: nobody was told of it, and the next start cuts it off.
        record Whole(long records, long unfinished) implements Verdict {
            /// With nothing behind the last record.
            public Whole(long records) {
                this(records, 0);
            }
        }

        /// `record` is the number of the first bad or missing record; `file` and `line` say where it is or should be.
        record Broken(long record, String file, long line, String problem) implements Verdict {}
    }

    /// Reads the whole journal.
    ///
    /// @throws IOException when a file cannot be read
    public Verdict verify() throws IOException {
        Head head;
        try {
            Head found = Head.read(folder, key);
            if (found == null) {
                return new Verdict.Broken(
                        1, Head.FILE, 1, "the head file is missing, so nothing says how long the log was");
            }
            head = found;
        } catch (JournalBroken e) {
            return new Verdict.Broken(1, Head.FILE, 1, String.valueOf(e.getMessage()));
        }
        Verdict verdict = walk(head);
        for (int look = 1; look < LOOKS && newer(verdict, head); look++) {
            verdict = walk(head);
        }
        return verdict;
    }

    private static boolean newer(Verdict verdict, Head head) {
        return verdict instanceof Verdict.Broken broken && broken.record() > head.sequence();
    }

    private Verdict walk(Head head) throws IOException {
        Walk walk = new Walk(head);
        List<Path> files = Segments.in(folder);
        for (int i = 0; i < files.size(); i++) {
            Verdict.Broken broken = walk.file(files.get(i), i == files.size() - 1);
            if (broken != null) {
                return broken;
            }
        }
        return walk.end();
    }

    /// The state of one walk along the chain. When a link does not hold, either the record before was changed or the
    /// record with the link was: the next record, or the head, tells which, so the walk goes one step on in doubt.
    private static final class Walk {
        private final Head head;
        private long sequence;
        private byte[] hash = new byte[32];
        private String file = "";
        private long line;
        private boolean headSeen;
        private long unfinished;
        private Verdict.@Nullable Broken doubt;

        Walk(Head head) {
            this.head = head;
            this.headSeen = head.sequence() == 0;
        }

        Verdict.@Nullable Broken file(Path path, boolean last) throws IOException {
            boolean expected = Segments.first(path) == sequence + 1;
            file = String.valueOf((expected ? path : Segments.file(path, sequence + 1)).getFileName());
            line = 0;
            if (!expected) {
                return broken("the file with this record is missing");
            }
            try (LineReader reader = new LineReader(path)) {
                for (LineReader.Line next = reader.next(); next != null; next = reader.next()) {
                    line++;
                    if (last && !next.whole() && sequence >= head.sequence() && doubt == null) {
                        return behind(path, next.start());
                    }
                    Verdict.Broken broken = record(next);
                    if (broken != null) {
                        return broken;
                    }
                }
            }
            return null;
        }

        /// Nobody was told of anything behind the head: there may be zeros, or a write that is going on or was torn.
        private Verdict.@Nullable Broken behind(Path path, long end) throws IOException {
            return switch (Tail.of(path, end)) {
                case Tail.Clean() -> null;
                case Tail.Torn(long bytes) -> {
                    unfinished = bytes;
                    yield null;
                }
                case Tail.Foreign(long place) ->
                    broken("at byte " + place + " of the file, behind the last record, stands what no crash leaves");
            };
        }

        private Verdict.@Nullable Broken record(LineReader.Line next) {
            Written written;
            try {
                if (!next.whole()) {
                    return broken(next.bytes().length == 0 ? "it was zeroed or cut off" : "its line is cut short");
                }
                written = Written.read(next.bytes());
            } catch (Malformed e) {
                return broken("it cannot be read: " + e.getMessage());
            }
            if (written.sequence() != sequence + 1) {
                return broken("it is missing: record " + written.sequence() + " stands in its place");
            }
            boolean linked = Arrays.equals(written.previous(), hash);
            if (doubt != null) {
                return linked ? doubt : brokenAt(sequence, line - 1, "its link to the record before does not hold");
            }
            if (!linked) {
                if (sequence == 0) {
                    return broken("it says that a record came before the first");
                }
                doubt = brokenAt(
                        sequence,
                        line - 1,
                        "it was changed: record " + (sequence + 1) + " was written after another text");
            }
            sequence = written.sequence();
            hash = written.hash();
            return atHead();
        }

        private Verdict.@Nullable Broken atHead() {
            if (sequence != head.sequence()) {
                return null;
            }
            headSeen = true;
            boolean same = Arrays.equals(hash, head.hash());
            if (doubt != null && same) {
                return doubt;
            }
            return same ? null : brokenAt(sequence, line, "it was changed: the head remembers another text");
        }

        Verdict end() {
            if (doubt != null) {
                return brokenAt(sequence, line, "its link to the record before does not hold");
            }
            if (!headSeen) {
                line++;
                return broken("it is missing: the log was cut after record " + sequence + " of " + head.sequence());
            }
            return new Verdict.Whole(sequence, unfinished);
        }

        /// The record that should have come next. In doubt, the one with the broken link is the first bad one: nothing
        /// after it vouches for it.
        private Verdict.Broken broken(String problem) {
            return doubt != null
                    ? brokenAt(sequence, line - 1, "its link to the record before does not hold")
                    : brokenAt(sequence + 1, line, problem);
        }

        private Verdict.Broken brokenAt(long record, long where, String problem) {
            return new Verdict.Broken(record, file, Math.max(where, 1), problem);
        }
    }
}
