package dev.toolkeep.admin;

import dev.toolkeep.call.Snapshots;
import dev.toolkeep.journal.Event;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.SemanticDiff;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a person decides of tools. Each order is all or nothing: when one of its tools cannot be decided so, none is.
public final class ToolAdmin {
    private static final int MOST = 10_000;

    private final Catalog catalog;
    private final Snapshots snapshots;
    private final Changes changes;

    public ToolAdmin(Catalog catalog, Snapshots snapshots, Changes changes) {
        this.catalog = catalog;
        this.snapshots = snapshots;
        this.changes = changes;
    }

    public ToolPage list(ToolQuery query) {
        Instant now = changes.now();
        List<Standing> wanted = catalog.standings().stream()
                .filter(standing -> query.wants(standing, now))
                .toList();
        List<Standing> page = wanted.stream()
                .filter(standing -> standing.tool().text().compareTo(query.after()) > 0)
                .sorted((a, b) -> a.tool().text().compareTo(b.tool().text()))
                .limit(query.limit() + 1L)
                .toList();
        boolean more = page.size() > query.limit();
        List<Standing> shown = more ? page.subList(0, query.limit()) : page;
        return new ToolPage(
                states(shown), wanted.size(), more ? shown.getLast().tool().text() : "");
    }

    public ToolState show(ToolName tool) throws Refused {
        return states(List.of(standing(tool))).getFirst();
    }

    /// One version of a tool; null `digest` means the offered one, else the approved.
    public ToolVersion version(ToolName tool, @Nullable Digest digest) throws Refused {
        Standing standing = standing(tool);
        Digest wanted = digest != null ? digest : shown(standing);
        if (wanted == null) {
            throw Nay.unknown("version", "of " + tool);
        }
        return catalog.version(wanted)
                .filter(version -> version.definition().name().equals(tool))
                .orElseThrow(() -> Nay.unknown("version", wanted + " of " + tool));
    }

    /// Every version ever seen, oldest first.
    public List<ToolVersion> versions(ToolName tool) throws Refused {
        standing(tool);
        return catalog.versions(tool);
    }

    /// What changed. Null `to` means the offered version, null `from` the approved one, or where that is the same or
    /// there is none the version seen before.
    public ToolDiff diff(ToolName tool, @Nullable Digest from, @Nullable Digest to) throws Refused {
        ToolVersion after = version(tool, to);
        Digest before = from != null ? from : before(standing(tool), after.digest());
        if (before == null) {
            throw new Refused(
                    Refusal.Code.NOT_FOUND,
                    "nothing-to-compare",
                    "only one version of " + tool + " was ever seen",
                    "show it with `toolkeep tool show`");
        }
        ToolVersion compared = version(tool, before);
        return new ToolDiff(
                compared.digest(), after.digest(), SemanticDiff.of(compared.definition(), after.definition()));
    }

    /// Approves what was seen, from now on until `expires` (null: until revoked). Refused when a source offers another
    /// version by now, when a tool is held or can never be sent, and when one is flagged and flags are
    /// not accepted.
    public List<ToolState> approve(Operator by, List<Choice> choices, @Nullable Instant expires, boolean acceptFlags)
            throws Refused {
        return changes.alone(() -> {
            Instant now = changes.now();
            if (expires != null && !expires.isAfter(now)) {
                throw Nay.invalid("approval-expiry", "expires: it lies in the past");
            }
            List<Standing> standings = seen(choices);
            for (ToolState state : states(standings)) {
                requireApprovable(state, acceptFlags);
            }
            List<Event> events = new ArrayList<>();
            List<Standing> decided = new ArrayList<>();
            for (Standing standing : standings) {
                Digest digest = Objects.requireNonNull(standing.offered());
                Event event = event("tool.approved", by, standing).with("digest", digest.text());
                events.add(expires == null ? event : event.with("expires", expires.toString()));
                decided.add(standing.approved(new Standing.Approval(digest, by.id(), now, expires)));
            }
            return commit(events, decided);
        });
    }

    /// Says no to what was seen; it rests until the source offers something else or somebody approves it.
    public List<ToolState> reject(Operator by, List<Choice> choices) throws Refused {
        return changes.alone(() -> {
            List<Event> events = new ArrayList<>();
            List<Standing> decided = new ArrayList<>();
            for (Standing standing : seen(choices)) {
                Digest digest = Objects.requireNonNull(standing.offered());
                Standing.Approval approval = standing.approval();
                boolean approved = approval != null && approval.version().equals(digest);
                events.add(event("tool.rejected", by, standing).with("digest", digest.text()));
                decided.add((approved ? standing.revoked() : standing).rejected(digest));
            }
            return commit(events, decided);
        });
    }

    /// Takes approvals back.
    public List<ToolState> revoke(Operator by, Collection<ToolName> tools) throws Refused {
        return changes.alone(() -> {
            List<Event> events = new ArrayList<>();
            List<Standing> decided = new ArrayList<>();
            for (Standing standing : standings(tools)) {
                Standing.Approval approval = standing.approval();
                if (approval == null) {
                    throw Nay.conflict(
                            "not-approved", standing.tool() + " is not approved", "see `toolkeep tool list`");
                }
                events.add(event("approval.revoked", by, standing)
                        .with("digest", approval.version().text()));
                decided.add(standing.revoked());
            }
            return commit(events, decided);
        });
    }

