package dev.toolkeep.registry;

import dev.toolkeep.registry.Change.Kind;
import dev.toolkeep.registry.Change.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Two JSON Schemas compared. Whatever a rule here does not know to be harmless counts as widening. Used once.
final class SchemaDiff {
    private static final int MOST = 400;
    private static final Set<String> UPPER =
            Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains");
    private static final Set<String> LOWER =
            Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains");
    private static final Set<String> NOTES = Set.of("$comment", "examples", "$schema", "deprecated");
    private static final Set<String> NARROWING_WHEN_ADDED = Set.of("pattern", "multipleOf", "const", "enum", "not");

    private final Kind kind;
    private final String subject;
    private final List<Change> changes = new ArrayList<>();

    private SchemaDiff(Kind kind, String subject) {
        this.kind = kind;
        this.subject = subject;
    }

    /// @param subject what one property of it is called: `argument`
    static List<Change> of(Kind kind, String subject, JsonNode before, JsonNode after) {
        SchemaDiff diff = new SchemaDiff(kind, subject);
        diff.schemas("", before, after);
        return diff.changes;
    }

    private void schemas(String path, JsonNode before, JsonNode after) {
        if (changes.size() >= MOST || DiffText.same(before, after)) {
            return;
        }
        if (!before.isObject() || !after.isObject()) {
            add(path, "", before, after, wide(after) ? Weight.WIDENING : Weight.NARROWING);
            return;
        }
        for (String keyword : DiffText.names(before, after)) {
            JsonNode was = before.get(keyword);
            JsonNode is = after.get(keyword);
            if (!DiffText.same(was, is)) {
                keyword(path, keyword, was, is);
            }
        }
    }

    private void keyword(String path, String keyword, @Nullable JsonNode was, @Nullable JsonNode is) {
        switch (keyword) {
            case "properties" -> properties(path, was, is);
            case "required" -> required(path, was, is);
            case "enum" -> values(path, was, is);
            case "type" -> add(path, keyword, was, is, type(was, is));
            case "items" -> inner(path + "[]", keyword, was, is);
            case "additionalProperties", "unevaluatedProperties" -> extra(path, keyword, was, is);
            case "uniqueItems" -> add(path, keyword, was, is, truth(is) ? Weight.NARROWING : Weight.WIDENING);
            default -> {
                if (UPPER.contains(keyword)) {
                    add(path, keyword, was, is, bound(was, is, 1));
                } else if (LOWER.contains(keyword)) {
                    add(path, keyword, was, is, bound(was, is, -1));
                } else if (NOTES.contains(keyword)) {
                    add(path, keyword, was, is, Weight.NEUTRAL);
                } else if (NARROWING_WHEN_ADDED.contains(keyword) && was == null) {
                    add(path, keyword, was, is, Weight.NARROWING);
                } else {
                    nested(path, keyword, was, is);
                }
            }
        }
    }

    /// A keyword nothing more is known of: its innermost differences, each of them worth a look.
    private void nested(String path, String keyword, @Nullable JsonNode was, @Nullable JsonNode is) {
        if (changes.size() >= MOST || DiffText.same(was, is)) {
            return;
        }
        if (was != null && is != null && was.isObject() && is.isObject()) {
            for (String name : DiffText.names(was, is)) {
                nested(path, keyword + " " + DiffText.printable(name), was.get(name), is.get(name));
            }
        } else if (was != null && is != null && was.isArray() && is.isArray() && was.size() == is.size()) {
            for (int i = 0; i < was.size(); i++) {
                nested(path, keyword + " " + (i + 1), was.get(i), is.get(i));
            }
        } else {
            add(path, keyword, was, is, Weight.WIDENING);
        }
    }

    private void properties(String path, @Nullable JsonNode was, @Nullable JsonNode is) {
        if (was == null || is == null || !was.isObject() || !is.isObject()) {
            add(path, "properties", was, is, is == null ? Weight.NARROWING : Weight.WIDENING);
            return;
        }
        for (String name : DiffText.names(was, is)) {
            String inner = (path.isEmpty() ? "" : path + ".") + DiffText.printable(name);
            JsonNode before = was.get(name);
            JsonNode after = is.get(name);
            if (before == null) {
                add(inner, "", null, after, Weight.WIDENING);
            } else if (after == null) {
                add(inner, "", before, null, Weight.NARROWING);
            } else {
                schemas(inner, before, after);
            }
        }
    }

