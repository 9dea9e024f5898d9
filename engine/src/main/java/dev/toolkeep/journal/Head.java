package dev.toolkeep.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// How far the journal had come: the number and hash of the last record anybody was told of, authenticated with the
/// journal's key. One fixed-size line, written in place after every commit ([HeadFile]). It may lag behind the segments
/// after a crash; it is never ahead of them, so a journal that ends before its head was cut.
record Head(long sequence, byte[] hash) {
    static final String FILE = "head";

    static Head empty() {
        return new Head(0, new byte[32]);
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
                    Long.parseLong(line.substring(0, HeadLine.DIGITS)),
                    HexFormat.of().parseHex(line.substring(HeadLine.DIGITS + 1, HeadLine.CONTENT)));
            if (MessageDigest.isEqual(stands, new HeadLine(key).of(said.sequence(), said.hash()))) {
                return said;
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            // Falls through: a head that cannot be read says no more than a forged one.
        }
        throw new JournalBroken("the journal's head file is not one this key wrote; restore the journal from a backup");
    }
}
