package dev.toolkeep.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// Where a client's keys and journal lie.
///
/// @param passing whether it goes with the client
record Folder(Path path, boolean passing) implements AutoCloseable {
    /// The folder asked for, made when absent; a private temporary one when none is.
    ///
    /// @throws BadConfig when it cannot be made
    static Folder of(@Nullable Path asked) {
        try {
            return asked == null
                    ? new Folder(Files.createTempDirectory("toolkeep-client-"), true)
                    : new Folder(Files.createDirectories(asked.toAbsolutePath()), false);
        } catch (IOException e) {
            throw new BadConfig("the folder for keys and journal cannot be made");
        }
    }

    @Override
    public void close() {
        if (!passing) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes about) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException broke) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder of the client could not be removed", e);
        }
    }
}
