package dev.toolkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.testkit.contract.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
    @TempDir
    private Path folder;

    @Test
    void theFileAndItsFolderAreTheirOwnersAlone() throws IOException {
        Path data = folder.resolve("a/data");
        try (SqlStore store = SqlStore.sqlite(data)) {
            store.catalog().save(Samples.source("pets"));

            assertThat(mode(data)).isEqualTo("rwx------");
            assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
            try (var files = Files.list(data)) {
                assertThat(files.toList())
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void anOlderFileThatOthersCouldReadIsClosedToThem() throws IOException {
        SqlStore.sqlite(folder).close();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        SqlStore.sqlite(folder).close();

        assertThat(mode(file())).isEqualTo("rw-------");
    }

    @Test
    void aSecondStartFindsWhatTheFirstSaved() {
        ToolVersion version = Samples.version("pets.list", "x");
        try (SqlStore store = SqlStore.sqlite(folder)) {
            store.catalog().save(Samples.source("pets"));
            store.catalog().saveVersions(List.of(version));
            store.catalog().saveStandings(List.of(Samples.standing(version)));
        }

        try (SqlStore store = SqlStore.sqlite(folder)) {
            assertThat(store.catalog().sources()).containsExactly(Samples.source("pets"));
            assertThat(store.catalog().standings()).containsExactly(Samples.standing(version));
            assertThat(store.catalog().version(version.digest())).contains(version);
        }
    }

    @Test
    void twoProgramsOnOneFileBothSave() {
        try (SqlStore one = SqlStore.sqlite(folder);
                SqlStore two = SqlStore.sqlite(folder)) {
            List<Thread> threads = IntStream.range(0, 4)
                    .mapToObj(i -> Thread.ofPlatform().start(() -> {
                        for (int round = 0; round < 25; round++) {
                            (i % 2 == 0 ? one : two).catalog().save(Samples.source("s" + i + "-" + round));
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(one.catalog().sources()).hasSize(100);
            assertThat(two.catalog().sources()).hasSize(100);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFolderThatCannotBeMadeOrWrittenIsOneClearSentence() throws IOException {
        Path blocked = Files.createFile(folder.resolve("a-file"));
        assertThatThrownBy(() -> SqlStore.sqlite(blocked.resolve("data")))
                .isInstanceOf(StoreUnusable.class)
                .hasMessage("The data folder " + blocked.resolve("data")
                        + " cannot be written; check its owner and mode, or choose another.");

        Path unwritable = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(unwritable), "needs /proc, which not even root can write");
        assertThatThrownBy(() -> SqlStore.sqlite(unwritable))
                .isInstanceOf(StoreUnusable.class)
                .hasMessageContaining("/proc/self cannot be written");
    }

    @Test
    void aFolderInThePlaceOfTheFileIsOneClearSentence() throws IOException {
        Files.createDirectory(file());

        assertThatThrownBy(() -> SqlStore.sqlite(folder))
                .isInstanceOf(StoreUnusable.class)
                .hasMessage("The data file " + file() + " is not a regular file.");
    }

    @Test
    void aFileThatIsNotSqliteIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(file(), "This is my diary, not a database. ".repeat(200));

        assertDamaged();

        assertThat(Files.readString(file())).startsWith("This is my diary");
    }

    @Test
    void aFileCutInTheMiddleIsRefused() throws IOException {
        fill();
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }

        assertDamaged();
    }

    @Test
    void aFileWithAnOverwrittenPageIsRefused() throws IOException {
        fill();
        byte[] junk = new byte[4096];
        new Random(7).nextBytes(junk);
        int pages = (int) (Files.size(file()) / 4096);
        // Every page but the header's, which another test has: each alone must be noticed, whatever it holds.
        byte[] whole = Files.readAllBytes(file());
        for (int page = 1; page < Math.min(pages, 12); page++) {
            Files.write(file(), whole);
            try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(junk), page * 4096L);
            }

            assertDamaged();
        }
    }

    private void fill() {
        try (SqlStore store = SqlStore.sqlite(folder)) {
            store.catalog()
                    .saveVersions(IntStream.range(0, 500)
                            .mapToObj(i -> Samples.version("pets.t" + i, "tool " + i))
                            .toList());
        }
    }

    private void assertDamaged() {
        assertThatThrownBy(() -> SqlStore.sqlite(folder))
                .isInstanceOf(StoreUnusable.class)
                .hasMessage("The data file " + file()
                        + " is damaged or not a SQLite file; put it aside and restore a backup.");
    }

    private Path file() {
        return folder.resolve(SqlStore.FILE);
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
