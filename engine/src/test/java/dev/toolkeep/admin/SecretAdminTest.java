package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static dev.toolkeep.admin.OpenRooms.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.journal.Written;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.secret.Secret;
import dev.toolkeep.vault.SealedSecret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretAdminTest {
    private OpenRooms open;
    private SecretAdmin secrets;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        open = OpenRooms.open(folder);
        secrets = open.rooms().secrets();
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void settingAgainRotates() throws Exception {
        assertThat(set("TOKEN", "source:pets").replaced()).isFalse();
        SealedSecret first = open.engine().stores().secrets().all().getFirst();
        open.forward(Duration.ofSeconds(5));
        SecretAdmin.Outcome again = set("TOKEN", "source:pets");
        assertThat(again.replaced()).isTrue();
        assertThat(again.kept().created()).isEqualTo(OpenRooms.START.plusSeconds(5));
        assertThat(secrets.list()).containsExactly(again.kept());
        assertThat(open.engine().stores().secrets().all().getFirst()).isNotEqualTo(first);
        assertThat(open.records("secret")).extracting(Written::type).containsExactly("secret.added", "secret.rotated");
    }

    @Test
    void oneNameMayBeGrantedTwice() throws Exception {
        set("TOKEN", "source:pets");
        set("TOKEN", "tool:pets.one");
        secrets.remove(BY, "TOKEN", "source:pets");
        assertThat(secrets.list()).extracting(SecretAdmin.Kept::grant).containsExactly("tool:pets.one");
    }

    @Test
    void namesGrantsAndValuesThatAreNoneAreRefused() {
        for (List<String> order : List.of(
                List.of("", "source:pets", "0123456789"),
                List.of("A-B", "source:pets", "0123456789"),
                List.of("A", "pets", "0123456789"),
                List.of("A", "source:", "0123456789"),
                List.of("A", "tool:pets", "0123456789"),
                List.of("A", "source:../x", "0123456789"),
                List.of("A", "source:pets", "qwrtz"))) {
            Refusal why = refused(() -> secrets.set(BY, order.get(0), order.get(1), Secret.of(order.get(2))));
            assertThat(why.code()).as(order.toString()).isEqualTo(Refusal.Code.INVALID);
            assertThat(why.message()).doesNotContain(order.get(2));
        }
        assertThat(secrets.list()).isEmpty();
    }

    @Test
    void whatIsNotThereCannotBeRemoved() throws Exception {
        set("TOKEN", "source:pets");
        assertThat(refused(() -> secrets.remove(BY, "TOKEN", "source:zoo")).code())
                .isEqualTo(Refusal.Code.NOT_FOUND);
        assertThat(secrets.list()).hasSize(1);
    }

    private SecretAdmin.Outcome set(String name, String grant) throws Exception {
        try (Secret value = Secret.of("correct-horse")) {
            return secrets.set(BY, name, grant, value);
        }
    }
}
