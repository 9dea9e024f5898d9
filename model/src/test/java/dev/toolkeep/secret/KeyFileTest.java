package dev.toolkeep.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path folder;

    @Test
    void aNewKeyIsItsOwnersAloneAndReadBackTheSame() throws IOException {
        Path file = folder.resolve("vault.key");
        byte[] key = KeyFile.open(file, "vault", random);
        assertThat(key).hasSize(32);
        assertThat(KeyFile.open(file, "vault", random)).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file))
                .containsExactly("toolkeep vault key 1", Base64.getEncoder().encodeToString(key));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileOpenToOthersIsRefused() throws IOException {
        Path file = folder.resolve("vault.key");
        KeyFile.open(file, "vault", random);
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx------", "rw-r--r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            refused(file, "open to others", mode, "chmod 600");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        KeyFile.open(file, "vault", random);
    }

    @Test
    void aLinkAFolderAndAMissingFolderAreRefused() throws IOException {
        Path file = folder.resolve("vault.key");
        KeyFile.open(file, "vault", random);
        refused(Files.createSymbolicLink(folder.resolve("link"), file), "regular file");
        refused(Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("gone")), "regular file");
        refused(Files.createDirectory(folder.resolve("dir")), "regular file");
        refused(folder.resolve("no/such/folder.key"), "folder does not exist");
    }

    @Test
    void aKeyOfAnotherPurposeVersionOrLengthIsRefused() throws IOException {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        refused(written("toolkeep pepper key 1\n" + key), "toolkeep vault key 1");
        refused(written("toolkeep vault key 2\n" + key), "toolkeep vault key 1");
        refused(written("toolkeep vault key 1\n" + Base64.getEncoder().encodeToString(new byte[31])), "32 bytes", "31");
        refused(written("toolkeep vault key 1\n" + Base64.getEncoder().encodeToString(new byte[33])), "32 bytes", "33");
        refused(written("toolkeep vault key 1\n"), "32 bytes", "0");
        refused(written("toolkeep vault key 1\n???"), "base64");
        refused(written(""), "does not start with");
        KeyFile.open(written("toolkeep vault key 1\n" + key + "\n"), "vault", random);
    }

    @Test
    void noBytesOfAFileMakeAnythingButAKeyOrARefusal() throws IOException {
        Random seeded = new Random(3);
        byte[] good = Files.readAllBytes(
                written("toolkeep vault key 1\n" + Base64.getEncoder().encodeToString(new byte[32])));
        Path file = folder.resolve("fuzz.key");
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = java.util.Arrays.copyOf(good, seeded.nextInt(good.length + 300));
            for (int edit = seeded.nextInt(4); edit > 0 && bytes.length > 0; edit--) {
                bytes[seeded.nextInt(bytes.length)] = (byte) seeded.nextInt(256);
            }
            Files.write(file, bytes);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            try {
                assertThat(KeyFile.open(file, "vault", random)).hasSize(32);
            } catch (IOException expected) {
                assertThat(expected.getMessage()).contains("vault key file");
            }
        }
    }

    private Path written(String text) throws IOException {
        Path file = folder.resolve("written.key");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void refused(Path file, String... words) {
        assertThatIOException()
                .isThrownBy(() -> KeyFile.open(file, "vault", random))
                .satisfies(no -> assertThat(no.getMessage()).contains(words).doesNotContain("\n"));
    }
}
