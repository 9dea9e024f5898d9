package dev.toolkeep.start;

import java.nio.file.Path;

/// A process that takes a data folder and lets it go, many times over.
public final class Claiming {
    static final int TIMES = 2_000;

    private Claiming() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of("data").toAbsolutePath();
        for (int i = 0; i < TIMES; i++) {
            DataFolder.claim(folder).close();
        }
        System.out.println("claimed " + TIMES + " times");
    }
}
