package dev.toolkeep.protocol.net;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// The body of a response, read whole and never beyond a bound: neither as it was sent nor as it unpacks.
public final class Body {
    private static final byte[] NONE = new byte[0];

    private Body() {}

    /// Why a body was not taken.
    public static final class Unacceptable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient ToolFault fault;

        Unacceptable(Kind kind, String words) {
            super(words, null, false, false);
            this.fault = ToolFault.of(kind, words);
        }

        public ToolFault fault() {
            return fault;
        }
    }

    /// Reads to the end; past `maxBytes` the connection is closed and the future fails with [Unacceptable]. Must be
    /// called on the response's context before it delivers data.
    public static Future<byte[]> read(HttpClientResponse response, int maxBytes) {
        String length = response.getHeader("Content-Length");
        if (length != null && (length.length() > 10 || declared(length) > maxBytes)) {
            drop(response);
            return Future.failedFuture(tooLarge());
        }
        return chunks(response, maxBytes, false);
    }

    /// Reads the first `maxBytes` at most; the connection is closed when there is more.
    public static Future<byte[]> readStart(HttpClientResponse response, int maxBytes) {
        return chunks(response, maxBytes, true);
    }

    /// Leaves the body unread and closes the connection.
    public static void drop(HttpClientResponse response) {
        response.exceptionHandler(ignored -> {}); // otherwise the reset we ask for is logged as an error
        response.request().reset();
    }

    private static Future<byte[]> chunks(HttpClientResponse response, int maxBytes, boolean startIsEnough) {
        Promise<byte[]> whole = Promise.promise();
        Chunks chunks = new Chunks(maxBytes);
        response.handler(chunk -> {
            if (!chunks.add(chunk)) {
                boolean first = startIsEnough ? whole.tryComplete(chunks.bytes()) : whole.tryFail(tooLarge());
                if (first) {
                    response.request().reset();
                }
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(chunks.bytes()));
        return whole.future();
    }

    /// The body without its `Content-Encoding`. Blocking work, a few milliseconds a megabyte.
    public static byte[] decode(byte[] body, @Nullable String coding, int maxBytes) throws Unacceptable {
        if (coding == null || body.length == 0) {
            return body;
        }
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "identity", "" -> body;
            case "gzip", "x-gzip" -> unpack(body, true, maxBytes);
            case "deflate" -> unpack(body, false, maxBytes);
            default -> throw new Unacceptable(Kind.BAD_ANSWER, "the answer is packed in a way that was not asked for");
        };
    }

    private static byte[] unpack(byte[] body, boolean gzip, int maxBytes) throws Unacceptable {
        try (InputStream packed = new ByteArrayInputStream(body);
                InputStream plain = gzip ? new GZIPInputStream(packed, 8192) : new InflaterInputStream(packed)) {
            byte[] bytes = plain.readNBytes(maxBytes);
            if (plain.read() >= 0) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException e) {
            throw new Unacceptable(Kind.BAD_ANSWER, "the answer could not be unpacked");
        }
    }

    private static long declared(String length) {
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return -1; // Vert.x refuses such a response itself
        }
    }

    private static Unacceptable tooLarge() {
        return new Unacceptable(Kind.TOO_LARGE, "the answer is larger than this call may return");
    }

    /// Most answers are one chunk and are copied once.
    private static final class Chunks {
        private final int most;
        private @Nullable Buffer all;
        private boolean several;
        private boolean full;

        Chunks(int most) {
            this.most = most;
        }

        /// Takes the chunk, or as much of it as fits; false when it did not fit whole.
        boolean add(Buffer chunk) {
            if (full) {
                return false;
            }
            Buffer before = all;
            int room = most - (before == null ? 0 : before.length());
            full = chunk.length() > room;
            Buffer taken = full ? chunk.slice(0, room) : chunk;
            if (before == null) {
                all = taken;
            } else {
                all = own(before, taken.length()).appendBuffer(taken);
            }
            return !full;
        }

        /// A chunk may be a read-only view: the second one starts a buffer of our own.
        private Buffer own(Buffer before, int next) {
            if (several) {
                return before;
            }
            several = true;
            return Buffer.buffer(Math.min(most, 4 * (before.length() + next))).appendBuffer(before);
        }

        byte[] bytes() {
            Buffer whole = all;
            return whole == null ? NONE : whole.getBytes();
        }
    }
}
