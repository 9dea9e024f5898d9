package dev.toolkeep.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;

/// The text of a head: 20 digits, the hash in hex, the HMAC of both in hex. Written once a commit, so it makes no
/// garbage. One thread only.
final class HeadLine {
    static final int DIGITS = 20;
    static final int CONTENT = DIGITS + 1 + 64;
    static final int LENGTH = CONTENT + 1 + 64 + 1;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Mac mac;
    private final byte[] proof = new byte[32];
    private final byte[] line = new byte[LENGTH];

    HeadLine(JournalKey key) {
        mac = key.head();
        line[DIGITS] = ' ';
        line[CONTENT] = ' ';
        line[LENGTH - 1] = '\n';
    }

    /// The line; the same array every time.
    byte[] of(long sequence, byte[] hash) {
        if (hash.length != 32 || sequence < 0) {
            throw new IllegalArgumentException("a head is a record's number and its SHA-256");
        }
        long left = sequence;
        for (int i = DIGITS - 1; i >= 0; i--) {
            line[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
        hex(hash, DIGITS + 1);
        mac.update(line, 0, CONTENT);
        try {
            mac.doFinal(proof, 0);
        } catch (javax.crypto.ShortBufferException e) {
            throw new IllegalStateException("an HMAC-SHA256 has 32 bytes", e);
        }
        hex(proof, CONTENT + 1);
        Arrays.fill(proof, (byte) 0);
        return line;
    }

    private void hex(byte[] bytes, int at) {
        int place = at;
        for (byte b : bytes) {
            line[place++] = HEX[(b >> 4) & 15];
            line[place++] = HEX[b & 15];
        }
    }
}
