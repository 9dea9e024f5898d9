package dev.toolkeep.registry;

import dev.toolkeep.registry.Change.Kind;
import dev.toolkeep.registry.Change.Weight;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Definitions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Two definitions of a tool compared in people's words. Complete: two definitions with different digests always
/// differ in at least one change. Quotes no header value and no credential.
public final class SemanticDiff {
    private static final int MOST = 200;
    private static final Set<String> PROMISES =
            Set.of("readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint");

    private final List<Change> changes = new ArrayList<>();

    private SemanticDiff() {}

    /// At most 200 changes, the weightiest first.
    public static List<Change> of(ToolDefinition before, ToolDefinition after) {
        SemanticDiff diff = new SemanticDiff();
        diff.compare(before, after);
        if (diff.changes.isEmpty() && !Definitions.digest(before).equals(Definitions.digest(after))) {
            diff.changes.add(new Change(Kind.INPUTS, "something in the definition", "", "", Weight.WIDENING));
        }
        return diff.changes.stream()
                .sorted(Comparator.comparing(Change::weight))
                .limit(MOST)
                .toList();
    }

    private void compare(ToolDefinition before, ToolDefinition after) {
        text(Kind.NAME, "name", before.name().text(), after.name().text(), Weight.WIDENING);
        text(Kind.TITLE, "title", before.title(), after.title(), Weight.WIDENING);
        text(Kind.DESCRIPTION, "description", before.description(), after.description(), Weight.WIDENING);
        changes.addAll(SchemaDiff.of(Kind.INPUTS, "argument", before.inputs(), after.inputs()));
        changes.addAll(SchemaDiff.of(Kind.OUTPUTS, "answer", before.outputs(), after.outputs()));
        annotations(before.annotations(), after.annotations());
        tags(before.tags(), after.tags());
        changes.addAll(TemplateDiff.of(before.template(), after.template()));
        hosts(before.hosts(), after.hosts());
        text(
                Kind.LABEL,
                "label",
                before.label() == null ? "" : before.label(),
                after.label() == null ? "" : after.label(),
                Weight.NEUTRAL);
    }

    private void text(Kind kind, String path, String before, String after, Weight weight) {
        if (!before.equals(after)) {
            DiffText.Pair shown = DiffText.pair(before, after);
            changes.add(new Change(kind, path, shown.before(), shown.after(), weight));
        }
    }

    /// Hints are promises nobody checked, and clients relax their own questions by them: a change in either direction
    /// deserves a look.
    private void annotations(JsonNode before, JsonNode after) {
        for (String name : DiffText.names(before, after)) {
            JsonNode was = DiffText.at(before, name);
            JsonNode is = DiffText.at(after, name);
            if (!DiffText.same(was, is)) {
                changes.add(new Change(
                        Kind.ANNOTATIONS,
                        "annotation " + DiffText.printable(name),
                        DiffText.brief(was),
                        DiffText.brief(is),
                        PROMISES.contains(name) ? Weight.WIDENING : Weight.NEUTRAL));
            }
        }
    }

    /// Policies choose by tags, so a tag that comes or goes can change who may call.
    private void tags(List<String> before, List<String> after) {
        for (String tag : new TreeSet<>(after)) {
            if (!before.contains(tag)) {
                changes.add(new Change(Kind.TAGS, "tag", "", DiffText.printable(tag), Weight.WIDENING));
            }
        }
        for (String tag : new TreeSet<>(before)) {
            if (!after.contains(tag)) {
                changes.add(new Change(Kind.TAGS, "tag", DiffText.printable(tag), "", Weight.WIDENING));
            }
        }
        if (!before.equals(after) && Set.copyOf(before).equals(Set.copyOf(after))) {
            changes.add(new Change(Kind.TAGS, "order of the tags", "", "", Weight.NEUTRAL));
        }
    }

    private void hosts(Set<String> before, Set<String> after) {
        for (String host : after) {
            if (!before.contains(host)) {
                changes.add(new Change(Kind.HOSTS, "now calls " + DiffText.printable(host), "", "", Weight.WIDENING));
            }
        }
        for (String host : before) {
            if (!after.contains(host)) {
                changes.add(new Change(
                        Kind.HOSTS, "no longer calls " + DiffText.printable(host), "", "", Weight.NARROWING));
            }
        }
    }
}
