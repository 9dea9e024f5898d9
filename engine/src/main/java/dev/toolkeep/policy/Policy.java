package dev.toolkeep.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.policy.Condition.Verdict;
import dev.toolkeep.policy.Explanation.Considered;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.trust.TrustedTool;
import dev.toolkeep.wire.Malformed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Who may call what with which arguments. Nothing is allowed unless a rule allows it, and one deny rule that matches
/// outweighs every allow. Immutable, thread-safe, no I/O.
///
/// A condition that cannot be answered (a missing argument, a wrong type, too much work) fails closed: its allow rule
/// does not match, its deny rule does. An operator's key is for administration and is never allowed a call. Which rules
/// can concern a caller, and which a tool, is worked out once for each; a decision looks only at those that concern
/// both.
public final class Policy {
    static final String NO_RULE = "no-rule";
    private static final int REMEMBERED = 20_000;

    private final Summary summary;
    /// Denies first, so the first that matches decides.
    private final List<CompiledRule> rules;

    private final RuleSet allows;
    private final RuleSet flatDenies;
    private final LoadingCache<Caller, Side> callers;
    private final LoadingCache<ToolDefinition, Side> tools;

    record CompiledRule(Rule rule, @Nullable Condition when) {}

    /// What concerns one caller, or one tool: rules, limits, and what conditions see of it.
    private record Side(RuleSet rules, RuleSet limits, CelMap facts) {}

    Policy(Summary summary, List<CompiledRule> compiled) {
        this.summary = summary;
        this.rules = compiled.stream()
                .sorted(Comparator.comparing(one -> one.rule().effect(), Comparator.reverseOrder()))
                .toList();
        this.allows = RuleSet.of(rules, one -> one.rule().effect() == Effect.ALLOW);
        this.flatDenies = RuleSet.of(rules, one -> one.rule().effect() == Effect.DENY && one.when() == null);
        this.callers = Caffeine.newBuilder()
                .weakKeys()
                .maximumSize(REMEMBERED)
                .executor(Runnable::run)
                .build(this::side);
        this.tools = Caffeine.newBuilder()
                .weakKeys()
                .maximumSize(REMEMBERED)
                .executor(Runnable::run)
                .build(this::side);
    }

    /// Allows nothing.
    public static Policy empty() {
        return new Policy(new Summary(List.of(), List.of()), List.of());
    }

    /// @throws Malformed naming the line and the rule of what is wrong: YAML, an unknown key, a value out of range, a
    ///     condition that does not type-check
    public static Policy compile(String yaml) throws Malformed {
        return new PolicyReader().read(yaml);
    }

    public Summary summary() {
        return summary;
    }

    /// Whether the caller may know the tool: some allow rule might let some call through, and no deny stops them all.
    public boolean discovers(Caller caller, ToolDefinition tool) {
        RuleSet who = callers.get(caller).rules();
        RuleSet what = tools.get(tool).rules();
        return RuleSet.meet(who, what, allows) && !RuleSet.meet(who, what, flatDenies);
    }

    /// @throws Refused POLICY_DENIED with the deny rule's id, or `no-rule` when none allows it
    public PermittedCall decide(Caller caller, TrustedTool tool, ObjectNode arguments, Circumstances circumstances)
            throws Refused {
        Side who = callers.get(caller);
        Side what = tools.get(tool.definition());
        CompiledRule decisive = decisive(who, what, arguments, circumstances);
        if (decisive == null || decisive.rule().effect() == Effect.DENY) {
            throw denied(caller, tool.definition(), decisive);
        }
        return new PermittedCall(caller, tool, arguments, decisive.rule().id(), allowance(who, what));
    }

    /// Why [#decide] says what it says, rule by rule.
    public Explanation explain(Caller caller, ToolDefinition tool, ObjectNode arguments, Circumstances circumstances) {
        Side who = callers.get(caller);
        Side what = tools.get(tool);
        CompiledRule decisive = decisive(who, what, arguments, circumstances);
        boolean allowed = decisive != null && decisive.rule().effect() == Effect.ALLOW;
        Facts facts = new Facts(who.facts(), what.facts(), arguments, circumstances);
        List<Considered> considered = new ArrayList<>();
        for (Rule rule : summary.rules()) {
            considered.add(consider(compiled(rule), caller, tool, facts));
        }
        int limit = RuleSet.first(who.limits(), what.limits());
        return new Explanation(
                allowed,
                decisive == null ? NO_RULE : decisive.rule().id(),
                allowance(who, what),
                limit < 0
                        ? "default"
                        : "limits entry " + (limit + 1) + " (line "
                                + summary.limits().get(limit).line() + ")",
                considered);
    }

