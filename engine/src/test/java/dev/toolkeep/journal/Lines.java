package dev.toolkeep.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The records of a file as text, without the zeros behind them.
final class Lines {
    private Lines() {}

    static List<String> of(Path file) throws IOException {
        String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int end = all.indexOf('\0');
        return new ArrayList<>((end < 0 ? all : all.substring(0, end)).lines().toList());
    }

    /// How many bytes the records of a file take.
    static int length(byte[] file) {
        int end = 0;
        while (end < file.length && file[end] != 0) {
            end++;
        }
        return end;
    }
}
