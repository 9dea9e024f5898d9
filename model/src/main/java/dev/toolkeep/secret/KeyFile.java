package dev.toolkeep.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/// A file that holds one 32-byte key for one purpose, readable and writable by its owner alone (mode 0600).
///
/// Two lines of ASCII: `toolkeep PURPOSE key 1`, then the key in base64. A file that anybody else may read or write, a
/// symbolic link, another purpose or version, a wrong length: each is refused with one sentence that says what to do,
/// and nothing of the key. A file system without POSIX permissions is refused too, since there nobody can tell who
/// reads.
public final class KeyFile {
    private static final int KEY_BYTES = 32;
    private static final int MOST_BYTES = 256;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyFile() {}

    /// The key in `file`; a new random one is written first when there is no such file. Whoever calls wipes the array.
    ///
    /// @param purpose one lower-case word, part of the first line, so that one key file never stands in for another
    /// @throws IOException when the file cannot be made, read or trusted
    public static byte[] open(Path file, String purpose, SecureRandom random) throws IOException {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                create(file, purpose, random);
            }
            return read(file, purpose);
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    purpose + " key file " + file + " lies on a file system without POSIX permissions", e);
        } catch (NoSuchFileException e) {
            throw new IOException(purpose + " key file " + file + ": its folder does not exist", e);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException(purpose + " key file " + file + " cannot be used: " + reason, e);
        }
    }

    /// Written whole and forced to disk under another name first, so a crash never leaves half a key, and two who start
    /// at once agree on one.
    private static void create(Path file, String purpose, SecureRandom random) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(purpose + " key file " + file + " must be a file in a folder");
        }
        Path fresh = folder.resolve(file.getFileName() + "." + Long.toHexString(random.nextLong()) + ".new");
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        byte[] text =
                (header(purpose) + Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            try (FileChannel out = FileChannel.open(fresh, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
                ByteBuffer left = ByteBuffer.wrap(text);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            publish(fresh, file);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(text, (byte) 0);
            Files.deleteIfExists(fresh);
        }
        try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    private static void publish(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was quicker; theirs is the key.
            return;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No hard links here: the move could replace a rival's key, which the data folder's own lock prevents.
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static byte[] read(Path file, String purpose) throws IOException {
        PosixFileAttributes facts = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!facts.isRegularFile()) {
            throw new IOException(purpose + " key file " + file + " must be a regular file, not a link or a folder");
        }
        if (!OWNER_ONLY.containsAll(facts.permissions())) {
            throw new IOException(purpose + " key file " + file + " is open to others ("
                    + PosixFilePermissions.toString(facts.permissions())
                    + "): chmod 600 it, and renew what it protected");
        }
        byte[] text = bytes(file);
        try {
            return parse(text, file, purpose);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        Set<java.nio.file.OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel in = FileChannel.open(file, options)) {
            ByteBuffer read = ByteBuffer.allocate((int) Math.min(in.size(), MOST_BYTES));
            while (read.hasRemaining() && in.read(read) >= 0) {}
            byte[] text = Arrays.copyOf(read.array(), read.position());
            Arrays.fill(read.array(), (byte) 0);
            return text;
        }
    }

    private static byte[] parse(byte[] text, Path file, String purpose) throws IOException {
        byte[] header = header(purpose).getBytes(StandardCharsets.US_ASCII);
        if (text.length < header.length || !Arrays.equals(text, 0, header.length, header, 0, header.length)) {
            throw new IOException(purpose + " key file " + file + " does not start with the line \""
                    + header(purpose).strip() + "\"");
        }
        int end = text.length;
        while (end > header.length && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
            end--;
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(Arrays.copyOfRange(text, header.length, end));
        } catch (IllegalArgumentException e) {
            throw new IOException(purpose + " key file " + file + ": its second line is not base64", e);
        }
        if (key.length != KEY_BYTES) {
            Arrays.fill(key, (byte) 0);
            throw new IOException(
                    purpose + " key file " + file + " must hold " + KEY_BYTES + " bytes of key, not " + key.length);
        }
        return key;
    }

    private static String header(String purpose) {
        return "toolkeep " + purpose + " key 1\n";
    }
}