    /// The first deny that matches, else the first allow that does, else null.
    private @Nullable CompiledRule decisive(Side who, Side what, ObjectNode arguments, Circumstances circumstances) {
        Facts facts = null;
        for (int at = RuleSet.next(who.rules(), what.rules(), 0);
                at >= 0;
                at = RuleSet.next(who.rules(), what.rules(), at + 1)) {
            CompiledRule candidate = rules.get(at);
            Condition when = candidate.when();
            if (when == null) {
                return candidate;
            }
            if (facts == null) {
                facts = new Facts(who.facts(), what.facts(), arguments, circumstances);
            }
            if (matches(candidate.rule().effect(), when.test(facts))) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean matches(Effect effect, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Said(boolean yes) -> yes;
            case Verdict.Broke broke -> effect == Effect.DENY;
        };
    }

    private Allowance allowance(Side who, Side what) {
        int limit = RuleSet.first(who.limits(), what.limits());
        return limit < 0 ? Allowance.DEFAULT : summary.limits().get(limit).allowance();
    }

    private Side side(Caller caller) {
        Predicate<Who> meant = who -> caller.kind() != Caller.Kind.OPERATOR && who.matches(caller);
        return new Side(
                RuleSet.of(rules, one -> meant.test(one.rule().callers())),
                RuleSet.of(summary.limits(), one -> meant.test(one.callers())),
                Conditions.facts(caller));
    }

    private Side side(ToolDefinition tool) {
        return new Side(
                RuleSet.of(rules, one -> one.rule().covers(tool.name())),
                RuleSet.of(summary.limits(), one -> one.covers(tool.name())),
                Conditions.facts(tool));
    }

    private CompiledRule compiled(Rule rule) {
        return rules.stream()
                .filter(one -> one.rule().id().equals(rule.id()))
                .findFirst()
                .orElseThrow();
    }

    private static Considered consider(CompiledRule one, Caller caller, ToolDefinition tool, Facts facts) {
        Rule rule = one.rule();
        String mismatch = caller.kind() == Caller.Kind.OPERATOR
                ? "an operator's key is for administration, not for calls"
                : rule.callers().mismatch(caller);
        if (mismatch.isEmpty() && !rule.covers(tool.name())) {
            mismatch = "none of its tools matches " + tool.name();
        }
        if (!mismatch.isEmpty()) {
            return new Considered(rule.id(), rule.effect(), false, mismatch);
        }
        if (one.when() == null) {
            return new Considered(rule.id(), rule.effect(), true, "caller and tool match and it has no condition");
        }
        Verdict verdict = one.when().test(facts);
        boolean matched = matches(rule.effect(), verdict);
        return new Considered(rule.id(), rule.effect(), matched, words(verdict, matched));
    }

    private static String words(Verdict verdict, boolean matched) {
        return switch (verdict) {
            case Verdict.Said(boolean yes) -> "its condition is " + yes;
            case Verdict.Broke(String why) ->
                "its condition cannot be answered, which counts as "
                        + (matched ? "a match for a deny" : "no match for an allow") + ": " + why;
        };
    }

    private static Refused denied(Caller caller, ToolDefinition tool, @Nullable CompiledRule by) {
        String advice = "An operator sees every rule that was considered with `toolkeep policy explain`.";
        if (by == null) {
            return new Refused(
                    Refusal.Code.POLICY_DENIED,
                    NO_RULE,
                    "no rule allows " + caller.id() + " to call " + tool.name() + " like this",
                    "Call it with other arguments, or ask an operator for a rule that allows this. " + advice);
        }
        return new Refused(
                Refusal.Code.POLICY_DENIED,
                by.rule().id(),
                "the rule " + by.rule().id() + " denies " + caller.id() + " this call of " + tool.name(),
                (by.when() == null
                                ? "Use another tool, or ask an operator. "
                                : "Call it with other arguments, or ask an operator. ")
                        + advice);
    }
}