    private void inner(String path, String keyword, @Nullable JsonNode was, @Nullable JsonNode is) {
        if (was != null && is != null && was.isObject() && is.isObject()) {
            schemas(path, was, is);
        } else {
            add(path, keyword, was, is, was == null ? Weight.NARROWING : Weight.WIDENING);
        }
    }

    private void required(String path, @Nullable JsonNode was, @Nullable JsonNode is) {
        Set<String> before = texts(was);
        Set<String> after = texts(is);
        int found = changes.size();
        for (String name : after) {
            if (!before.contains(name)) {
                change(path, "now requires " + DiffText.printable(name), Weight.NARROWING);
            }
        }
        for (String name : before) {
            if (!after.contains(name)) {
                change(path, "no longer requires " + DiffText.printable(name), Weight.WIDENING);
            }
        }
        if (changes.size() == found) {
            add(path, "required", was, is, Weight.NEUTRAL);
        }
    }

    private void values(String path, @Nullable JsonNode was, @Nullable JsonNode is) {
        if (was == null || is == null || !was.isArray() || !is.isArray()) {
            add(path, "enum", was, is, was == null ? Weight.NARROWING : Weight.WIDENING);
            return;
        }
        int found = changes.size();
        missing(is, was).forEach(value -> change(path, "now may be " + value, Weight.WIDENING));
        missing(was, is).forEach(value -> change(path, "may no longer be " + value, Weight.NARROWING));
        if (changes.size() == found) {
            add(path, "order of enum", was, is, Weight.NEUTRAL);
        }
    }

    private static List<String> missing(JsonNode values, JsonNode among) {
        List<String> missing = new ArrayList<>();
        for (JsonNode value : values) {
            if (missing.size() < MOST && among.valueStream().noneMatch(other -> DiffText.same(value, other))) {
                missing.add(DiffText.brief(value));
            }
        }
        return missing;
    }

    private void extra(String path, String keyword, @Nullable JsonNode was, @Nullable JsonNode is) {
        if (was != null && is != null && was.isObject() && is.isObject()) {
            schemas(path + ".*", was, is);
        } else {
            add(path, keyword, was, is, is == null || wide(is) ? Weight.WIDENING : Weight.NARROWING);
        }
    }

    private static Weight type(@Nullable JsonNode was, @Nullable JsonNode is) {
        if (was == null) {
            return Weight.NARROWING;
        }
        Set<String> before = texts(was);
        Set<String> after = texts(is);
        boolean narrower = is != null
                && after.stream()
                        .allMatch(
                                type -> before.contains(type) || (type.equals("integer") && before.contains("number")));
        return narrower ? Weight.NARROWING : Weight.WIDENING;
    }

    /// @param up 1 when more means wider, -1 when less does
    private static Weight bound(@Nullable JsonNode was, @Nullable JsonNode is, int up) {
        if (was == null) {
            return Weight.NARROWING;
        }
        if (is == null || !was.isNumber() || !is.isNumber()) {
            return Weight.WIDENING;
        }
        return is.decimalValue().compareTo(was.decimalValue()) * up > 0 ? Weight.WIDENING : Weight.NARROWING;
    }

    private static boolean wide(JsonNode schema) {
        return schema.isObject() ? schema.isEmpty() : truth(schema);
    }

    private static boolean truth(@Nullable JsonNode value) {
        return value != null && value.isBoolean() && value.booleanValue();
    }

    private static Set<String> texts(@Nullable JsonNode value) {
        Set<String> texts = new TreeSet<>();
        if (value != null && value.isString()) {
            texts.add(value.asString());
        } else if (value != null) {
            value.forEach(one -> texts.add(one.isString() ? one.asString() : one.toString()));
        }
        return texts;
    }

    private void change(String path, String what, Weight weight) {
        changes.add(new Change(kind, place(path) + ": " + what, "", "", weight));
    }

    private void add(String path, String keyword, @Nullable JsonNode was, @Nullable JsonNode is, Weight weight) {
        String where = keyword.isEmpty() ? place(path) : place(path) + ": " + keyword;
        if (was != null && is != null && was.isString() && is.isString()) {
            DiffText.Pair shown = DiffText.pair(was.asString(), is.asString());
            changes.add(new Change(kind, where, shown.before(), shown.after(), weight));
        } else {
            changes.add(new Change(kind, where, DiffText.brief(was), DiffText.brief(is), weight));
        }
    }

    private String place(String path) {
        return path.isEmpty() ? subject + "s" : subject + " " + path;
    }
}
