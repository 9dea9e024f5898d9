package dev.toolkeep.journal;

import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds records in a journal's files, which may grow meanwhile. It proves nothing: that is [JournalVerifier]'s. A line
/// that cannot be read is passed over.
public final class JournalReader {
    private final Path folder;

    public JournalReader(Path folder) {
        this.folder = folder;
    }

    /// At most `limit` records after number `after`, oldest first.
    public List<Written> after(long after, int limit, Predicate<Written> wanted) throws IOException {
        List<Written> found = new ArrayList<>();
        List<Path> files = Segments.in(folder);
        for (int i = 0; i < files.size() && found.size() < limit; i++) {
            boolean past = i + 1 < files.size() && Segments.first(files.get(i + 1)) <= after + 1;
            if (!past) {
                read(files.get(i), record -> {
                    if (record.sequence() > after && wanted.test(record)) {
                        found.add(record);
                    }
                    return found.size() < limit;
                });
            }
        }
        return found;
    }

    /// At most `limit` records before number `before`, newest first.
    public List<Written> before(long before, int limit, Predicate<Written> wanted) throws IOException {
        List<Written> found = new ArrayList<>();
        List<Path> files = Segments.in(folder);
        for (int i = files.size() - 1; i >= 0 && found.size() < limit; i--) {
            if (Segments.first(files.get(i)) < before) {
                Deque<Written> last = new ArrayDeque<>();
                int room = limit - found.size();
                read(files.get(i), record -> {
                    boolean early = record.sequence() < before;
                    if (early && wanted.test(record)) {
                        last.addFirst(record);
                        if (last.size() > room) {
                            last.removeLast();
                        }
                    }
                    return early;
                });
                found.addAll(last);
            }
        }
        return found;
    }

    private static void read(Path file, Predicate<Written> goOn) throws IOException {
        try (LineReader reader = new LineReader(file)) {
            for (LineReader.Line line = reader.next(); line != null && line.whole(); line = reader.next()) {
                Written record = written(line.bytes());
                if (record != null && !goOn.test(record)) {
                    return;
                }
            }
        }
    }

    private static @Nullable Written written(byte[] line) {
        try {
            return Written.read(line);
        } catch (Malformed e) {
            return null;
        }
    }
}
