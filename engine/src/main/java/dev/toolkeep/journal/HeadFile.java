package dev.toolkeep.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes the head in its place. One thread only.
final class HeadFile implements AutoCloseable {
    private final FileChannel channel;
    private final HeadLine line;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(HeadLine.LENGTH);

    private HeadFile(FileChannel channel, JournalKey key) {
        this.channel = channel;
        this.line = new HeadLine(key);
    }

    static HeadFile open(Path folder, JournalKey key) throws IOException {
        return new HeadFile(
                FileChannel.open(folder.resolve(Head.FILE), StandardOpenOption.WRITE, StandardOpenOption.CREATE), key);
    }

    /// Hands the head to the operating system, which survives the end of this program; not to the disk.
    void write(long sequence, byte[] hash) throws IOException {
        buffer.clear().put(line.of(sequence, hash)).flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer, buffer.position());
        }
    }

    /// Waits until it is on the disk.
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
