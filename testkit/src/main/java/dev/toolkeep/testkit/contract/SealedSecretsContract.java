package dev.toolkeep.testkit.contract;

import static dev.toolkeep.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.vault.SealedSecret;
import dev.toolkeep.vault.SealedSecrets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [SealedSecrets] does.
public abstract class SealedSecretsContract {
    private SealedSecrets secrets;

    /// Empty, its own for every test.
    protected abstract SealedSecrets open() throws Exception;

    @BeforeEach
    void openSecrets() throws Exception {
        secrets = open();
    }

    @Test
    void aNewOneIsEmpty() {
        assertThat(secrets.all()).isEmpty();
    }

    @Test
    void everyByteOfACiphertextComesBack() {
        byte[] bytes = new byte[70_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        SealedSecret saved = new SealedSecret("KEY", "tool:pets.list", bytes, NOON);

        secrets.save(saved);
        secrets.save(secret("EMPTY", "source:pets"));

        assertThat(secrets.all()).hasSize(2);
        assertThat(secrets.all().getFirst().ciphertext()).isEmpty();
        assertThat(Arrays.equals(secrets.all().getLast().ciphertext(), bytes)).isTrue();
        assertThat(secrets.all().getLast().created()).isEqualTo(NOON);
    }

    @Test
    void secretsComeByNameThenGrant() {
        secrets.save(secret("B", "source:a"));
        secrets.save(secret("A_", "source:a"));
        secrets.save(secret("A", "tool:a.b"));
        secrets.save(secret("A", "source:b"));
        secrets.save(secret("a", "source:a"));

        assertThat(secrets.all())
                .extracting(secret -> secret.name() + " " + secret.grant())
                .containsExactly("A source:b", "A tool:a.b", "A_ source:a", "B source:a", "a source:a");
    }

    @Test
    void savingAgainReplacesTheOneOfThatNameAndGrantAlone() {
        secrets.save(secret("A", "source:a", 1));
        secrets.save(secret("A", "source:b", 2));

        secrets.save(secret("A", "source:a", 3));

        assertThat(secrets.all())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(secret("A", "source:a", 3), secret("A", "source:b", 2));
    }

    @Test
    void removingTakesTheOneOfThatNameAndGrantAlone() {
        secrets.save(secret("A", "source:a"));
        secrets.save(secret("A", "source:b"));
        secrets.save(secret("B", "source:a"));

        secrets.remove("A", "source:a");
        secrets.remove("C", "source:a");

        assertThat(secrets.all())
                .extracting(secret -> secret.name() + " " + secret.grant())
                .containsExactly("A source:b", "B source:a");
    }

    @Test
    void wipingAnArrayDoesNotWipeWhatIsKept() {
        SealedSecret saved = secret("A", "source:a", 1, 2, 3);
        secrets.save(saved);
        Arrays.fill(saved.ciphertext(), (byte) 0);
        Arrays.fill(secrets.all().getFirst().ciphertext(), (byte) 0);

        assertThat(secrets.all().getFirst().ciphertext()).containsExactly(1, 2, 3);
    }

    @Test
    void manyWritersLoseNothing() {
        AtOnce.run(8, writer -> {
            for (int i = 0; i < 20; i++) {
                secrets.save(secret("KEY_" + i, "source:s" + writer, writer, i));
            }
        });

        assertThat(secrets.all()).hasSize(160);
    }

    private static SealedSecret secret(String name, String grant, int... bytes) {
        byte[] ciphertext = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ciphertext[i] = (byte) bytes[i];
        }
        return new SealedSecret(name, grant, ciphertext, NOON);
    }
}
