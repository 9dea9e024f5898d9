package dev.toolkeep.protocol.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What a program writes, read on a thread of its own and kept up to a bound.
final class Capture {
    /// How long the last of it may take to arrive when the program has ended.
    private static final long LAST = 2000;

    private final InputStream in;
    private final int most;
    private final boolean last;
    private final Runnable over;
    private final CountDownLatch end = new CountDownLatch(1);
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private Capture(InputStream in, int most, boolean last, Runnable over) {
        this.in = in;
        this.most = most;
        this.last = last;
        this.over = over;
    }

    /// Keeps the first `most` bytes; `over` runs when there are more, and reading ends.
    static Capture first(InputStream in, int most, Runnable over, String thread) {
        return new Capture(in, most, false, over).start(thread);
    }

    /// Keeps the last `most` bytes and reads on whatever comes.
    static Capture last(InputStream in, int most, String thread) {
        return new Capture(in, most, true, () -> {}).start(thread);
    }

    private Capture start(String thread) {
        Thread.ofPlatform().daemon().name(thread).start(this::read);
        return this;
    }

    /// All that was kept, once the program has closed its side; what a process that escaped still holds open is given
    /// up soon.
    byte[] whole() {
        try {
            boolean _ = end.await(LAST, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (kept) {
            byte[] all = kept.toByteArray();
            return all.length <= most ? all : Arrays.copyOfRange(all, all.length - most, all.length);
        }
    }

    private void read() {
        byte[] chunk = new byte[8192];
        try (in) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (!keep(chunk, n)) {
                    over.run();
                    return;
                }
            }
        } catch (IOException e) {
            // Gone with the program.
        } finally {
            end.countDown();
        }
    }

    private boolean keep(byte[] chunk, int n) {
        synchronized (kept) {
            if (!last && kept.size() + n > most) {
                return false;
            }
            kept.write(chunk, 0, n);
            if (last && kept.size() > 4 * (most + chunk.length)) {
                byte[] all = kept.toByteArray();
                kept.reset();
                kept.write(all, all.length - most, most);
            }
            return true;
        }
    }
}
