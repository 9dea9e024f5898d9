package dev.toolkeep.bench;

import java.util.Arrays;
import java.util.Locale;

/// How long something took, a few times over.
final class Timings {
    private final String what;
    private final double[] millis;

    /// Something that is timed.
    @FunctionalInterface
    interface Timed {
        void run() throws Exception;
    }

    private Timings(String what, double[] millis) {
        this.what = what;
        this.millis = millis;
    }

    /// Runs `before`, untimed, and `timed` `times` times.
    static Timings of(String what, int times, Timed before, Timed timed) throws Exception {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            before.run();
            long began = System.nanoTime();
            timed.run();
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return new Timings(what, millis);
    }

    /// What, median, 99th of a hundred, most; in milliseconds.
    String line() {
        return String.format(
                Locale.ROOT,
                "%-62s%10.2f%10.2f%10.2f%8d",
                what,
                millis[millis.length / 2],
                millis[Math.min(millis.length - 1, millis.length * 99 / 100)],
                millis[millis.length - 1],
                millis.length);
    }
}
