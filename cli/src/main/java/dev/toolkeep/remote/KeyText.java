package dev.toolkeep.remote;

import dev.toolkeep.secret.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/// A caller's key (`tk_…`) as it lies in a file or a variable. From a file it is taken only when nobody but its owner
/// can read or write it.
public final class KeyText {
    private static final int LONGEST = 512;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private KeyText() {}

    /// The key in `file`. Whoever takes it closes it.
    ///
    /// @param what what the file is, for messages: `the operator's token`
    public static Secret read(Path file, String what) throws Failed {
        try {
            PosixFileAttributes facts =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!facts.isRegularFile()) {
                throw unfit(what + " " + file + " is not a regular file", "name the file itself, not a link to it");
            }
            if (!OWNER_ONLY.containsAll(facts.permissions())) {
                throw unfit(
                        what + " " + file + " is open to others (" + PosixFilePermissions.toString(facts.permissions())
                                + "), so it is not used",
                        "chmod 600 it, and renew the key: others may have read it");
            }
            return key(bytes(file), what + " " + file);
        } catch (NoSuchFileException e) {
            throw unfit(
                    what + " " + file + " is not there", "`toolkeep start` writes it; or name the folder: --data DIR");
        } catch (IOException | UnsupportedOperationException e) {
            throw unfit(what + " " + file + " cannot be read", "run this as the user that runs Toolkeep");
        }
    }

    /// The key in a text that came another way. Whoever takes it closes it.
    public static Secret of(String text, String what) throws Failed {
        return key(text.getBytes(StandardCharsets.UTF_8), what);
    }

    private static byte[] bytes(Path file) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel in = FileChannel.open(file, options)) {
            ByteBuffer read = ByteBuffer.allocate(LONGEST);
            while (read.hasRemaining() && in.read(read) >= 0) {}
            byte[] text = Arrays.copyOf(read.array(), read.position());
            Arrays.fill(read.array(), (byte) 0);
            return text;
        }
    }

    /// One word that fits into a header, without the line's end.
    private static Secret key(byte[] text, String what) throws Failed {
        int end = text.length;
        while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r' || text[end - 1] == ' ')) {
            end--;
        }
        boolean word = end > 3 && end < LONGEST && text[0] == 't' && text[1] == 'k' && text[2] == '_';
        for (int i = 0; i < end; i++) {
            word &= text[i] > ' ' && text[i] < 0x7f;
        }
        byte[] key = Arrays.copyOf(text, end);
        Arrays.fill(text, (byte) 0);
        if (!word) {
            Arrays.fill(key, (byte) 0);
            throw unfit(what + " holds no key", "a key begins with tk_ and is alone in its file");
        }
        return Secret.take(key);
    }

    private static Failed unfit(String message, String advice) {
        return Failed.with("key_unusable", message, advice);
    }
}