    /// Orders tools to rest, whatever was approved.
    public List<ToolState> quarantine(Operator by, Collection<ToolName> tools, String reason) throws Refused {
        String words = Nay.printable(reason.strip());
        if (words.isEmpty()) {
            throw Nay.invalid("quarantine-reason", "reason: say why, for whoever finds the tool resting");
        }
        return changes.alone(() -> {
            List<Event> events = new ArrayList<>();
            List<Standing> decided = new ArrayList<>();
            for (Standing standing : standings(tools)) {
                events.add(event("tool.quarantined", by, standing).with("reason", words));
                decided.add(standing.held(new Standing.Hold(by.id(), changes.now(), words)));
            }
            return commit(events, decided);
        });
    }

    /// Ends a quarantine; the tool stands as it stood before.
    public List<ToolState> release(Operator by, Collection<ToolName> tools) throws Refused {
        return changes.alone(() -> {
            List<Event> events = new ArrayList<>();
            List<Standing> decided = new ArrayList<>();
            for (Standing standing : standings(tools)) {
                if (standing.hold() == null) {
                    throw Nay.conflict(
                            "not-quarantined",
                            standing.tool() + " is not in quarantine by a person's order",
                            "a tool that drifted is approved or rejected, not released");
                }
                events.add(event("tool.released", by, standing));
                decided.add(standing.held(null));
            }
            return commit(events, decided);
        });
    }

    private List<ToolState> commit(List<Event> events, List<Standing> decided) throws Refused {
        changes.commit(events, () -> catalog.saveStandings(decided));
        return states(decided);
    }

    private static void requireApprovable(ToolState state, boolean acceptFlags) throws Refused {
        ToolName tool = state.name();
        if (state.standing().hold() != null) {
            throw Nay.conflict("quarantined", tool + " is in quarantine", "release it first");
        }
        if (!state.unsupported().isEmpty()) {
            throw new Refused(
                    Refusal.Code.TOOL_UNSUPPORTED,
                    "unsupported",
                    tool + " can never be called: " + state.unsupported(),
                    "leave it out of the order");
        }
        if (!acceptFlags && !state.standing().flag().isEmpty()) {
            throw Nay.conflict(
                    "flagged",
                    tool + " is flagged: " + state.standing().flag(),
                    "look at it, and accept flags if it is what it says");
        }
    }

    /// The standings of tools whose offered version is still the one that was seen.
    private List<Standing> seen(List<Choice> choices) throws Refused {
        List<Standing> standings = standings(choices.stream().map(Choice::tool).toList());
        for (int i = 0; i < choices.size(); i++) {
            Digest offered = standings.get(i).offered();
            if (offered == null) {
                throw Nay.conflict(
                        "no-longer-offered",
                        choices.get(i).tool() + " is no longer offered by its source",
                        "refresh the source");
            }
            if (!offered.equals(choices.get(i).seen())) {
                throw Nay.conflict(
                        "seen-other-version",
                        choices.get(i).tool() + " is now offered as " + offered.brief() + ", not as the "
                                + choices.get(i).seen().brief() + " that was looked at",
                        "look at it again (`toolkeep tool diff`), then decide");
            }
        }
        return standings;
    }

    private List<Standing> standings(Collection<ToolName> tools) throws Refused {
        if (tools.isEmpty() || tools.size() > MOST) {
            throw Nay.invalid("tools", "tools: an order names 1 to " + MOST + " tools");
        }
        Map<ToolName, Standing> all = new HashMap<>();
        catalog.standings().forEach(standing -> all.put(standing.tool(), standing));
        Map<ToolName, Standing> named = new LinkedHashMap<>();
        for (ToolName tool : tools) {
            Standing standing = all.get(tool);
            if (standing == null) {
                throw Nay.unknown("tool", tool.text());
            }
            if (named.put(tool, standing) != null) {
                throw Nay.invalid("tools", "tools: " + tool + " is named twice");
            }
        }
        return List.copyOf(named.values());
    }

    private Standing standing(ToolName tool) throws Refused {
        return standings(List.of(tool)).getFirst();
    }

    private List<ToolState> states(List<Standing> standings) {
        Instant now = changes.now();
        List<Digest> wanted = standings.stream()
                .map(ToolAdmin::shown)
                .filter(Objects::nonNull)
                .toList();
        Map<Digest, ToolVersion> versions = catalog.versions(wanted);
        return standings.stream()
                .map(standing -> {
                    Digest digest = shown(standing);
                    ToolVersion version = digest == null ? null : versions.get(digest);
                    Standing.Approval approval = standing.approval();
                    boolean diff = approval != null
                            && digest != null
                            && !approval.version().equals(digest);
                    return new ToolState(standing, standing.status(now), version, unsupported(standing, version), diff);
                })
                .toList();
    }

    private String unsupported(Standing standing, @Nullable ToolVersion version) {
        if (version == null) {
            return "its definition is not on record; refresh the source";
        }
        if (version.definition().template() instanceof CallTemplate.Unsupported template) {
            return template.reason();
        }
        Tool tool = snapshots.now().registry().find(standing.tool().text());
        return tool != null && tool.digest().equals(version.digest()) ? tool.unsupported() : "";
    }

    private static @Nullable Digest shown(Standing standing) {
        Standing.Approval approval = standing.approval();
        Digest offered = standing.offered();
        return offered != null ? offered : approval == null ? null : approval.version();
    }

    /// The version to compare `after` with: the approved one, else the one seen last before it.
    private @Nullable Digest before(Standing standing, Digest after) {
        Standing.Approval approval = standing.approval();
        if (approval != null && !approval.version().equals(after)) {
            return approval.version();
        }
        Digest last = null;
        for (ToolVersion version : catalog.versions(standing.tool())) {
            if (version.digest().equals(after)) {
                return last;
            }
            last = version.digest();
        }
        return null;
    }

    private static Event event(String type, Operator by, Standing standing) {
        return Event.of(type).with("by", by.id()).with("tool", standing.tool().text());
    }
}
