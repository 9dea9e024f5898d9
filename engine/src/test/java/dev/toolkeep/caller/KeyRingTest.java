package dev.toolkeep.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Caller AGENT = Caller.of("agent-1", Caller.Kind.AGENT, Set.of(), Set.of());

    @TempDir
    Path folder;

    private Keys keys;

    @BeforeEach
    void open() throws IOException {
        keys = Keys.open(folder.resolve("pepper.key"));
    }

    @Test
    void aMintedKeyProvesItsCaller() throws Refused {
        Minted minted = keys.mint("agent-1", NOW, null);
        String key = minted.key().reveal();
        assertThat(key).matches("tk_[a-z2-7]{12}_[A-Za-z0-9_-]{43}");
        Authenticated who = ring(minted.stored()).authenticate("Bearer " + key, NOW);
        assertThat(who.caller()).isSameAs(AGENT);
        assertThat(who.keyId()).isEqualTo(minted.stored().id());
        assertThat(ring(minted.stored()).authenticate("bearer " + key, NOW).keyId())
                .isEqualTo(minted.stored().id());
    }

    @Test
    void nothingStoredHoldsTheSecret() {
        Minted minted = keys.mint("agent-1", NOW, null);
        String secret = minted.key().reveal().substring(16);
        assertThat(minted.stored().toString()).doesNotContain(secret);
        assertThat(minted.toString()).doesNotContain(secret);
        assertThat(minted.stored().hmac()).matches("[0-9a-f]{64}");
    }

    @Test
    void everyReasonGetsTheSameAnswer() throws Refused {
        Minted minted = keys.mint("agent-1", NOW, null);
        Minted expired = keys.mint("agent-1", NOW.minusSeconds(60), NOW);
        Minted other = keys.mint("nobody", NOW, null);
        StoredKey s = keys.mint("agent-1", NOW, null).stored();
        Minted revokedMint = keys.mint("agent-1", NOW, null);
        StoredKey r = revokedMint.stored();
        StoredKey revoked = new StoredKey(r.id(), r.caller(), r.hmac(), r.created(), null, NOW);
        StoredKey broken = new StoredKey("aaaaaaaaaaaa", "agent-1", "zz", NOW, null, null);
        KeyRing ring = KeyRing.of(
                List.of(AGENT), List.of(minted.stored(), expired.stored(), other.stored(), s, revoked, broken), keys);
        String key = minted.key().reveal();
        ring.authenticate("Bearer " + key, NOW);

        Set<Refusal> answers = new HashSet<>();
        answers.add(refused(ring, null));
        for (String header : List.of(
                "",
                "Bearer",
                "Bearer ",
                key,
                "Basic " + key,
                "Bearer  " + key,
                "Bearer " + key + " ",
                "Bearer " + key.substring(0, key.length() - 1),
                "Bearer " + flipped(key),
                "Bearer tk_" + s.id() + key.substring(15),
                "Bearer tk_aaaaaaaaaaaa" + key.substring(15),
                "Bearer tk_bbbbbbbbbbbb" + key.substring(15),
                "Bearer " + expired.key().reveal(),
                "Bearer " + revokedMint.key().reveal(),
                "Bearer " + other.key().reveal(),
                "Bearer " + key.replace("tk_", "TK_"),
                "Bearer " + "x".repeat(59))) {
            answers.add(refused(ring, header));
        }
        assertThat(answers).hasSize(1);
        assertThat(answers.iterator().next().code()).isEqualTo(Refusal.Code.UNAUTHENTICATED);
    }

    @Test
    void aKeyIsGoodUntilTheMomentItExpires() throws Refused {
        Minted minted = keys.mint("agent-1", NOW, NOW.plusSeconds(10));
        KeyRing ring = ring(minted.stored());
        ring.authenticate("Bearer " + minted.key().reveal(), NOW.plusSeconds(10).minusNanos(1));
        assertThat(catchThrowableOfType(
                        Refused.class,
                        () -> ring.authenticate("Bearer " + minted.key().reveal(), NOW.plusSeconds(10))))
                .isNotNull();
    }

    @Test
    void anotherPepperMakesEveryKeyWorthless() throws IOException {
        Minted minted = keys.mint("agent-1", NOW, null);
        KeyRing ring = KeyRing.of(List.of(AGENT), List.of(minted.stored()), Keys.open(folder.resolve("other.key")));
        refused(ring, "Bearer " + minted.key().reveal());
    }

    @Test
    void theSamePepperIsReadAgain() throws IOException, Refused {
        Minted minted = keys.mint("agent-1", NOW, null);
        KeyRing ring = KeyRing.of(List.of(AGENT), List.of(minted.stored()), Keys.open(folder.resolve("pepper.key")));
        ring.authenticate("Bearer " + minted.key().reveal(), NOW);
    }

    @Test
    void anyOtherSpellingOfTheSecretIsAnotherSecret() {
        Minted minted = keys.mint("agent-1", NOW, null);
        String key = minted.key().reveal();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        KeyRing ring = ring(minted.stored());
        for (int i = 0; i < alphabet.length(); i++) {
            String spelled = key.substring(0, key.length() - 1) + alphabet.charAt(i);
            if (!spelled.equals(key)) {
                refused(ring, "Bearer " + spelled);
            }
        }
    }

    @Test
    void noHeaderMakesAnythingButARefusal() {
        Random random = new Random(11);
        KeyRing ring = ring(keys.mint("agent-1", NOW, null).stored());
        for (int round = 0; round < 5_000; round++) {
            StringBuilder header = new StringBuilder(random.nextBoolean() ? "Bearer tk_" : "");
            for (int length = random.nextInt(80); length > 0; length--) {
                header.append((char) random.nextInt(random.nextInt(10) == 0 ? 0x10000 : 0x80));
            }
            refused(ring, header.toString());
        }
    }

    private KeyRing ring(StoredKey... stored) {
        return KeyRing.of(List.of(AGENT), List.of(stored), keys);
    }

    private static String flipped(String key) {
        char c = key.charAt(20);
        return key.substring(0, 20) + (c == 'A' ? 'B' : 'A') + key.substring(21);
    }

    private static Refusal refused(KeyRing ring, @Nullable String header) {
        Refused no = catchThrowableOfType(Refused.class, () -> ring.authenticate(header, NOW));
        assertThat(no).as(header).isNotNull();
        return no.why();
    }
}
