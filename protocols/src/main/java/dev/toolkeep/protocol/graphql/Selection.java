package dev.toolkeep.protocol.graphql;

import dev.toolkeep.protocol.graphql.GraphQlSchema.Field;
import dev.toolkeep.protocol.graphql.GraphQlSchema.TypeDef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What an operation selects of its answer: every plain field, and objects inside objects down to four levels, at most
/// 200 fields, shared evenly among siblings. Left out are fields that want an argument, deprecated ones, pages that
/// want to know how long they are (`first`, `last`), and types that the path already passed through. Of a union or
/// interface the fields of up to ten of its types are selected; where two would clash one gets an alias (GraphQL,
/// October 2021, 5.3.2).
final class Selection {
    private static final int DEEPEST = 4;
    private static final int MOST_FIELDS = 200;
    private static final int MOST_POSSIBLE = 10;

    private final GraphQlSchema schema;

    Selection(GraphQlSchema schema) {
        this.schema = schema;
    }

    /// The selection set with its braces; `{ __typename }` where nothing of it can be selected.
    String of(TypeDef.Composite type) {
        Picked picked = pick(type, Set.of(type.name()), MOST_FIELDS);
        return "{ " + (picked.fields() == 0 ? "__typename" : picked.text()) + " }";
    }

    private record Picked(String text, int fields) {}

    private Picked pick(TypeDef.Composite type, Set<String> path, int room) {
        return type.possible().isEmpty()
                ? fields(type, path, room, new Names("", Set.of(), new HashMap<>()))
                : anyOf(type, path, room);
    }

    /// How fields may be called in one selection.
    ///
    /// @param prefix of an alias
    /// @param skipped fields that are selected already
    /// @param used the names that are taken, with the types that took them
    private record Names(String prefix, Set<String> skipped, Map<String, String> used) {
        /// The field as it is written, under a name that clashes with none.
        String written(Field field, boolean leaf) {
            String before = used.putIfAbsent(field.name(), field.type().text());
            boolean same = before == null || (leaf && before.equals(field.type().text()));
            return same ? field.name() : prefix + "_" + field.name() + ": " + field.name();
        }
    }

    private Picked anyOf(TypeDef.Composite type, Set<String> path, int room) {
        StringBuilder text = new StringBuilder("__typename");
        Names own = new Names("", Set.of(), new HashMap<>());
        List<TypeDef.Composite> possible = new ArrayList<>();
        for (String name : type.possible()) {
            if (possible.size() < MOST_POSSIBLE
                    && !path.contains(name)
                    && schema.types().get(name) instanceof TypeDef.Composite one
                    && one.possible().isEmpty()) {
                possible.add(one);
            }
        }
        Picked shared = fields(type, path, room / (possible.size() + 1), own);
        append(text, shared);
        int count = 1 + shared.fields();
        Set<String> common = new HashSet<>();
        type.fields().forEach(field -> common.add(field.name()));
        Map<String, String> used = new HashMap<>();
        for (int i = 0; i < possible.size(); i++) {
            TypeDef.Composite one = possible.get(i);
            int share = (room - count) / (possible.size() - i);
            Picked picked = fields(one, with(path, one.name()), share, new Names(one.name(), common, used));
            if (picked.fields() > 0) {
                text.append(" ... on ")
                        .append(one.name())
                        .append(" { ")
                        .append(picked.text())
                        .append(" }");
                count += picked.fields();
            }
        }
        return new Picked(text.toString(), count);
    }

    private Picked fields(TypeDef.Composite type, Set<String> path, int room, Names names) {
        StringBuilder text = new StringBuilder();
        List<Field> nested = new ArrayList<>();
        int count = 0;
        for (Field field : type.fields()) {
            if (field.deprecated() || !field.free() || names.skipped().contains(field.name())) {
                continue;
            }
            switch (schema.types().get(field.type().named())) {
                case TypeDef.Scalar _, TypeDef.Choice _ -> {
                    if (count < room) {
                        append(text, new Picked(names.written(field, true), 1));
                        count++;
                    }
                }
                case TypeDef.Composite inner -> {
                    if (path.size() < DEEPEST && !path.contains(inner.name()) && !pages(field)) {
                        nested.add(field);
                    }
                }
                case TypeDef.Input _ -> {} // no server can answer one
                case null -> {}
            }
        }
        for (int i = 0; i < nested.size(); i++) {
            int share = (room - count) / (nested.size() - i) - 1;
            if (share > 0 && schema.types().get(nested.get(i).type().named()) instanceof TypeDef.Composite inner) {
                Picked picked = pick(inner, with(path, inner.name()), share);
                if (picked.fields() > 0) {
                    append(text, new Picked(names.written(nested.get(i), false) + " { " + picked.text() + " }", 1));
                    count += 1 + picked.fields();
                }
            }
        }
        return new Picked(text.toString(), count);
    }

    private static boolean pages(Field field) {
        return field.arguments().stream()
                .anyMatch(argument -> argument.byDefault().isEmpty()
                        && (argument.name().equals("first") || argument.name().equals("last")));
    }

    private static void append(StringBuilder text, Picked picked) {
        if (picked.fields() > 0) {
            text.append(text.isEmpty() ? "" : " ").append(picked.text());
        }
    }

    private static Set<String> with(Set<String> path, String name) {
        Set<String> longer = new HashSet<>(path);
        longer.add(name);
        return longer;
    }
}
