package dev.toolkeep.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Seeded damage done to good documents: bytes flipped, cut, doubled and spliced with what parsers trip over.
final class Mutations {
    private static final List<String> SPLICES = List.of(
            "{", "}", "[", "]", "\"", "\\", "\\ud800", "\\u0000", ":", ",", "null", "1e400", "-", "0", ".", "&a ", "*a",
            "<<", "!!str", "---\n", "\n", "\t", "  ", "#", "|", ">", "${X}", "{y}", "$ref", "#/", "%", "é", "\uFEFF",
            "\u202e");

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    byte[] of(byte[] good) {
        byte[] bytes = good;
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(12));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.writeBytes(SPLICES.get(random.nextInt(SPLICES.size())).getBytes(StandardCharsets.UTF_8));
            case 2 -> {
                out.write(bytes, at, to - at);
                to = at;
            }
            default -> {}
        }
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }
}
