package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static dev.toolkeep.admin.OpenRooms.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Minted;
import dev.toolkeep.refusal.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentAdminTest {
    private OpenRooms open;
    private AgentAdmin agents;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        open = OpenRooms.open(folder);
        agents = open.rooms().agents();
        agents.add(BY, Caller.of("ann", Caller.Kind.AGENT, Set.of("agent"), Set.of("read")));
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void aKeyWorksUntilItIsRevokedAndNotAMomentLonger() throws Exception {
        Minted minted = agents.mint(BY, "ann", null);
        String header = "Bearer " + minted.key().reveal();
        assertThat(open.rooms().authenticate(header).caller().id()).isEqualTo("ann");
        agents.revoke(BY, "ann", minted.stored().id());
        assertThat(refused(() -> open.rooms().authenticate(header)).code()).isEqualTo(Refusal.Code.UNAUTHENTICATED);
    }

    @Test
    void aKeyEndsAtItsExpiry() throws Exception {
        String header = "Bearer "
                + agents.mint(BY, "ann", OpenRooms.START.plusSeconds(5)).key().reveal();
        assertThat(open.rooms().authenticate(header).caller().id()).isEqualTo("ann");
        open.forward(Duration.ofSeconds(5));
        assertThat(refused(() -> open.rooms().authenticate(header)).code()).isEqualTo(Refusal.Code.UNAUTHENTICATED);
        assertThat(refused(() -> agents.mint(BY, "ann", OpenRooms.START)).rule())
                .isEqualTo("key-expiry");
    }

    @Test
    void aRemovedCallersKeysOpenNothingEvenWhenTheIdReturns() throws Exception {
        String header = "Bearer " + agents.mint(BY, "ann", null).key().reveal();
        agents.remove(BY, "ann");
        agents.add(BY, Caller.of("ann", Caller.Kind.AGENT, Set.of(), Set.of()));
        assertThat(refused(() -> open.rooms().authenticate(header)).code()).isEqualTo(Refusal.Code.UNAUTHENTICATED);
    }

    @Test
    void otherRightsCountAtOnceAndTheKindStays() throws Exception {
        String header = "Bearer " + agents.mint(BY, "ann", null).key().reveal();
        agents.change(BY, "ann", Set.of("other"), Set.of());
        assertThat(open.rooms().authenticate(header).caller())
                .isEqualTo(Caller.of("ann", Caller.Kind.AGENT, Set.of("other"), Set.of()));
    }

    @Test
    void aKeysTextIsNowhereButInTheAnswer() throws Exception {
        Minted minted = agents.mint(BY, "ann", null);
        assertThat(open.records(""))
                .noneMatch(record ->
                        record.json().toString().contains(minted.key().reveal().substring(16)));
        assertThat(open.records("key.minted").getFirst().text("key"))
                .isEqualTo(minted.stored().id());
        assertThat(agents.show("ann").keys().getFirst().hmac())
                .doesNotContain(minted.key().reveal().substring(16));
    }

    @Test
    void theLastOperatorsLastLiveKeyStays() throws Exception {
        open.operator("boss");
        String only = agents.mint(BY, "boss", null).stored().id();
        assertThat(refused(() -> agents.revoke(BY, "boss", only)).rule()).isEqualTo("last-operator");
        assertThat(refused(() -> agents.remove(BY, "boss")).rule()).isEqualTo("last-operator");
        agents.mint(BY, "boss", OpenRooms.START.plusSeconds(5));
        open.forward(Duration.ofSeconds(5));
        assertThat(refused(() -> agents.revoke(BY, "boss", only)).rule()).isEqualTo("last-operator");
        agents.mint(BY, "boss", null);
        agents.revoke(BY, "boss", only);
    }

    @Test
    void revokingTwiceChangesNothing() throws Exception {
        String key = agents.mint(BY, "ann", null).stored().id();
        agents.revoke(BY, "ann", key);
        AgentState once = agents.show("ann");
        open.forward(Duration.ofSeconds(5));
        assertThat(agents.revoke(BY, "ann", key)).isEqualTo(once);
        assertThat(open.records("key.revoked")).hasSize(1);
    }

    @Test
    void anothersKeyIsNotTheirs() throws Exception {
        agents.add(BY, Caller.of("bob", Caller.Kind.AGENT, Set.of(), Set.of()));
        String key = agents.mint(BY, "ann", null).stored().id();
        assertThat(refused(() -> agents.revoke(BY, "bob", key)).rule()).isEqualTo("unknown-key");
    }

    @Test
    void rolesAndScopesAreWordsAndNotTooMany() {
        for (String word : List.of("", "a b", "a\n", "-a", "\u00e9", "a".repeat(65))) {
            assertThat(refused(() -> agents.change(BY, "ann", Set.of(word), Set.of()))
                            .code())
                    .isEqualTo(Refusal.Code.INVALID);
            assertThat(refused(() -> agents.change(BY, "ann", Set.of(), Set.of(word)))
                            .code())
                    .isEqualTo(Refusal.Code.INVALID);
        }
        Set<String> many = new HashSet<>();
        for (int i = 0; i < 65; i++) {
            many.add("r" + i);
        }
        assertThat(refused(() -> agents.change(BY, "ann", many, Set.of())).code())
                .isEqualTo(Refusal.Code.INVALID);
    }

    @Test
    void keysHaveABound() throws Exception {
        for (int i = 0; i < 100; i++) {
            agents.mint(BY, "ann", null);
        }
        assertThat(refused(() -> agents.mint(BY, "ann", null)).rule()).isEqualTo("keys-many");
    }
}
