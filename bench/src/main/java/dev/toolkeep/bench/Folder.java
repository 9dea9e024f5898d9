package dev.toolkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder for one measurement, under the working directory: on the disk that is to be measured.
record Folder(Path path) implements AutoCloseable {
    static Folder make(String name) throws IOException {
        return new Folder(Files.createTempDirectory(Path.of("."), name + "-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
