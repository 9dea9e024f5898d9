package dev.toolkeep.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// The file that records are being added to. It has its full size from the start, zeros behind the last record, so a
/// commit changes nothing but the file's content: one write to the disk and one flush, no file system metadata.
///
/// Whole blocks are written, past the page cache where the file system can; the last block is written again with what
/// comes next, its earlier bytes unchanged. One write carries [#MOST] bytes at most, and each is durable before the
/// next is begun, so what a crash can tear is bounded ([Tail]). Past the full size the file just grows. One thread
/// only.
final class SegmentFile implements AutoCloseable {
    static final int BLOCK = 4096;
    /// The most one write carries.
    static final int MOST = 64 * BLOCK;

    private static final byte[] ZEROS = new byte[BLOCK];

    private final FileChannel channel;
    /// The last block that is not full, and what was added since the last write; zeros behind `used`.
    private final ByteBuffer blocks = ByteBuffer.allocateDirect(MOST + BLOCK).alignedSlice(BLOCK);
    private long start;
    private int used;
    private boolean sound = true;

    private SegmentFile(FileChannel channel) {
        this.channel = channel;
    }

    /// Opens a file of zeros behind its first `end` bytes.
    ///
    /// @param sync whether each commit waits for the disk
    static SegmentFile open(Path file, long end, boolean sync) throws IOException {
        SegmentFile segment = new SegmentFile(channel(file, sync));
        try {
            segment.resume(end);
            return segment;
        } catch (IOException e) {
            segment.channel.close();
            throw e;
        }
    }

    /// Where the next byte goes.
    long end() {
        return start + used;
    }

    /// Takes bytes; they are written at the latest by [#commit].
    void add(byte[] bytes, int length) throws IOException {
        int from = 0;
        while (from < length) {
            if (used == MOST) {
                commit();
            }
            int part = Math.min(length - from, MOST - used);
            blocks.put(used, bytes, from, part);
            used += part;
            from += part;
        }
    }

    /// Returns once everything added is on the disk (without `sync`: with the operating system).
    void commit() throws IOException {
        int whole = used / BLOCK * BLOCK;
        int written = whole == used ? used : whole + BLOCK;
        sound = false;
        write(written);
        sound = true;
        start += whole;
        used -= whole;
        if (whole > 0) {
            blocks.put(0, blocks, whole, used);
            zero(used, written);
        }
    }

    /// Cuts the zeros off: the file is done. One that could not be written, or is closed, is left as a crash would.
    void finish() throws IOException {
        if (sound && channel.isOpen()) {
            channel.truncate(end());
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(int length) throws IOException {
        blocks.position(0).limit(length);
        long place = start;
        while (blocks.hasRemaining()) {
            place += channel.write(blocks, place);
        }
        blocks.clear();
    }

    private void zero(int from, int to) {
        for (int at = from; at < to; at += BLOCK) {
            blocks.put(at, ZEROS, 0, Math.min(BLOCK, to - at));
        }
    }

    /// Reads the last block that is not full back.
    private void resume(long end) throws IOException {
        start = end / BLOCK * BLOCK;
        used = (int) (end - start);
        if (used > 0) {
            blocks.position(0).limit(BLOCK);
            channel.read(blocks, start);
            if (blocks.position() < used) {
                throw new JournalBroken("the journal's last file became shorter while it was opened");
            }
            blocks.clear();
            zero(used, BLOCK);
        }
    }

    private static FileChannel channel(Path file, boolean sync) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        if (!sync) {
            return FileChannel.open(file, options);
        }
        options.add(StandardOpenOption.DSYNC);
        Set<OpenOption> direct = new HashSet<>(options);
        direct.addAll(DirectWrites.OPTION);
        try {
            return FileChannel.open(file, direct);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return FileChannel.open(file, options); // a file system without direct writes: through the page cache
        }
    }
}
