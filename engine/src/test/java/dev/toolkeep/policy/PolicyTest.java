package dev.toolkeep.policy;

import static dev.toolkeep.policy.Given.AGENT;
import static dev.toolkeep.policy.Given.HERE;
import static dev.toolkeep.policy.Given.definition;
import static dev.toolkeep.policy.Given.object;
import static dev.toolkeep.policy.Given.trusted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Malformed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final ToolDefinition LIST = definition("petstore.list");

    @Test
    void withoutAnyRuleNothingIsAllowedOrDiscovered() throws Malformed {
        for (Policy policy : List.of(Policy.empty(), Policy.compile("rules: []"))) {
            assertThat(policy.discovers(AGENT, LIST)).isFalse();
            Refusal no = refused(policy, AGENT, "{}");
            assertThat(no.code()).isEqualTo(Refusal.Code.POLICY_DENIED);
            assertThat(no.rule()).isEqualTo("no-rule");
            assertThat(no.message()).contains("agent-1", "petstore.list");
            assertThat(no.advice()).isNotBlank();
        }
    }

    @Test
    void aMatchingAllowPermitsExactlyThisCall() throws Malformed, Refused {
        Policy policy = Policy.compile("rules: [{id: pets, effect: allow, tools: ['petstore.*']}]");
        var arguments = object("{\"a\":1}");
        var tool = trusted(LIST);
        PermittedCall call = policy.decide(AGENT, tool, arguments, HERE);
        assertThat(call.caller()).isSameAs(AGENT);
        assertThat(call.tool()).isSameAs(tool);
        assertThat(call.arguments()).isSameAs(arguments);
        assertThat(call.rule()).isEqualTo("pets");
        assertThat(call.allowance()).isEqualTo(Allowance.DEFAULT);
        assertThat(policy.discovers(AGENT, definition("other.list"))).isFalse();
    }

    @Test
    void aDenyOutweighsEveryAllowWhereverItStands() throws Malformed {
        Policy policy = Policy.compile("""
                rules:
                  - {id: first, effect: allow, tools: ["*"]}
                  - {id: never, effect: deny, tools: ["petstore.list"]}
                  - {id: last, effect: allow, tools: ["*"]}
                """);
        assertThat(refused(policy, AGENT, "{}").rule()).isEqualTo("never");
        assertThat(policy.discovers(AGENT, LIST)).isFalse();
        assertThat(policy.discovers(AGENT, definition("petstore.get"))).isTrue();
    }

    @Test
    void everyListOfCallersMustMatchAndOneOfEachIsEnough() throws Malformed {
        Policy policy = Policy.compile("""
                rules:
                  - id: some
                    effect: allow
                    callers: {ids: [agent-1, agent-2], roles: [agent, admin], scopes: ["pets:read"]}
                    tools: ["petstore.*"]
                """);
        assertThat(policy.discovers(AGENT, LIST)).isTrue();
        assertThat(policy.discovers(caller("agent-3", Set.of("agent"), Set.of("pets:read")), LIST))
                .isFalse();
        assertThat(policy.discovers(caller("agent-2", Set.of("guest"), Set.of("pets:read")), LIST))
                .isFalse();
        assertThat(policy.discovers(caller("agent-2", Set.of("admin"), Set.of()), LIST))
                .isFalse();
    }

    @Test
    void anOperatorIsNeverAllowedACall() throws Malformed {
        Policy policy = Policy.compile("rules: [{id: all, effect: allow, tools: ['*']}]");
        Caller operator = Caller.of("op", Caller.Kind.OPERATOR, Set.of("agent"), Set.of());
        assertThat(policy.discovers(operator, LIST)).isFalse();
        assertThat(refused(policy, operator, "{}").rule()).isEqualTo("no-rule");
    }

    @Test
    void conditionsSeeCallerToolArgumentsTimeAddressAndChain() throws Malformed {
        for (String when : List.of(
                "args.limit <= 100 && caller.roles.exists(r, r == 'agent')",
                "caller.id == 'agent-1' && caller.kind == 'agent' && 'pets:read' in caller.scopes",
                "tool.name == 'petstore.list' && tool.source == 'petstore' && 'pets' in tool.tags",
                "now.getHours() == 12 && now < timestamp('2027-01-01T00:00:00Z')",
                "address == '127.0.0.1'",
                "chain.size() == 0",
                "size(args) == 5 && has(args.limit) && !has(args.none) && 'tags' in args",
                "args['limit'] == 50 && args.limit == 50.0 && args.price < 1",
                "args.deep.list[1].x == 'y' && args.deep == {'list': [1, {'x': 'y'}]}",
                "args.tags.all(t, t.matches('^[a-z]+$')) && args.none_at_all == null",
                "args.map(k, k).size() == 5 && args.exists(k, k == 'price')")) {
            Policy policy = when(when);
            String arguments = "{\"limit\":50,\"price\":0.99,\"tags\":[\"a\",\"b\"],\"none_at_all\":null,"
                    + "\"deep\":{\"list\":[1,{\"x\":\"y\"}]}}";
            assertThat(policy.explain(AGENT, LIST, object(arguments), HERE).considered())
                    .as(when)
                    .allMatch(Explanation.Considered::matched);
        }
    }

    @Test
    void anAllowWhoseConditionIsFalseOrCannotBeAnsweredDoesNotMatch() throws Malformed {
        for (String when : List.of("args.limit <= 100", "args.flag", "args.limit.x == 1", "args.limit + 'a' == 'b'")) {
            for (String arguments : List.of("{\"limit\":101}", "{}", "{\"flag\":\"yes\"}", "{\"flag\":1}")) {
                assertThat(refused(when(when), AGENT, arguments).rule()).isEqualTo("no-rule");
            }
        }
    }

    @Test
    void aDenyWhoseConditionCannotBeAnsweredMatches() throws Malformed, Refused {
        Policy policy = Policy.compile("""
                rules:
                  - {id: all, effect: allow, tools: ["*"]}
                  - {id: big, effect: deny, tools: ["*"], when: "args.limit > 100"}
                """);
        assertThat(policy.decide(AGENT, trusted(LIST), object("{\"limit\":100}"), HERE)
                        .rule())
                .isEqualTo("all");
        assertThat(refused(policy, AGENT, "{\"limit\":101}").rule()).isEqualTo("big");
        assertThat(refused(policy, AGENT, "{}").rule()).isEqualTo("big");
        assertThat(refused(policy, AGENT, "{\"limit\":\"x\"}").rule()).isEqualTo("big");
        assertThat(policy.discovers(AGENT, LIST)).isTrue();
    }

    @Test
    void aNumberThatADoubleCannotHoldIsNotJudgedAsAnother() throws Malformed, Refused {
        Policy policy = when("args.amount <= 100");
        assertThat(policy.decide(AGENT, trusted(LIST), object("{\"amount\":1e2}"), HERE)
                        .rule())
                .isEqualTo("it");
        assertThat(policy.decide(AGENT, trusted(LIST), object("{\"amount\":99.9}"), HERE)
                        .rule())
                .isEqualTo("it");
        for (String amount :
                List.of("100.00000000000000000001", "9223372036854775809", "1e30", "123456789012345678901234")) {
            assertThat(refused(policy, AGENT, "{\"amount\":" + amount + "}").rule())
                    .as(amount)
                    .isEqualTo("no-rule");
        }
        assertThat(when("args.amount == 9223372036854775807")
                        .decide(AGENT, trusted(LIST), object("{\"amount\":9223372036854775807}"), HERE)
                        .rule())
                .isEqualTo("it");
    }

    @Test
    void argumentsCannotMakeAConditionWorkWithoutEnd() throws Malformed {
        String many = "[" + "1,".repeat(20_000) + "1]";
        assertThat(considered(when("!args.l.exists(x, x == 2)"), "{\"l\":" + many + "}"))
                .contains("Iteration budget");
        String some = "[" + "1,".repeat(2_000) + "1]";
        assertThat(considered(when("args.l.all(x, args.l.size() > 0)"), "{\"l\":" + some + "}"))
                .contains("looks at more than");
        String text = "\"" + "a".repeat(200_000) + "\"";
        assertThat(considered(when("args.l.all(x, args.t.contains('a'))"), "{\"l\":" + some + ",\"t\":" + text + "}"))
                .contains("looks at more than");
        assertThat(considered(when("args.t.contains('a')"), "{\"t\":" + text + "}"))
                .contains("is true");
    }

    @Test
    void conditionsLookOnlyAtTheArgumentsTheyName() throws Malformed, Refused {
        String heavy = "\"" + "x".repeat(900_000) + "\"";
        PermittedCall call = when("args.small == 1 && has(args.heavy) && args.size() == 2")
                .decide(AGENT, trusted(LIST), object("{\"small\":1,\"heavy\":[" + heavy + "]}"), HERE);
        assertThat(call.rule()).isEqualTo("it");
    }

    @Test
    void theFirstLimitThatMatchesHoldsAndWhatItLeavesOutIsTheDefaults() throws Malformed, Refused {
        Policy policy = Policy.compile("""
                rules: [{id: all, effect: allow, tools: ["*"]}]
                limits:
                  - {tools: ["petstore.*"], callers: {roles: [batch]}, callsPerMinute: 9}
                  - {tools: ["petstore.*"], callsPerMinute: 600, concurrent: 32, deadline: 10s, requestBytes: 2MiB}
                  - {tools: ["*"], answerBytes: 64KiB, deadline: 1500ms}
                """);
        assertThat(policy.decide(AGENT, trusted(LIST), object("{}"), HERE).allowance())
                .isEqualTo(new Allowance(600, 32, Duration.ofSeconds(10), 2 << 20, 4 << 20));
        assertThat(policy.decide(AGENT, trusted(definition("a.b")), object("{}"), HERE)
                        .allowance())
                .isEqualTo(new Allowance(60, 16, Duration.ofMillis(1500), 1 << 20, 64 << 10));
        assertThat(policy.explain(AGENT, LIST, object("{}"), HERE).limit()).isEqualTo("limits entry 2 (line 4)");
    }

    @Test
    void explainingSaysOfEveryRuleWhetherAndWhyItMatched() throws Malformed {
        Policy policy = Policy.compile("""
                rules:
                  - {id: other-tools, effect: allow, tools: ["weather.*"]}
                  - {id: batch, effect: allow, tools: ["*"], callers: {roles: [batch]}}
                  - {id: small, effect: allow, tools: ["petstore.*"], when: "args.limit <= 100"}
                  - {id: night, effect: deny, tools: ["*"], when: "args.night"}
                """);
        Explanation why = policy.explain(AGENT, LIST, object("{\"limit\":5,\"night\":false}"), HERE);
        assertThat(why.allowed()).isTrue();
        assertThat(why.rule()).isEqualTo("small");
        assertThat(why.limit()).isEqualTo("default");
        assertThat(why.considered())
                .extracting(Explanation.Considered::rule)
                .containsExactly("other-tools", "batch", "small", "night");
        assertThat(why.considered())
                .extracting(Explanation.Considered::matched)
                .containsExactly(false, false, true, false);
        assertThat(why.considered().get(0).why()).contains("tools");
        assertThat(why.considered().get(1).why()).contains("roles");
        Explanation broken = policy.explain(AGENT, LIST, object("{\"limit\":5}"), HERE);
        assertThat(broken.allowed()).isFalse();
        assertThat(broken.rule()).isEqualTo("night");
        assertThat(broken.considered().get(3).why()).contains("cannot be answered", "a match for a deny");
    }

    @Test
    void explainingAndDecidingNeverDisagree() throws Malformed {
        Policy policy = Policy.compile("""
                rules:
                  - {id: a, effect: allow, tools: ["petstore.*"], when: "args.n < 10"}
                  - {id: b, effect: allow, tools: ["*"], when: "args.n == 20"}
                  - {id: c, effect: deny, tools: ["*.list"], when: "args.n == 5"}
                """);
        for (int n = 0; n < 25; n++) {
            String arguments = "{\"n\":" + n + "}";
            Explanation why = policy.explain(AGENT, LIST, object(arguments), HERE);
            String decided;
            try {
                decided = policy.decide(AGENT, trusted(LIST), object(arguments), HERE)
                        .rule();
                assertThat(why.allowed()).isTrue();
            } catch (Refused no) {
                decided = no.why().rule();
                assertThat(why.allowed()).isFalse();
            }
            assertThat(why.rule()).isEqualTo(decided);
        }
    }

    @Test
    void manyRulesAreSearchedBeyondOneWord() throws Malformed, Refused {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int i = 0; i < 200; i++) {
            yaml.append("  - {id: r")
                    .append(i)
                    .append(", effect: allow, tools: [\"s")
                    .append(i)
                    .append(".*\"]}\n");
        }
        Policy policy = Policy.compile(yaml.toString());
        for (int i : new int[] {0, 63, 64, 127, 128, 199}) {
            assertThat(policy.decide(AGENT, trusted(definition("s" + i + ".x")), object("{}"), HERE)
                            .rule())
                    .isEqualTo("r" + i);
        }
        assertThat(policy.discovers(AGENT, definition("s200.x"))).isFalse();
    }

    private static Policy when(String condition) throws Malformed {
        return Policy.compile(
                "rules:\n  - id: it\n    effect: allow\n    tools: ['*']\n    when: |-\n      " + condition);
    }

    private static String considered(Policy policy, String arguments) {
        return policy.explain(AGENT, LIST, object(arguments), HERE)
                .considered()
                .getFirst()
                .why();
    }

    private static Caller caller(String id, Set<String> roles, Set<String> scopes) {
        return Caller.of(id, Caller.Kind.AGENT, roles, scopes);
    }

    private static Refusal refused(Policy policy, Caller caller, String arguments) {
        Refused no = catchThrowableOfType(
                Refused.class,
                () -> policy.decide(
                        caller, trusted(LIST), object(arguments), new Circumstances(Instant.EPOCH, "::1", List.of())));
        assertThat(no).as(arguments).isNotNull();
        return no.why();
    }
}
