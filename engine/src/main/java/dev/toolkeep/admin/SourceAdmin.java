package dev.toolkeep.admin;

import dev.toolkeep.call.Discovery;
import dev.toolkeep.call.Keep;
import dev.toolkeep.call.Offer;
import dev.toolkeep.journal.Event;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.Drift;
import dev.toolkeep.registry.DriftReport;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.LeftOut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which sources there are, and what they offer. Reading one waits for the network, up to the deadline: never on an
/// event loop. A source that cannot be read keeps its tools as they were and says why in its [SourceState].
public final class SourceAdmin {
    private final Catalog catalog;
    private final Discovery discovery;
    private final Changes changes;
    private final Duration deadline;
    private final Map<String, SourceState.LastRead> lastReads = new ConcurrentHashMap<>();

    /// @param deadline the longest one source may take to say what it offers
    public SourceAdmin(Catalog catalog, Discovery discovery, Changes changes, Duration deadline) {
        this.catalog = catalog;
        this.discovery = discovery;
        this.changes = changes;
        this.deadline = deadline;
    }

    /// By name.
    public List<SourceState> list() {
        Instant now = changes.now();
        Map<String, Map<Standing.Status, Integer>> counts = new HashMap<>();
        for (Standing standing : catalog.standings()) {
            counts.computeIfAbsent(standing.tool().source(), name -> new EnumMap<>(Standing.Status.class))
                    .merge(standing.status(now), 1, Integer::sum);
        }
        return catalog.sources().stream()
                .map(source -> new SourceState(
                        source, counts.getOrDefault(source.name(), Map.of()), lastReads.get(source.name())))
                .toList();
    }

    public SourceState show(String name) throws Refused {
        return list().stream()
                .filter(state -> state.source().name().equals(name))
                .findFirst()
                .orElseThrow(() -> Nay.unknown("source", name));
    }

    /// What [#add] would bring; keeps nothing but the record that it was asked.
    public Reading preview(Operator by, SourceOrder order) throws Refused {
        Source source = order.source(changes.now());
        requireNew(source);
        changes.note(event("source.previewed", by, source));
        return switch (offer(source)) {
            case Offer.Failed(ToolFault fault) -> unreadable(by, source, fault);
            case Offer.Tools offered -> read(source, drift(source, offered), offered);
        };
    }

    /// Adds a source that can be read; its tools wait for approval. One that cannot be read is not added.
    public Reading add(Operator by, SourceOrder order) throws Refused {
        Source source = order.source(changes.now());
        requireNew(source);
        changes.note(event("source.asked", by, source));
        return switch (offer(source)) {
            case Offer.Failed(ToolFault fault) -> unreadable(by, source, fault);
            case Offer.Tools offered ->
                changes.alone(() -> {
                    requireNew(source);
                    return take(event("source.added", by, source), source, offered, () -> catalog.save(source));
                });
        };
    }

    /// The toolset built into the program; for its start, with nobody's order but its own. Does nothing when it is
    /// there and offers what it offered.
    public void addBuiltin(String name) throws Refused {
        Source kept = find(name);
        Source source = kept != null ? kept : new Source(name, new Origin.Builtin(), Reach.PUBLIC, changes.now());
        if (!(offer(source) instanceof Offer.Tools offered)) {
            throw new IllegalStateException("the built-in toolset cannot be read");
        }
        changes.alone(() -> {
            boolean quiet = kept != null && drift(source, offered).report().quiet();
            return quiet
                    ? source
                    : take(
                                    event("source.added", Operator.program(), source),
                                    source,
                                    offered,
                                    () -> catalog.save(source))
                            .source();
        });
    }

    /// Reads the source again: what is new waits, what changed rests, what is gone is removed.
    public Reading refresh(Operator by, String name) throws Refused {
        Source source = find(name);
        if (source == null) {
            throw Nay.unknown("source", name);
        }
        return refresh(by, source)
                .orElseThrow(() -> Nay.conflict(
                        "source-changed", "the source was changed or removed while it was read", "refresh it again"));
    }

    /// Every source, one after the other; one that cannot be read, or was removed meanwhile, does not stop the others.
    public List<Reading> refreshAll(Operator by) throws Refused {
        List<Reading> readings = new ArrayList<>();
        for (Source source : catalog.sources()) {
            refresh(by, source).ifPresent(readings::add);
        }
        return readings;
    }

    /// Removes the source and its tools' standings; its versions stay on record.
    public void remove(Operator by, String name) throws Refused {
        changes.alone(() -> {
            Source source = find(name);
            if (source == null) {
                throw Nay.unknown("source", name);
            }
            if (source.origin() instanceof Origin.Builtin) {
                throw Nay.conflict(
                        "builtin-source",
                        "the built-in toolset cannot be removed",
                        "revoke or quarantine its tools, or deny them in the policy");
            }
            changes.commit(event("source.removed", by, source), () -> catalog.removeSource(name));
            lastReads.remove(name);
            return source;
        });
    }

