package dev.toolkeep.admin;

import dev.toolkeep.call.Offer;
import dev.toolkeep.journal.Event;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.Drift;
import dev.toolkeep.registry.DriftReport;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.Standing.Approval;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/// The sources of a program that embeds the engine. The program stands in for the person who approves: it trusts what
/// it registers itself the first time, and whatever it says afterwards. Everything else is as for any source: what
/// changed rests until it is accepted, and the journal holds who offered what before it is so.
public final class OwnSources {
    private final Catalog catalog;
    private final Changes changes;

    public OwnSources(Catalog catalog, Changes changes) {
        this.catalog = catalog;
        this.changes = changes;
    }

    /// Adds the source, or takes what it offers now for what it offered. A tool nobody decided about is approved when
    /// `trusted` says so of its name and version.
    public DriftReport take(Operator by, Source source, Offer.Tools offered, BiPredicate<ToolName, Digest> trusted)
            throws Refused {
        return changes.alone(() -> {
            Instant now = changes.now();
            Drift drift = Drift.apply(source, offered.tools(), catalog, now);
            List<Event> events = new ArrayList<>();
            events.add(Event.of("source.registered")
                    .with("by", by.id())
                    .with("source", source.name())
                    .with("origin", Origins.words(source.origin()))
                    .with("tools_added", drift.report().added().size())
                    .with("tools_changed", drift.report().changed().size())
                    .with("tools_removed", drift.report().removed().size()));
            List<Standing> standings = new ArrayList<>();
            for (Standing standing : drift.standings()) {
                standings.add(decided(by, standing, trusted, now, events));
            }
            changes.commit(events, () -> {
                catalog.save(source);
                catalog.saveVersions(drift.versions());
                catalog.saveStandings(standings);
            });
            return drift.report();
        });
    }

    /// Removes a source and its tools; false when there is none of this name.
    public boolean remove(Operator by, String name) throws Refused {
        return changes.alone(() -> {
            boolean known =
                    catalog.sources().stream().anyMatch(source -> source.name().equals(name));
            if (known) {
                changes.commit(
                        Event.of("source.removed").with("by", by.id()).with("source", name),
                        () -> catalog.removeSource(name));
            }
            return known;
        });
    }

    private static Standing decided(
            Operator by, Standing standing, BiPredicate<ToolName, Digest> trusted, Instant now, List<Event> events) {
        Digest offered = standing.offered();
        ToolName tool = standing.tool();
        if (offered == null) {
            events.add(Event.of("tool.removed").with("tool", tool.text()));
            return standing;
        }
        boolean first = standing.approval() == null && standing.rejected() == null && standing.hold() == null;
        boolean approved = first && trusted.test(tool, offered);
        String type = approved ? "tool.approved" : standing.approval() == null ? "tool.offered" : "tool.changed";
        events.add(Event.of(type).with("by", by.id()).with("tool", tool.text()).with("digest", offered.text()));
        return approved ? standing.approved(new Approval(offered, by.id(), now, null)) : standing;
    }
}
