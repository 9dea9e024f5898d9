package dev.toolkeep.protocol.graphql;

import dev.toolkeep.protocol.graphql.GraphQlSchema.Argument;
import dev.toolkeep.protocol.graphql.GraphQlSchema.Ref;
import dev.toolkeep.protocol.graphql.GraphQlSchema.TypeDef;
import dev.toolkeep.wire.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of one operation as a JSON Schema (2020-12). What is non-null and has no default is required; input
/// objects and enumerations are `$defs`, so that a type may hold itself; a custom scalar may be anything. Past 100
/// definitions or 1,000 members the rest is left to the server: such a type may be anything too.
final class VariableSchemas {
    private static final int MOST_DEFINITIONS = 100;
    private static final int MOST_MEMBERS = 1_000;
    private static final int LONGEST_DESCRIPTION = 2_000;

    private final GraphQlSchema schema;
    private final ObjectNode definitions = Json.object();
    private final Set<String> referred = new HashSet<>();
    private final Deque<TypeDef> waiting = new ArrayDeque<>();
    private int members;

    private VariableSchemas(GraphQlSchema schema) {
        this.schema = schema;
    }

    static ObjectNode of(List<Argument> arguments, GraphQlSchema schema) {
        VariableSchemas schemas = new VariableSchemas(schema);
        ObjectNode object = schemas.object(arguments);
        while (!schemas.waiting.isEmpty()) {
            schemas.define(schemas.waiting.remove());
        }
        if (!schemas.definitions.isEmpty()) {
            object.set("$defs", schemas.definitions);
        }
        return object;
    }

    private ObjectNode object(List<Argument> arguments) {
        ObjectNode object = Json.object().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        for (Argument argument : arguments) {
            ObjectNode property = use(argument.type());
            describe(property, described(argument));
            properties.set(argument.name(), property);
        }
        List<Argument> required = arguments.stream().filter(Argument::required).toList();
        if (!required.isEmpty()) {
            var names = object.putArray("required");
            required.forEach(argument -> names.add(argument.name()));
        }
        return object.put("additionalProperties", false);
    }

    private static String described(Argument argument) {
        if (argument.byDefault().isEmpty()) {
            return argument.description();
        }
        String said = "Default: " + argument.byDefault();
        return argument.description().isEmpty() ? said : argument.description() + " " + said;
    }

    private static void describe(ObjectNode schema, String description) {
        if (!description.isEmpty()) {
            schema.put(
                    "description",
                    description.length() > LONGEST_DESCRIPTION
                            ? description.substring(0, LONGEST_DESCRIPTION)
                            : description);
        }
    }

    private ObjectNode use(Ref ref) {
        return ref instanceof Ref.NonNull(Ref inner) ? present(inner) : orNull(present(ref));
    }

    private ObjectNode present(Ref ref) {
        return switch (ref) {
            case Ref.NonNull(Ref inner) -> present(inner);
            case Ref.ListOf(Ref item) -> {
                ObjectNode list = Json.object().put("type", "array");
                list.set("items", use(item));
                yield list;
            }
            case Ref.Named(String name) -> named(name);
        };
    }

    private ObjectNode named(String name) {
        ObjectNode known = Json.object();
        switch (name) {
            case "Int" ->
                known.put("type", "integer").put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
            case "Float" -> known.put("type", "number");
            case "String" -> known.put("type", "string");
            case "Boolean" -> known.put("type", "boolean");
            case "ID" -> known.putArray("type").add("string").add("integer");
            default -> {
                switch (schema.types().get(name)) {
                    case TypeDef.Choice choice -> refer(choice, known);
                    case TypeDef.Input input -> refer(input, known);
                    case TypeDef.Scalar scalar -> describe(known, (name + " " + scalar.description()).strip());
                    case null, default -> known.put("description", name);
                }
            }
        }
        return known;
    }

    private void refer(TypeDef type, ObjectNode into) {
        if (!referred.contains(type.name())) {
            int size = type instanceof TypeDef.Input input
                    ? input.fields().size()
                    : ((TypeDef.Choice) type).values().size();
            if (referred.size() >= MOST_DEFINITIONS || members + size > MOST_MEMBERS) {
                into.put("description", type.name());
                return;
            }
            members += size;
            referred.add(type.name());
            waiting.add(type);
        }
        into.put("$ref", "#/$defs/" + type.name());
    }

    private void define(TypeDef type) {
        ObjectNode definition = Json.object();
        String description = "";
        if (type instanceof TypeDef.Input input) {
            definition = object(input.fields());
            description = input.description();
        } else if (type instanceof TypeDef.Choice choice) {
            choice.values().forEach(definition.put("type", "string").putArray("enum")::add);
            description = choice.description();
        }
        describe(definition, description);
        definitions.set(type.name(), definition);
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isString()) {
            String type = schema.path("type").stringValue();
            schema.putArray("type").add(type).add("null");
        } else if (schema.path("type").isArray()) {
            schema.withArray("type").add("null");
        } else if (schema.has("$ref")) {
            ObjectNode either = Json.object();
            either.putArray("anyOf").add(schema).add(Json.object().put("type", "null"));
            return either;
        }
        return schema;
    }
}
