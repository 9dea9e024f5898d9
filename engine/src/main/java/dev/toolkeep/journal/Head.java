package dev.toolkeep.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// How far the journal had come: the number and hash of the last record anybody was told of, authenticated with the
/// journal's key. One fixed-size line, written in place after every commit. It may lag behind the segments after a
/// crash; it is never ahead of them, so a journal that ends before its head was cut.
record Head(long sequence, byte[] hash) {
    static final String FILE = "head";
    private static final int CONTENT = 20 + 1 + 64;

    static Head empty() {
        return new Head(0, new byte[32]);
    }

    ByteBuffer bytes(JournalKey key) {
        String content = "%020d %s".formatted(sequence, HexFormat.of().formatHex(hash));
        byte[] mac = key.head(content.getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.wrap(
                (content + " " + HexFormat.of().formatHex(mac) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    void write(FileChannel channel, JournalKey key) throws IOException {
        ByteBuffer bytes = bytes(key);
        long place = 0;
        while (bytes.hasRemaining()) {
            place += channel.write(bytes, place);
        }
    }

    /// The head in `folder`, or null when there is none.
    ///
    /// @throws JournalBroken when it is not one this key wrote
    static @Nullable Head read(Path folder, JournalKey key) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        byte[] stands = Files.readAllBytes(file);
        String line = new String(stands, StandardCharsets.ISO_8859_1);
        try {
            Head said = new Head(
                    Long.parseLong(line.substring(0, 20)), HexFormat.of().parseHex(line.substring(21, CONTENT)));
            if (MessageDigest.isEqual(stands, said.bytes(key).array())) {
                return said;
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            // Falls through: a head that cannot be read says no more than a forged one.
        }
        throw new JournalBroken("the journal's head file is not one this key wrote; restore the journal from a backup");
    }
}
