package dev.toolkeep.web.exchange;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Gathers a body in one array and stops at the cap: what a request claims in `Content-Length` is believed only as far
/// as it refuses itself, and memory grows with what has arrived.
final class BodyReader {
    private static final byte[] NONE = new byte[0];
    private static final int FIRST = 16 * 1024;

    private final int cap;
    private byte[] bytes = NONE;
    private int length;
    private final int claimed;

    BodyReader(int cap, @Nullable String contentLength) throws TurnedAway {
        this.cap = cap;
        this.claimed = claimed(contentLength);
    }

    void take(Buffer part) throws TurnedAway {
        int more = part.length();
        if (length + (long) more > cap) {
            bytes = NONE;
            throw tooLarge(cap);
        }
        if (length + more > bytes.length) {
            int least = Math.max(length + more, Math.min(claimed, FIRST));
            bytes = Arrays.copyOf(bytes, length == 0 ? least : Math.max(least, Math.min(cap, bytes.length * 2)));
        }
        part.getBytes(bytes, length);
        length += more;
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private int claimed(@Nullable String contentLength) throws TurnedAway {
        if (contentLength == null) {
            return 0;
        }
        long claim;
        try {
            claim = Long.parseLong(contentLength);
        } catch (NumberFormatException e) {
            throw TurnedAway.hangingUp(Problem.malformed("content-length", "Content-Length is not a number."));
        }
        if (claim > cap) {
            throw tooLarge(cap);
        }
        return (int) Math.max(claim, 0);
    }

    private static TurnedAway tooLarge(int cap) {
        return TurnedAway.hangingUp(new Problem(
                413,
                "request_too_large",
                "The body is longer than " + cap + " bytes.",
                "body-bytes",
                "Send less, or ask an operator to raise the limit."));
    }
}
