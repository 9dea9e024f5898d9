package dev.toolkeep.start;

import dev.toolkeep.wire.Malformed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A data folder that belongs to this process until [#close]: no other Toolkeep uses it meanwhile.
///
/// The claim is two locks in `toolkeep.lock`. The first byte keeps a second Toolkeep out. The second byte is what
/// [#running] looks at: a look shares it for a moment, so a look at the wrong time makes a start wait that moment and
/// never fail. Both go with the process, however it ends, so `server.json` is believed only while they are held.
public final class DataFolder implements AutoCloseable {
    /// Who listens where; there only while somebody does.
    public static final String SERVER = "server.json";

    static final String OPERATOR_TOKEN = "operator.token";
    static final String AGENT_KEY = "agent.key";

    private static final List<String> KEYS =
            List.of("pepper.key", "vault.key", "journal.key", OPERATOR_TOKEN, AGENT_KEY);
    private static final String LOCK = "toolkeep.lock";
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Makes the folder when it is not there (mode 0700) and takes it.
    public static DataFolder claim(Path path) throws CannotStart {
        try {
            make(path);
            if (mine(path).isPresent()) {
                throw taken(path);
            }
            DataFolder folder = new DataFolder(path, lock(path));
            try {
                requirePrivateKeys(path);
                return folder;
            } catch (IOException | CannotStart e) {
                folder.close();
                throw e;
            }
        } catch (UnsupportedOperationException e) {
            throw new CannotStart(
                    "the data folder " + path + " lies on a file system without POSIX permissions, where anybody could "
                            + "read its keys; choose another with --data",
                    e);
        } catch (IOException e) {
            throw CannotStart.of(path, e);
        }
    }

    /// The Toolkeep that has this folder now, once it listens; see [#presence].
    public static Optional<Running> running(Path path) throws IOException {
        return presence(path) instanceof Presence.Listening(Running who) ? Optional.of(who) : Optional.empty();
    }

    /// Who has this folder now. Disturbs nobody and makes nothing, but must not be asked by a process that is itself
    /// opening a house there.
    ///
    /// @throws IOException when the folder cannot be looked at
    public static Presence presence(Path path) throws IOException {
        Optional<Running> mine = mine(path);
        if (mine.isPresent()) {
            return new Presence.Listening(mine.get());
        }
        if (!held(path)) {
            return new Presence.Nobody();
        }
        Optional<Running> other = said(path);
        return other.isPresent() ? new Presence.Listening(other.get()) : new Presence.Opening();
    }

    public Path path() {
        return path;
    }

    /// Says where we listen, for [#running].
    void announce(Running self) throws IOException {
        Path fresh = path.resolve(SERVER + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_FILE));
        Files.write(fresh, self.json(), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(fresh, path.resolve(SERVER), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Lets the folder go.
    @Override
    public void close() throws IOException {
        try (lock) {
            Files.deleteIfExists(path.resolve(SERVER));
        }
    }

    private static void make(Path path) throws IOException, CannotStart {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new CannotStart("the data folder " + path + " is a file, not a folder; choose another with --data");
        }
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(OWNER_FOLDER));
        }
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(path);
        if (modes.contains(PosixFilePermission.GROUP_WRITE) || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new CannotStart("the data folder " + path + " can be written by others ("
                    + PosixFilePermissions.toString(modes) + "); run `chmod 700 " + path + "`");
        }
    }

    /// Refuses keys that somebody else could have read or changed.
    private static void requirePrivateKeys(Path path) throws IOException, CannotStart {
        for (String name : KEYS) {
            Path file = path.resolve(name);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                SecretFile.requirePrivate(file);
            }
        }
    }

    private static FileChannel lock(Path path) throws IOException, CannotStart {
        FileChannel file = FileChannel.open(
                path.resolve(LOCK),
                EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                PosixFilePermissions.asFileAttribute(OWNER_FILE));
        try {
            if (file.tryLock(0, 1, false) == null) {
                throw taken(path);
            }
            Files.deleteIfExists(path.resolve(SERVER));
            file.lock(1, 1, false);
            return file;
        } catch (OverlappingFileLockException e) {
            file.close();
            throw taken(path);
        } catch (IOException | CannotStart e) {
            file.close();
            throw e;
        }
    }

    private static CannotStart taken(Path path) throws IOException {
        String who = said(path).map(other -> " (pid " + other.pid() + ")").orElse("");
        return new CannotStart("another Toolkeep" + who + " has the data folder " + path
                + "; stop that one, or choose another folder with --data");
    }

    /// Whether another process holds the folder.
    private static boolean held(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path.resolve(LOCK), StandardOpenOption.READ);
                FileLock look = file.tryLock(1, 1, true)) {
            return look == null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// What this very process wrote, if it did. It must not look at the lock: closing any handle of a locked file lets
    /// a process's own locks go.
    private static Optional<Running> mine(Path path) throws IOException {
        ProcessHandle self = ProcessHandle.current();
        // The system counts processes' starts from a boot time in whole seconds.
        Instant born = self.info().startInstant().orElse(Instant.now()).minusSeconds(2);
        return said(path)
                .filter(said -> said.pid() == self.pid() && !said.started().isBefore(born));
    }

    private static Optional<Running> said(Path path) throws IOException {
        try {
            return Optional.of(Running.read(Files.readAllBytes(path.resolve(SERVER))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }
}
