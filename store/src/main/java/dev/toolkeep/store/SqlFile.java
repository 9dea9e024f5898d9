package dev.toolkeep.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/// The SQLite file on its disk: made for its owner alone, and whole.
final class SqlFile {
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private SqlFile() {}

    /// The data file in `folder`, both made when they are not there. SQLite gives its own side files the mode of this
    /// one.
    static Path prepare(Path folder) {
        Path file = folder.resolve(SqlStore.FILE);
        try {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            Files.createDirectories(folder, attributes(posix, OWNER_FOLDER));
            try {
                Files.createFile(file, attributes(posix, OWNER_FILE));
            } catch (FileAlreadyExistsException e) {
                if (posix && !Files.getPosixFilePermissions(file).equals(OWNER_FILE)) {
                    Files.setPosixFilePermissions(file, OWNER_FILE);
                }
            }
            if (!Files.isRegularFile(file)) {
                throw new StoreUnusable("The data file " + file + " is not a regular file.");
            }
            if (!Files.isWritable(folder)) {
                throw new IOException("not writable");
            }
            return file;
        } catch (IOException e) {
            throw new StoreUnusable(
                    "The data folder " + folder + " cannot be written; check its owner and mode, or choose another.",
                    e);
        }
    }

    private static FileAttribute<?>[] attributes(boolean posix, Set<PosixFilePermission> mode) {
        return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }

    /// Reads the whole file once, so that damage is found at the start and not in the middle of somebody's call.
    static void check(DataSource source, Path file, SqlFailures failures) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet verdict = statement.executeQuery("pragma quick_check(1)")) {
            if (!verdict.next() || !"ok".equals(verdict.getString(1))) {
                throw new StoreUnusable(SqlFailures.damaged(file));
            }
        } catch (SQLException e) {
            throw failures.explained(new IllegalStateException(e));
        }
    }
}
