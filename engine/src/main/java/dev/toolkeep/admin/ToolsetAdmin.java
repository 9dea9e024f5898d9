package dev.toolkeep.admin;

import dev.toolkeep.call.Snapshot;
import dev.toolkeep.call.Snapshots;
import dev.toolkeep.journal.Event;
import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Tool;
import dev.toolkeep.toolset.Chosen;
import dev.toolkeep.toolset.Toolset;
import dev.toolkeep.toolset.Toolsets;
import java.util.List;

/// The curated lists of tools. A toolset selects what may be seen through its endpoint; it grants nothing, so adding
/// one
/// never widens what anybody may call.
public final class ToolsetAdmin {
    private static final int MOST = 1000;

    private final Toolsets toolsets;
    private final Snapshots snapshots;
    private final Changes changes;

    public ToolsetAdmin(Toolsets toolsets, Snapshots snapshots, Changes changes) {
        this.toolsets = toolsets;
        this.snapshots = snapshots;
        this.changes = changes;
    }

    /// A toolset and the tools it selects now, whatever their status, by name.
    ///
    /// @param unprefixed whether its tools are served under their source's own names
    public record State(Toolset toolset, boolean unprefixed, List<String> tools) {
        public State {
            tools = List.copyOf(tools);
        }
    }

    /// By name.
    public List<State> list() {
        Snapshot snapshot = snapshots.now();
        return toolsets.all().stream().map(toolset -> state(snapshot, toolset)).toList();
    }

    public State show(String name) throws Refused {
        Snapshot snapshot = snapshots.now();
        return toolsets.all().stream()
                .filter(toolset -> toolset.name().equals(name))
                .findFirst()
                .map(toolset -> state(snapshot, toolset))
                .orElseThrow(() -> Nay.unknown("toolset", name));
    }

    public State add(Operator by, String name, String title, Toolset.Selection selection) throws Refused {
        return changes.alone(() -> {
            List<Toolset> all = toolsets.all();
            if (all.stream().anyMatch(toolset -> toolset.name().equals(name))) {
                throw Nay.conflict(
                        "toolset-exists",
                        "there is a toolset " + name + " already",
                        "choose another name, or remove that one first");
            }
            if (all.size() >= MOST) {
                throw Nay.conflict("toolsets-many", "there are " + MOST + " toolsets", "remove those not in use");
            }
            return save(by, "toolset.added", name, title, selection);
        });
    }

    /// Gives a toolset another title and selection.
    public State change(Operator by, String name, String title, Toolset.Selection selection) throws Refused {
        return changes.alone(() -> {
            show(name);
            return save(by, "toolset.changed", name, title, selection);
        });
    }

    /// Removes the toolset; its tools stay. Its endpoint is refused from the moment this returns.
    public void remove(Operator by, String name) throws Refused {
        changes.alone(() -> {
            State state = show(name);
            changes.commit(event("toolset.removed", by, state.toolset()), () -> toolsets.remove(name));
            return state;
        });
    }

    private State save(Operator by, String type, String name, String title, Toolset.Selection selection)
            throws Refused {
        Toolset toolset;
        try {
            toolset = new Toolset(name, title, selection, by.id(), changes.now());
        } catch (IllegalArgumentException e) {
            throw Nay.invalid("toolset", String.valueOf(e.getMessage()));
        }
        changes.commit(event(type, by, toolset), () -> toolsets.save(toolset));
        return show(name);
    }

    private static State state(Snapshot snapshot, Toolset toolset) {
        Chosen chosen = new Chosen(toolset);
        return new State(
                toolset,
                chosen.unprefixed(),
                snapshot.registry().tools().stream()
                        .filter(tool -> chosen.has(tool.definition()))
                        .map(Tool::name)
                        .map(Object::toString)
                        .toList());
    }

    private static Event event(String type, Operator by, Toolset toolset) {
        Toolset.Selection selection = toolset.selection();
        return Event.of(type)
                .with("by", by.id())
                .with("toolset", toolset.name())
                .with("sources", String.join(" ", selection.sources()))
                .with(
                        "tools",
                        String.join(
                                " ",
                                selection.tools().stream()
                                        .map(ToolPattern::text)
                                        .toList()))
                .with("tags", String.join(", ", selection.tags()));
    }
}
