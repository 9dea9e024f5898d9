package dev.toolkeep.protocol.graphql;

import dev.toolkeep.protocol.graphql.GraphQlSchema.Argument;
import dev.toolkeep.protocol.graphql.GraphQlSchema.Field;
import dev.toolkeep.protocol.graphql.GraphQlSchema.Ref;
import dev.toolkeep.protocol.graphql.GraphQlSchema.TypeDef;
import dev.toolkeep.wire.Malformed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads the answer to the introspection query (GraphQL, October 2021, 4). A server is not believed: names that are no
/// names, references deeper than a schema has them and more types than anybody has are refused.
final class SchemaReader {
    private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]{0,127}");
    private static final int MOST_TYPES = 20_000;
    private static final int DEEPEST_REF = 8;

    private SchemaReader() {}

    static GraphQlSchema read(JsonNode data) throws Malformed {
        JsonNode schema = data.path("__schema");
        JsonNode list = schema.path("types");
        if (!list.isArray()) {
            throw new Malformed("the answer holds no __schema with types");
        }
        if (list.size() > MOST_TYPES) {
            throw new Malformed("the schema has more than " + MOST_TYPES + " types");
        }
        Map<String, TypeDef> types = HashMap.newHashMap(list.size());
        for (JsonNode one : list) {
            String name = name(one);
            if (!name.startsWith("__") && types.put(name, type(one, name)) != null) {
                throw new Malformed("the schema names a type twice");
            }
        }
        return new GraphQlSchema(
                root(schema, "queryType"), root(schema, "mutationType"), root(schema, "subscriptionType"), types);
    }

    private static String root(JsonNode schema, String member) throws Malformed {
        JsonNode root = schema.path(member);
        return root.isObject() ? name(root) : "";
    }

    private static TypeDef type(JsonNode json, String name) throws Malformed {
        String description = description(json);
        return switch (json.path("kind").asString("")) {
            case "SCALAR" -> new TypeDef.Scalar(name, description);
            case "ENUM" -> {
                List<String> values = new ArrayList<>();
                for (JsonNode value : json.path("enumValues")) {
                    values.add(name(value));
                }
                yield new TypeDef.Choice(name, description, values);
            }
            case "INPUT_OBJECT" -> new TypeDef.Input(name, description, arguments(json.path("inputFields")));
            case "OBJECT" -> new TypeDef.Composite(name, fields(json), List.of());
            case "INTERFACE", "UNION" -> {
                List<String> possible = new ArrayList<>();
                for (JsonNode one : json.path("possibleTypes")) {
                    possible.add(name(one));
                }
                yield new TypeDef.Composite(name, fields(json), possible);
            }
            default -> throw new Malformed("the schema has a type of an unknown kind");
        };
    }

    private static List<Field> fields(JsonNode json) throws Malformed {
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : json.path("fields")) {
            fields.add(new Field(
                    name(field),
                    description(field),
                    arguments(field.path("args")),
                    ref(field.path("type"), 0),
                    field.path("isDeprecated").asBoolean(false)));
        }
        return fields;
    }

    private static List<Argument> arguments(JsonNode list) throws Malformed {
        List<Argument> arguments = new ArrayList<>();
        for (JsonNode argument : list) {
            arguments.add(new Argument(
                    name(argument),
                    description(argument),
                    ref(argument.path("type"), 0),
                    argument.path("defaultValue").asString("")));
        }
        return arguments;
    }

    private static Ref ref(JsonNode json, int depth) throws Malformed {
        if (depth > DEEPEST_REF) {
            throw new Malformed("a type of the schema is nested deeper than " + DEEPEST_REF);
        }
        return switch (json.path("kind").asString("")) {
            case "NON_NULL" -> new Ref.NonNull(ref(json.path("ofType"), depth + 1));
            case "LIST" -> new Ref.ListOf(ref(json.path("ofType"), depth + 1));
            default -> new Ref.Named(name(json));
        };
    }

    private static String name(JsonNode json) throws Malformed {
        String name = json.path("name").asString("");
        if (!NAME.matcher(name).matches()) {
            throw new Malformed("the schema holds a name that is no GraphQL name");
        }
        return name;
    }

    private static String description(JsonNode json) {
        return json.path("description").asString("").strip();
    }
}
