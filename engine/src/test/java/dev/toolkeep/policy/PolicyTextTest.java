package dev.toolkeep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.toolkeep.wire.Malformed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyTextTest {
    private static final String GOOD = """
            rules:
              - id: agents-use-petstore
                effect: allow
                callers: {ids: [a], roles: [agent], scopes: ["pets:read"]}
                tools: ["petstore.*"]
                when: "args.limit <= 100 && caller.roles.exists(r, r == 'agent')"
              - id: nobody-deletes
                effect: deny
                tools: ["*.delete"]
            limits:
              - tools: ["petstore.*"]
                callers: {roles: [agent]}
                callsPerMinute: 600
                concurrent: 32
                deadline: 10s
                requestBytes: 1MiB
                answerBytes: 4MiB
            """;

    @Test
    void theSummaryHoldsRulesAndLimitsAsWritten() throws Malformed {
        Summary summary = Policy.compile(GOOD).summary();
        assertThat(summary.rules()).extracting(Rule::id).containsExactly("agents-use-petstore", "nobody-deletes");
        assertThat(summary.rules()).extracting(Rule::line).containsExactly(2, 7);
        assertThat(summary.rules().getFirst().callers())
                .isEqualTo(new Who(List.of("a"), List.of("agent"), List.of("pets:read")));
        assertThat(summary.rules().getFirst().tools()).containsExactly(new ToolPattern("petstore.*"));
        assertThat(summary.rules().getFirst().when()).startsWith("args.limit");
        assertThat(summary.limits().getFirst().allowance().callsPerMinute()).isEqualTo(600);
        assertThat(summary.limits().getFirst().line()).isEqualTo(11);
    }

    @Test
    void jsonIsReadToo() throws Malformed {
        assertThat(Policy.compile("{\"rules\":[{\"id\":\"a\",\"effect\":\"allow\",\"tools\":[\"*\"]}]}")
                        .summary()
                        .rules())
                .hasSize(1);
    }

    @Test
    void anUnknownKeyIsNamedWithItsLine() {
        refused(
                GOOD.replace("callers: {roles: [agent]}", "calers: {roles: [agent]}"),
                "line 12",
                "limit 1",
                "`calers`",
                "callers");
        refused(GOOD.replace("when:", "wenn:"), "line 6", "`wenn`");
        refused(GOOD.replace("roles: [agent], ", "rolls: [agent], "), "line 4", "rule agents-use-petstore", "`rolls`");
        refused(GOOD.replace("limits:", "limit:"), "line 10", "`limit`", "limits");
    }

    @Test
    void aConditionIsTypeCheckedAndItsErrorNamesRuleLineAndCelsWords() {
        String where = "args.limit <= 100 && caller.roles.exists(r, r == 'agent')";
        refused(
                GOOD.replace(where, "argz.limit <= 100"),
                "line 6",
                "rule agents-use-petstore",
                "undeclared reference to 'argz'");
        refused(GOOD.replace(where, "caller.rolez == 1"), "undefined field 'rolez'");
        refused(GOOD.replace(where, "caller.id == 1"), "no matching overload");
        refused(GOOD.replace(where, "1 + 1"), "expected type 'bool' but found 'int'");
        refused(GOOD.replace(where, "caller.id"), "expected type 'bool' but found 'string'");
        refused(GOOD.replace(where, "now > '2026'"), "no matching overload");
        refused(GOOD.replace(where, "args.limit <="), "line 6");
        refused(GOOD.replace(where, "nosuch(args)"), "undeclared reference to 'nosuch'");
        refused(GOOD.replace(where, "true" + " && true".repeat(1000)), "line 6");
        refused(GOOD.replace(where, "(".repeat(500) + "true" + ")".repeat(500)), "line 6");
    }

    @Test
    void whatIsMissingOrOutOfRangeIsRefused() {
        refused("", "empty");
        refused("[]", "mapping");
        refused("limits: []", "`rules` is missing");
        refused("rules: x", "line 1", "list");
        refused("rules: [x]", "rule 1", "mapping");
        refused("rules: [{effect: allow, tools: ['*']}]", "rule 1", "`id` is missing");
        refused("rules: [{id: a, tools: ['*']}]", "rule a", "`effect` is missing");
        refused("rules: [{id: a, effect: maybe, tools: ['*']}]", "allow or deny");
        refused("rules: [{id: a, effect: allow}]", "rule a", "`tools` is missing");
        refused("rules: [{id: a, effect: allow, tools: []}]", "`tools`");
        refused("rules: [{id: a, effect: allow, tools: [nodot]}]", "source.name");
        refused("rules: [{id: A, effect: allow, tools: ['*']}]", "`id` must be");
        refused("rules: [{id: no-rule, effect: allow, tools: ['*']}]", "`id` must be");
        refused("rules: [{id: a, effect: allow, tools: ['*'], callers: {}}]", "`callers`");
        refused("rules: [{id: a, effect: allow, tools: ['*'], callers: {ids: []}}]", "`ids`");
        refused("rules: [{id: a, effect: allow, tools: ['*'], callers: {ids: ['agent*']}}]", "caller's id");
        refused("rules: [{id: a, effect: allow, tools: ['*'], callers: {roles: [true]}}]", "`roles`", "quote");
        refused("rules: [{id: a, effect: allow, tools: ['*'], when: ''}]", "`when` must be text");
        refused(
                "rules:\n  - {id: a, effect: allow, tools: ['*']}\n  - {id: a, effect: deny, tools: ['*']}",
                "line 3",
                "taken by the rule at line 2");
        for (String limit : List.of(
                "callsPerMinute: 0",
                "callsPerMinute: 1.5",
                "callsPerMinute: '60'",
                "concurrent: -1",
                "deadline: 10",
                "deadline: 2h",
                "deadline: 0s",
                "requestBytes: 1GB",
                "answerBytes: 257MiB",
                "answerBytes: 0",
                "tools: 7")) {
            refused("rules: []\nlimits:\n  - {tools: ['*'], " + limit + "}", "line 3");
        }
        refused("rules: []\nlimits: [{callsPerMinute: 1}]", "`tools` is missing");
    }

    @Test
    void aTextOfTheDocumentIsNeverQuotedBackWhole() {
        refused("rules: [{id: a, effect: 's3cr3t-value', tools: ['*']}]", "allow or deny")
                .satisfies(no -> assertThat(no.getMessage()).doesNotContain("s3cr3t"));
    }

    @Test
    void anyTextCompilesOrIsMalformed() {
        Random random = new Random(20261121);
        String alphabet = "rules: []{}-'\"\n  idaefct:allowdenytoolswhen&|*%@!><=()1.0\t\\#";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int edit = random.nextInt(6); edit >= 0; edit--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.setLength(Math.max(1, random.nextInt(8) == 0 ? at : text.length()));
                }
            }
            try {
                Policy.compile(text.toString());
            } catch (Malformed expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<Malformed> refused(String yaml, String... words) {
        return assertThatExceptionOfType(Malformed.class)
                .as(yaml)
                .isThrownBy(() -> Policy.compile(yaml))
                .satisfies(no -> assertThat(no.getMessage()).contains(words));
    }
}
