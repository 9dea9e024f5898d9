package dev.toolkeep.admin;

import dev.toolkeep.call.Snapshots;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.caller.StoredKey;
import dev.toolkeep.journal.Journal;
import dev.toolkeep.policy.PolicyText;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.vault.SealedSecret;
import dev.toolkeep.vault.SealedSecrets;
import dev.toolkeep.vault.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Names what is weak and how to mend it. It changes nothing.
public final class Doctor {
    private static final Duration OLD_KEY = Duration.ofDays(180);

    private final Path data;
    private final SourceAdmin sources;
    private final ToolAdmin tools;
    private final AgentAdmin agents;
    private final PolicyAdmin policy;
    private final SealedSecrets secrets;
    private final Vault vault;
    private final Stewards stewards;

    /// What else it looks at.
    public record Stewards(Journal journal, Snapshots snapshots, Changes changes) {}

    /// @param data the folder everything is kept in
    public Doctor(
            Path data,
            SourceAdmin sources,
            ToolAdmin tools,
            AgentAdmin agents,
            PolicyAdmin policy,
            SealedSecrets secrets,
            Vault vault,
            Stewards stewards) {
        this.data = data;
        this.sources = sources;
        this.tools = tools;
        this.agents = agents;
        this.policy = policy;
        this.secrets = secrets;
        this.vault = vault;
        this.stewards = stewards;
    }

    /// The gravest first; empty when all is well.
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        found.addAll(FolderCheck.of(data));
        journal(found);
        policy(found);
        tools(found);
        sources(found);
        keys(found);
        secrets(found);
        found.sort(Comparator.comparing(Finding::severity));
        return found;
    }

    private void journal(List<Finding> found) {
        if (!stewards.journal().sound()) {
            found.add(new Finding(
                    Finding.Severity.HIGH,
                    "journal-broken",
                    "the journal cannot be written, so every call and change is refused",
                    "free the disk or mend its rights, then start Toolkeep again"));
        }
        int unknown = stewards.journal().unknown().size();
        if (unknown > 0) {
            found.add(new Finding(
                    Finding.Severity.LOW,
                    "calls-unknown",
                    unknown + " calls were under way when Toolkeep last stopped; how they ended is not known",
                    "see `toolkeep log show --type call.unknown`"));
        }
    }

    private void policy(List<Finding> found) {
        String yaml = policy.show().map(PolicyText::yaml).orElse("");
        if (yaml.isBlank()) {
            found.add(new Finding(
                    Finding.Severity.MEDIUM,
                    "no-policy",
                    "there is no policy, so every call is denied",
                    "allow something: `toolkeep policy allow`"));
        }
    }

    private void tools(List<Finding> found) {
        Map<Standing.Status, Integer> counts = new EnumMap<>(Standing.Status.class);
        sources.list().forEach(source -> source.tools().forEach((status, n) -> counts.merge(status, n, Integer::sum)));
        count(
                found,
                counts,
                Standing.Status.DRIFTED,
                Finding.Severity.HIGH,
                "changed after they were approved and rest",
                "look at each with `toolkeep tool diff`, then approve or reject it");
        count(
                found,
                counts,
                Standing.Status.EXPIRED,
                Finding.Severity.MEDIUM,
                "have an approval that expired",
                "approve them again or revoke them");
        count(
                found,
                counts,
                Standing.Status.PENDING,
                Finding.Severity.LOW,
                "wait for a decision",
                "look at them with `toolkeep tool list --status pending`");
        ToolPage flagged = tools.list(new ToolQuery(null, "", null, true, "", 1));
        if (flagged.total() > 0) {
            found.add(new Finding(
                    Finding.Severity.MEDIUM,
                    "tools-flagged",
                    flagged.total() + " tools are flagged, the first is "
                            + flagged.tools().getFirst().name(),
                    "look at them with `toolkeep tool list --flagged`"));
        }
        stewards.snapshots()
                .now()
                .registry()
                .broken()
                .forEach(broken -> found.add(new Finding(
                        Finding.Severity.HIGH,
                        "tool-broken",
                        broken.tool() + " is not there: " + broken.reason(),
                        "somebody changed the store; restore it from a backup, or refresh the source")));
    }

    private static void count(
            List<Finding> found,
            Map<Standing.Status, Integer> counts,
            Standing.Status status,
            Finding.Severity severity,
            String what,
            String advice) {
        int n = counts.getOrDefault(status, 0);
        if (n > 0) {
            String rule = "tools-" + status.name().toLowerCase(Locale.ROOT);
            found.add(new Finding(severity, rule, "tools that " + what + ": " + n, advice));
        }
    }

    private void sources(List<Finding> found) {
        for (SourceState state : sources.list()) {
            SourceState.LastRead last = state.lastRead();
            if (last != null && last.fault() != null) {
                found.add(new Finding(
                        Finding.Severity.MEDIUM,
                        "source-unreadable",
                        "source " + state.source().name() + " could not be read: "
                                + last.fault().message(),
                        "its tools stay as they were; mend it and `toolkeep source refresh` it"));
            }
        }
    }

    private void keys(List<Finding> found) {
        Instant now = stewards.changes().now();
        for (AgentState state : agents.list()) {
            boolean operator = state.caller().kind() == Caller.Kind.OPERATOR;
            for (StoredKey key : state.keys()) {
                if (AgentAdmin.live(key, now) && key.created().plus(OLD_KEY).isBefore(now)) {
                    found.add(new Finding(
                            operator ? Finding.Severity.MEDIUM : Finding.Severity.LOW,
                            "key-old",
                            "key " + key.id() + " of " + state.caller().id() + " is older than " + OLD_KEY.toDays()
                                    + " days",
                            "mint a new one, change over, then revoke this one"));
                }
            }
        }
    }

    private void secrets(List<Finding> found) {
        Set<String> grants = tools.list(new ToolQuery(null, "", null, false, "", 1000)).tools().stream()
                .map(tool -> "tool:" + tool.name().text())
                .collect(Collectors.toSet());
        sources.list().forEach(state -> grants.add("source:" + state.source().name()));
        for (SealedSecret secret : secrets.all()) {
            if (!vault.opens(secret)) {
                found.add(new Finding(
                        Finding.Severity.HIGH,
                        "secret-sealed-otherwise",
                        "secret " + secret.name() + " for " + secret.grant() + " does not open with this vault key",
                        "put the right vault key back, or set the secret again"));
            } else if (!known(secret.grant(), grants)) {
                found.add(new Finding(
                        Finding.Severity.LOW,
                        "secret-unused",
                        "secret " + secret.name() + " is granted to " + secret.grant() + ", which is not there",
                        "remove it if it is no longer needed"));
            }
        }
    }

    private boolean known(String grant, Set<String> grants) {
        if (grants.contains(grant) || !grant.startsWith("tool:")) {
            return grants.contains(grant);
        }
        try {
            tools.show(ToolName.parse(grant.substring(5)));
            return true;
        } catch (Refused | IllegalArgumentException e) {
            return false;
        }
    }
}
