package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.secret.Secret;
import dev.toolkeep.vault.SealedSecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each weakness is named while it is there, and not before.
class DoctorTest {
    private OpenRooms open;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        open = OpenRooms.open(folder);
        Files.setPosixFilePermissions(open.folder(), PosixFilePermissions.fromString("rwx------"));
        open.rooms().policy().save(BY, "rules: []", 0);
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void whereAllIsWellNothingIsFound() throws Exception {
        open.source("pets", "one");
        open.rooms().tools().approve(BY, List.of(open.seen("pets.one")), null, false);
        open.rooms().agents().mint(BY, added("boss"), null);
        assertThat(rules()).isEmpty();
    }

    @Test
    void aFolderOrKeyOpenToOthersIsFound() throws Exception {
        Files.setPosixFilePermissions(open.folder(), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(open.folder().resolve("vault.key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThat(rules()).containsExactly("key-open-to-others", "data-open-to-others");
    }

    @Test
    void aJournalThatCannotBeWrittenIsFound() {
        open.engine().journal().close();
        assertThat(rules()).containsExactly("journal-broken");
    }

    @Test
    void whatWaitsDriftedOrExpiredIsFound() throws Exception {
        open.source("pets", "one", "two", "three");
        open.rooms().tools().approve(BY, List.of(open.seen("pets.one")), null, false);
        open.rooms().tools().approve(BY, List.of(open.seen("pets.two")), OpenRooms.START.plusSeconds(5), false);
        open.manual("pets", "one=other", "two", "three");
        open.rooms().sources().refresh(BY, "pets");
        open.forward(Duration.ofSeconds(5));
        assertThat(rules()).containsExactly("tools-drifted", "tools-expired", "tools-pending");
    }

    @Test
    void aSourceThatCannotBeReadIsFoundUntilItCan() throws Exception {
        open.source("pets");
        Path manual = open.manual("pets");
        Files.delete(manual);
        open.rooms().sources().refresh(BY, "pets");
        assertThat(rules()).containsExactly("source-unreadable");
        open.manual("pets");
        open.rooms().sources().refresh(BY, "pets");
        assertThat(rules()).isEmpty();
    }

    @Test
    void anOldKeyIsFound() throws Exception {
        open.rooms().agents().mint(BY, added("boss"), null);
        open.forward(Duration.ofDays(181));
        assertThat(rules()).containsExactly("key-old");
    }

    @Test
    void aSecretForNobodyOrThatDoesNotOpenIsFound() throws Exception {
        open.source("pets");
        open.rooms().secrets().set(BY, "TOKEN", "source:gone", Secret.of("0123456789"));
        assertThat(rules()).containsExactly("secret-unused");
        SealedSecret sealed = open.engine().stores().secrets().all().getFirst();
        open.engine().stores().secrets().save(moved(sealed));
        assertThat(rules()).containsExactly("secret-sealed-otherwise", "secret-unused");
    }

    @Test
    void withoutAPolicyThatIsFound(@TempDir Path other) throws Exception {
        try (OpenRooms fresh = OpenRooms.open(other)) {
            assertThat(fresh.rooms().doctor().findings())
                    .extracting(Finding::rule)
                    .contains("no-policy");
        }
    }

    @Test
    void everyFindingSaysWhatToDo() throws Exception {
        open.engine().journal().close();
        Files.setPosixFilePermissions(open.folder(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(open.rooms().doctor().findings()).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.message()).isNotEmpty();
            assertThat(finding.advice()).isNotEmpty();
        });
    }

    private String added(String id) throws Exception {
        open.operator(id);
        return id;
    }

    private static SealedSecret moved(SealedSecret sealed) {
        return new SealedSecret(sealed.name(), "source:pets", sealed.ciphertext(), sealed.created());
    }

    private List<String> rules() {
        return open.rooms().doctor().findings().stream().map(Finding::rule).toList();
    }
}
