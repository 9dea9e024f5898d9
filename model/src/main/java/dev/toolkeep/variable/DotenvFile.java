package dev.toolkeep.variable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A dotenv file, read once: lines `NAME=value`, `export NAME=value`, comments that start with `#`. A value in single
/// quotes is taken as it stands; in double quotes `\n`, `\r`, `\t`, `\"`, `\\` and `\$` are what they say; without
/// quotes it ends before ` #` and the spaces around it are not part of it. Nothing is expanded. Of two lines with one
/// name the last counts. At most 1 MiB and 10,000 names; messages name the line, never a value.
///
/// A file that everybody may read, or others than its owner change, is refused: it holds secrets.
public final class DotenvFile implements VariableSource {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_NAMES = 10_000;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Map<String, String> values;

    private DotenvFile(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /// @throws IOException one sentence: the file is not there, is open to others, or line N of it is no assignment
    public static DotenvFile read(Path file) throws IOException {
        requireClosed(file);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no dotenv file " + file, e);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException("the dotenv file " + file + " is larger than 1 MiB");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return parse(text, "the dotenv file " + file);
        } catch (CharacterCodingException e) {
            throw new IOException("the dotenv file " + file + " is not UTF-8 text", e);
        }
    }

    /// @param called what messages call the text
    static DotenvFile parse(String text, String called) throws IOException {
        Map<String, String> values = new HashMap<>();
        String[] lines = text.split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String assignment = line.startsWith("export ") ? line.substring(7).strip() : line;
            int equals = assignment.indexOf('=');
            String name = equals < 0 ? "" : assignment.substring(0, equals).strip();
            String value =
                    equals < 0 ? null : value(assignment.substring(equals + 1).strip());
            if (value == null || !flatName(name)) {
                throw new IOException(called + ": line " + (i + 1) + " is not NAME=value");
            }
            values.put(name, value);
            if (values.size() > MOST_NAMES) {
                throw new IOException(called + " holds more than " + MOST_NAMES + " names");
            }
        }
        return new DotenvFile(values);
    }

    @Override
    public @Nullable String value(VariableName name) {
        String value = values.get(name.full());
        return value == null || value.isEmpty() ? null : value;
    }

    @Override
    public String toString() {
        return "a dotenv file of " + values.size() + " names";
    }

    /// Full names are longer than the names in placeholders.
    private static boolean flatName(String name) {
        return name.length() <= 256
                && !name.isEmpty()
                && name.chars().allMatch(c -> c == '_' || (c < 0x80 && Character.isLetterOrDigit(c)));
    }

    /// Null when a quote is not closed, or something stands behind it.
    private static @Nullable String value(String written) {
        if (written.startsWith("'")) {
            int end = written.indexOf('\'', 1);
            return end < 0 || !nothing(written.substring(end + 1)) ? null : written.substring(1, end);
        }
        if (written.startsWith("\"")) {
            return quoted(written);
        }
        int comment = written.startsWith("#") ? 0 : written.indexOf(" #");
        return comment < 0 ? written : written.substring(0, comment).strip();
    }

    private static @Nullable String quoted(String written) {
        StringBuilder value = new StringBuilder(written.length());
        for (int i = 1; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '"') {
                return nothing(written.substring(i + 1)) ? value.toString() : null;
            }
            if (c == '\\' && i + 1 < written.length()) {
                char next = written.charAt(++i);
                switch (next) {
                    case 'n' -> value.append('\n');
                    case 'r' -> value.append('\r');
                    case 't' -> value.append('\t');
                    case '"', '\\', '$' -> value.append(next);
                    default -> value.append(c).append(next);
                }
            } else {
                value.append(c);
            }
        }
        return null;
    }

    private static boolean nothing(String rest) {
        String bare = rest.strip();
        return bare.isEmpty() || bare.startsWith("#");
    }

    private static void requireClosed(Path file) throws IOException {
        try {
            Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
            if (modes.stream().anyMatch(OTHERS::contains)) {
                throw new IOException(
                        "the dotenv file " + file + " can be read or changed by others: chmod 600 " + file);
            }
        } catch (NoSuchFileException e) {
            throw new IOException("there is no dotenv file " + file, e);
        } catch (UnsupportedOperationException e) {
            throw new IOException(
                    "the dotenv file " + file + " lies on a file system where nobody can tell who may read it", e);
        }
    }
}
