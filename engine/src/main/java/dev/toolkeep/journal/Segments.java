package dev.toolkeep.journal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The journal's files: `<number of the first record, 20 digits>.jsonl`, in order.
final class Segments {
    private Segments() {}

    static Path file(Path folder, long first) {
        return folder.resolve("%020d.jsonl".formatted(first));
    }

    static long first(Path file) {
        return Long.parseLong(String.valueOf(file.getFileName()).substring(0, 20));
    }

    static List<Path> in(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jsonl")) {
            for (Path file : all) {
                if (String.valueOf(file.getFileName()).matches("[0-9]{20}\\.jsonl")) {
                    files.add(file);
                }
            }
        }
        files.sort(null);
        return files;
    }
}
