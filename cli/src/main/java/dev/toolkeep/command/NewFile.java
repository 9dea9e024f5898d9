package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that a command makes: new, and readable by their owner alone. What is there already is never touched.
final class NewFile {
    private NewFile() {}

    static FileChannel create(Path file) throws Failed {
        try {
            return FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw Failed.with("file_exists", "the file " + file + " is there already", "name a new one");
        } catch (IOException | UnsupportedOperationException e) {
            throw unwritable(file);
        }
    }

    /// The whole of a new file.
    ///
    /// @return `file`
    static Path write(Path file, byte[] content) throws Failed {
        try (FileChannel out = create(file)) {
            Channels.newOutputStream(out).write(content);
            return file;
        } catch (IOException e) {
            throw unwritable(file);
        }
    }

    static Failed unwritable(Path file) {
        return Failed.with("unwritable", "the file " + file + " cannot be written", "name another place");
    }
}
