package dev.toolkeep.start;

import dev.toolkeep.secret.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/// A file of mode 0600 that holds one secret as text, for people and their programs to read.
final class SecretFile {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int MOST_BYTES = 4096;

    private SecretFile() {}

    /// Writes a new file, whole or not at all.
    static void write(Path file, Secret secret) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        byte[] line = (secret.reveal() + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel out = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            ByteBuffer left = ByteBuffer.wrap(line);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// What the file holds, without the end of its line.
    static Secret read(Path file) throws CannotStart, IOException {
        requirePrivate(file);
        if (Files.size(file) > MOST_BYTES) {
            throw new CannotStart("the secret file " + file + " is larger than " + MOST_BYTES + " bytes");
        }
        return Secret.of(Files.readString(file).stripTrailing());
    }

    /// Refuses a file that anybody but its owner may read or write, or that is none.
    static void requirePrivate(Path file) throws CannotStart, IOException {
        PosixFileAttributes facts = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!facts.isRegularFile()) {
            throw new CannotStart("the secret file " + file + " must be a regular file, not a link or a folder");
        }
        if (!OWNER_ONLY.containsAll(facts.permissions())) {
            throw new CannotStart("the secret file " + file + " is open to others ("
                    + PosixFilePermissions.toString(facts.permissions()) + "); run `chmod 600 " + file
                    + "`, and renew what it protects if somebody may have read it");
        }
    }
}
