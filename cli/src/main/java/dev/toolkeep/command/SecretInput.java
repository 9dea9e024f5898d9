package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.terminal.Person;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a secret's value: from a file, from a person who types it unseen, or from standard input. One line end after
/// it is not part of it. Nothing of it is ever printed.
final class SecretInput {
    private static final int MOST = 64 << 10;

    private SecretInput() {}

    /// Whoever takes it closes it.
    static Secret read(Desk desk, @Nullable Path file, String name) throws Failed {
        byte[] value;
        try {
            if (file != null) {
                warn(file, desk::note);
                try (InputStream in = Files.newInputStream(file)) {
                    value = in.readNBytes(MOST + 3);
                }
            } else if (desk.person().there()) {
                value = typed(desk.person(), name);
            } else {
                value = desk.in().readNBytes(MOST + 3);
            }
        } catch (IOException e) {
            String from = file == null ? "standard input" : String.valueOf(file);
            throw Failed.with("unreadable", "the value cannot be read from " + from, "see that it is there");
        }
        return Secret.take(checked(value));
    }

    private static byte[] typed(Person person, String name) throws IOException {
        char[] typed = person.hidden().read("Value of " + name + " (not shown): ");
        if (typed == null) {
            return new byte[0];
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(typed));
        byte[] value = new byte[bytes.remaining()];
        bytes.get(value);
        bytes.clear().put(new byte[bytes.capacity()]);
        Arrays.fill(typed, '\0');
        return value;
    }

    /// The value without its line end, when it can be one.
    private static byte[] checked(byte[] read) throws Failed {
        int end = read.length;
        if (end > 0 && read[end - 1] == '\n') {
            end -= end > 1 && read[end - 2] == '\r' ? 2 : 1;
        }
        byte[] value = Arrays.copyOf(read, end);
        Arrays.fill(read, (byte) 0);
        String problem = value.length == 0 ? "the value is empty" : value.length > MOST ? "the value is too long" : "";
        if (problem.isEmpty() && !utf8(value)) {
            problem = "the value is not UTF-8 text";
        }
        if (!problem.isEmpty()) {
            Arrays.fill(value, (byte) 0);
            throw Failed.with("invalid", problem, "a secret is text of at most 64 KiB");
        }
        return value;
    }

    private static boolean utf8(byte[] value) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            if (text.hasArray()) {
                Arrays.fill(text.array(), '\0');
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void warn(Path file, Consumer<String> notes) throws IOException {
        try {
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
            if (modes.contains(PosixFilePermission.GROUP_READ) || modes.contains(PosixFilePermission.OTHERS_READ)) {
                notes.accept("warning: " + file + " can be read by others; remove it when you are done");
            }
        } catch (UnsupportedOperationException e) {
            notes.accept("warning: nobody can tell who may read " + file + "; remove it when you are done");
        }
    }
}
