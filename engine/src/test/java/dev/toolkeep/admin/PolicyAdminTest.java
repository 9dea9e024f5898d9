package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static dev.toolkeep.admin.OpenRooms.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.policy.Circumstances;
import dev.toolkeep.policy.Effect;
import dev.toolkeep.policy.Explanation;
import dev.toolkeep.policy.Who;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyAdminTest {
    private static final RuleOrder ALLOW =
            new RuleOrder("", Effect.ALLOW, new Who(List.of(), List.of("agent"), List.of()), List.of("keep.*"), "");

    private OpenRooms open;
    private PolicyAdmin policy;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        open = OpenRooms.open(folder);
        policy = open.rooms().policy();
        open.rooms().sources().addBuiltin("keep");
        open.rooms().agents().add(BY, Caller.of("ann", Caller.Kind.AGENT, Set.of("agent"), Set.of()));
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void withoutAPolicyNothingIsAllowed() throws Exception {
        assertThat(explain().allowed()).isFalse();
        assertThat(explain().rule()).isEqualTo("no-rule");
    }

    @Test
    void whatIsSavedIsInForceAtOnceAndRecordedByItsDigest() throws Exception {
        policy.append(BY, ALLOW);
        assertThat(explain().allowed()).isTrue();
        assertThat(explain().rule()).isEqualTo("allow-1");
        assertThat(open.records("policy.rule_added").getFirst().text("digest")).startsWith("sha256:");
    }

    @Test
    void aTextThatDoesNotCompileIsNotSaved() {
        for (String yaml : List.of(
                "rules: 7",
                "nonsense: 1",
                "rules: [{id: a, effect: allow, tools: ['*'], when: '1 +'}]",
                "a: &a [*a]",
                "x".repeat(PolicyAdmin.LONGEST + 1))) {
            assertThat(refused(() -> policy.save(BY, yaml, 0)).code()).isEqualTo(Refusal.Code.INVALID);
            assertThat(policy.check(yaml)).isPresent();
        }
        assertThat(policy.show()).isEmpty();
    }

    @Test
    void itIsSavedOnlyOverTheRevisionThatWasSeen() throws Exception {
        assertThat(policy.save(BY, "rules: []", 0).revision()).isEqualTo(1);
        assertThat(refused(() -> policy.save(BY, "rules: [] # two", 0)).rule()).isEqualTo("policy-revision");
        assertThat(policy.save(BY, "rules: [] # two", 1).revision()).isEqualTo(2);
        assertThat(policy.history()).extracting(text -> text.revision()).containsExactly(2L, 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rules: []\n",
                "# mine\nrules: [ ]  # none yet\nlimits: []\n",
                "rules:\n- id: a\n  effect: deny\n  tools: [x.*]\n# last words\n",
                "rules:\n    - id: a   # why\n      effect: deny\n      tools: [x.*]\n\nlimits:\n  - tools: ['*']\n    callsPerMinute: 5\n",
                "limits:\n  - tools: ['*']\n    callsPerMinute: 5\nrules: []\n"
            })
    void appendingKeepsEveryOtherWord(String yaml) throws Exception {
        if (!yaml.isEmpty()) {
            policy.save(BY, yaml, 0);
        }
        String after = policy.append(BY, ALLOW).text().yaml();
        yaml.lines()
                .filter(line -> !line.startsWith("rules:"))
                .forEach(line -> assertThat(after.lines()).contains(line));
        assertThat(after).contains("allow-1");
        assertThat(policy.check(after)).isEmpty();
        assertThat(policy.append(BY, ALLOW).rule()).isEqualTo("allow-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules: [{id: a, effect: deny, tools: [x.*]}]",
                "{\"rules\": []}",
                "\"rules\": []",
                "limits: []\nrules: [\n]\n"
            })
    void aFormItCannotAppendToIsRefusedNotSpoilt(String yaml) throws Exception {
        policy.save(BY, yaml, 0);
        assertThat(refused(() -> policy.append(BY, ALLOW)).code()).isEqualTo(Refusal.Code.INVALID);
        assertThat(policy.show().orElseThrow().yaml()).isEqualTo(yaml);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b", "\"quoted\"", "x\ny", "# no", "{}", "- a", "'", "\u2028", "rules: []"})
    void textOfARuleNeverBecomesStructure(String word) throws Exception {
        policy.append(BY, ALLOW);
        String condition =
                "caller.id == " + Json.text(Json.object().put("a", word).path("a"));
        policy.append(BY, new RuleOrder("", Effect.DENY, Who.EVERYBODY, List.of("keep.*"), condition));
        assertThat(explain().allowed()).isTrue();
        assertThat(explain().considered()).hasSize(2);
    }

    @Test
    void explainingAsksOfWhoAndWhatIsThere() {
        assertThat(refused(() -> explain("none", "keep.clock")).rule()).isEqualTo("unknown-agent");
        assertThat(refused(() -> explain("ann", "keep.none")).rule()).isEqualTo("unknown-tool");
    }

    private Explanation explain() throws Exception {
        return explain("ann", "keep.clock");
    }

    private Explanation explain(String caller, String tool) throws Exception {
        return policy.explain(caller, tool, Json.object(), new Circumstances(OpenRooms.START, "127.0.0.1", List.of()));
    }
}
