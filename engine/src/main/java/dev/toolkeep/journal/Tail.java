package dev.toolkeep.journal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// What stands behind the last whole record of the last file.
sealed interface Tail {
    /// What reaches the disk whole or not at all, at the least.
    int SECTOR = 512;

    /// Zeros to the end of the file: nothing was begun.
    record Clean() implements Tail {}

    /// The rest of one write that a crash tore, or that is going on: text of at most [SegmentFile#MOST] bytes, some
    /// sectors of which reached the disk and others did not. Nobody was ever told of a record in there.
    ///
    /// @param bytes from the end of the last record to the last byte that is not zero
    record Torn(long bytes) implements Tail {}

    /// No journal left this: text that begins in the middle of a sector or further on than one write goes, or bytes
    /// that no record holds.
    ///
    /// @param place of the first byte that is not the journal's
    record Foreign(long place) implements Tail {}

    /// Judges what stands in `file` from byte `end` on.
    static Tail of(Path file, long end) throws IOException {
        Scan scan = new Scan(end);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            in.skipNBytes(end);
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (!scan.take(b)) {
                    return new Foreign(scan.place);
                }
            }
        }
        return scan.found();
    }

    /// A walk over the bytes, one at a time.
    final class Scan {
        private final long end;
        private long place;
        private long lastText = -1;
        private int before = '\n';
        /// Whether text began behind zeros.
        private boolean gap;
        /// Whether the first text ended where neither a line nor a sector ends: only zeros may follow.
        private boolean cut;

        private Scan(long end) {
            this.end = end;
            this.place = end;
        }

        private boolean take(int b) {
            boolean fits = b == 0 ? zero() : text(b);
            if (fits) {
                before = b;
                place++;
            }
            return fits;
        }

        private boolean zero() {
            boolean whole = before == 0 || before == '\n' || place % SECTOR == 0;
            cut |= !whole;
            return whole || !gap;
        }

        private boolean text(int b) {
            boolean begins = before == 0;
            gap |= begins;
            lastText = place;
            boolean known = b >= ' ' || b == '\n';
            boolean near = place - end < SegmentFile.MOST + SegmentFile.BLOCK;
            return known && near && !cut && (!begins || place % SECTOR == 0);
        }

        private Tail found() {
            return lastText < 0 ? new Clean() : new Torn(lastText + 1 - end);
        }
    }
}