    /// Empty when the source was changed or removed while it was read: what it offered is nobody's then.
    private Optional<Reading> refresh(Operator by, Source source) throws Refused {
        changes.note(event("source.asked", by, source));
        Offer offer = offer(source);
        return changes.alone(() -> {
            if (!source.equals(find(source.name()))) {
                return Optional.empty();
            }
            return Optional.of(
                    switch (offer) {
                        case Offer.Failed(ToolFault fault) -> {
                            lastReads.put(source.name(), new SourceState.LastRead(changes.now(), fault));
                            yield unreadable(by, source, fault);
                        }
                        case Offer.Tools offered ->
                            take(event("source.refreshed", by, source), source, offered, () -> {});
                    });
        });
    }

    private Reading unreadable(Operator by, Source source, ToolFault fault) throws Refused {
        changes.note(
                event("source.unreadable", by, source).with("code", fault.kind().code()));
        return new Reading.Unreadable(source, fault);
    }

    /// Journals and stores what an offer changes; only alone.
    private Reading take(Event event, Source source, Offer.Tools offered, Runnable first) throws Refused {
        Drift drift = drift(source, offered);
        DriftReport report = drift.report();
        List<Event> events = new ArrayList<>();
        events.add(event.with("tools_added", report.added().size())
                .with("tools_changed", report.changed().size())
                .with("tools_removed", report.removed().size())
                .with("tools_renamed", report.renamed().size()));
        Map<ToolName, Standing> standings = new HashMap<>();
        drift.standings().forEach(standing -> standings.put(standing.tool(), standing));
        report.added().forEach(tool -> events.add(offered("tool.offered", tool, standings)));
        report.changed().forEach(tool -> events.add(offered("tool.changed", tool, standings)));
        report.removed().forEach(tool -> events.add(offered("tool.removed", tool, standings)));
        report.renamed()
                .forEach(pair -> events.add(offered("tool.renamed", pair.to(), standings)
                        .with("before", pair.from().text())));
        changes.commit(events, () -> {
            first.run();
            catalog.saveVersions(drift.versions());
            catalog.saveStandings(drift.standings());
        });
        lastReads.put(source.name(), new SourceState.LastRead(changes.now(), null));
        return read(source, drift, offered);
    }

    private static Event offered(String type, ToolName tool, Map<ToolName, Standing> standings) {
        Event event = Event.of(type).with("tool", tool.text());
        Standing standing = standings.get(tool);
        return standing == null || standing.offered() == null
                ? event
                : event.with("digest", standing.offered().text());
    }

    private Drift drift(Source source, Offer.Tools offered) {
        return Drift.apply(source, offered.tools(), catalog, changes.now());
    }

    private static Reading read(Source source, Drift drift, Offer.Tools offered) {
        List<LeftOut> leftOut = new ArrayList<>(offered.leftOut());
        drift.report()
                .leftOut()
                .forEach(refused -> leftOut.add(new LeftOut(refused.tool().name(), refused.reason())));
        return new Reading.Read(source, drift.report(), leftOut);
    }

    private Offer offer(Source source) {
        CompletableFuture<Offer> reading = discovery.read(source).toCompletableFuture();
        return reading.copy()
                .completeOnTimeout(
                        new Offer.Failed(ToolFault.of(
                                ToolFault.Kind.TIMED_OUT,
                                "the source did not say what it offers within " + deadline.toSeconds() + " s")),
                        deadline.toMillis(),
                        TimeUnit.MILLISECONDS)
                .exceptionally(bug -> new Offer.Failed(
                        ToolFault.of(ToolFault.Kind.OURS, "reading the source failed inside Toolkeep")))
                .join();
    }

    private void requireNew(Source source) throws Refused {
        if (source.name().equals(Keep.SOURCE)) {
            throw Nay.invalid("source-name", "name: keep is the built-in toolset's");
        }
        if (find(source.name()) != null) {
            throw Nay.conflict(
                    "source-exists",
                    "there is a source " + source.name() + " already",
                    "choose another name, or remove that one first");
        }
    }

    private @Nullable Source find(String name) {
        return catalog.sources().stream()
                .filter(source -> Objects.equals(source.name(), name))
                .findFirst()
                .orElse(null);
    }

    private static Event event(String type, Operator by, Source source) {
        return Event.of(type)
                .with("by", by.id())
                .with("source", source.name())
                .with("origin", Origins.words(source.origin()))
                .with("reach", source.reach().grants().stream().sorted().collect(Collectors.joining(" ")));
    }
}
