package dev.toolkeep.admin;

import dev.toolkeep.call.Snapshot;
import dev.toolkeep.call.Snapshots;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.Callers;
import dev.toolkeep.journal.Event;
import dev.toolkeep.policy.Circumstances;
import dev.toolkeep.policy.Explanation;
import dev.toolkeep.policy.Policies;
import dev.toolkeep.policy.Policy;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.policy.Rule;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The policy's text. Only text that compiles is saved, and only over the revision its writer had before them.
public final class PolicyAdmin {
    /// The longest policy, in bytes of UTF-8.
    public static final int LONGEST = 512 * 1024;

    private final Policies policies;
    private final Callers callers;
    private final Snapshots snapshots;
    private final Changes changes;

    public PolicyAdmin(Policies policies, Callers callers, Snapshots snapshots, Changes changes) {
        this.policies = policies;
        this.callers = callers;
        this.snapshots = snapshots;
        this.changes = changes;
    }

    /// Empty when none was ever saved: then everything is denied.
    public Optional<PolicyText> show() {
        return policies.current();
    }

    /// Newest first, at most 100.
    public List<PolicyText> history() {
        return policies.history();
    }

    /// What is wrong with a text, or empty.
    public Optional<String> check(String yaml) {
        try {
            compile(yaml);
            return Optional.empty();
        } catch (Malformed e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// @param expected the revision this text was written over; 0 when there was none
    public PolicyText save(Operator by, String yaml, long expected) throws Refused {
        return changes.alone(() -> {
            requireCurrent(expected);
            return store(by, yaml, expected + 1, "policy.saved");
        });
    }

    /// What [#append] did: the id of the rule and the text it is now part of.
    public record Appended(String rule, PolicyText text) {}

    /// Appends one rule to the text as it stands.
    public Appended append(Operator by, RuleOrder order) throws Refused {
        return changes.alone(() -> {
            Optional<PolicyText> current = policies.current();
            String yaml = current.map(PolicyText::yaml).orElse("");
            long revision = current.map(PolicyText::revision).orElse(0L);
            try {
                String id = order.id().isEmpty() ? freeId(yaml, order) : order.id();
                return new Appended(id, store(by, RuleText.append(yaml, id, order), revision + 1, "policy.rule_added"));
            } catch (Malformed e) {
                throw Nay.invalid("policy", String.valueOf(e.getMessage()));
            }
        });
    }

    /// What the policy says of one call, and why. Asks the policy alone: an unapproved tool or a reached limit stops a
    /// call too.
    public Explanation explain(String callerId, String tool, ObjectNode arguments, Circumstances circumstances)
            throws Refused {
        Caller caller = callers.callers().stream()
                .filter(one -> one.id().equals(callerId))
                .findFirst()
                .orElseThrow(() -> Nay.unknown("agent", callerId));
        Snapshot snapshot = snapshots.now();
        Tool found = snapshot.registry().find(tool);
        if (found == null) {
            throw Nay.unknown("tool", tool);
        }
        return snapshot.policy().explain(caller, found.definition(), arguments, circumstances);
    }

    private PolicyText store(Operator by, String yaml, long revision, String type) throws Refused {
        try {
            compile(yaml);
        } catch (Malformed e) {
            throw Nay.invalid("policy", String.valueOf(e.getMessage()));
        }
        PolicyText text = new PolicyText(revision, yaml, by.id(), changes.now());
        Event event = Event.of(type)
                .with("by", by.id())
                .with("revision", revision)
                .with("digest", Digest.of(yaml.getBytes(StandardCharsets.UTF_8)).text());
        changes.commit(event, () -> policies.save(text));
        return text;
    }

    private void requireCurrent(long expected) throws Refused {
        long current = policies.current().map(PolicyText::revision).orElse(0L);
        if (current != expected) {
            throw Nay.conflict(
                    "policy-revision",
                    "the policy is at revision " + current + ", not at the expected " + expected,
                    "look at it as it is now, then save over that");
        }
    }

    private static Policy compile(String yaml) throws Malformed {
        if (yaml.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new Malformed("a policy is at most 512 KiB");
        }
        return Policy.compile(yaml);
    }

    private static String freeId(String yaml, RuleOrder order) throws Malformed {
        Set<String> taken = yaml.isBlank()
                ? Set.of()
                : compile(yaml).summary().rules().stream().map(Rule::id).collect(Collectors.toSet());
        int number = 1;
        while (taken.contains(order.effect().text() + "-" + number)) {
            number++;
        }
        return order.effect().text() + "-" + number;
    }
}
