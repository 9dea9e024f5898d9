package dev.toolkeep.client.direct;

import dev.toolkeep.wire.Json;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON Schemas (draft 2020-12) of Java types, as Jackson reads and writes them: primitives and their boxes, text,
/// numbers, enums, dates and times, lists, sets, arrays, maps by text, `Optional`, records, and `JsonNode` or `Object`
/// for anything. A record that holds itself becomes a `$ref` into `$defs`. Any other type is refused by name, for a
/// schema that says less than the method wants would let wrong arguments through.
///
/// For one schema; not thread-safe.
final class TypeSchemas {
    private static final Map<Class<?>, String> FORMATS = Map.ofEntries(
            Map.entry(java.time.Instant.class, "date-time"),
            Map.entry(java.time.OffsetDateTime.class, "date-time"),
            Map.entry(java.time.ZonedDateTime.class, "date-time"),
            Map.entry(java.time.LocalDate.class, "date"),
            Map.entry(java.time.Duration.class, "duration"),
            Map.entry(java.util.UUID.class, "uuid"),
            Map.entry(java.net.URI.class, "uri"));
    private static final Set<Class<?>> NUMBERS =
            Set.of(double.class, Double.class, float.class, Float.class, java.math.BigDecimal.class, Number.class);
    private static final Set<Class<?>> TEXTS = Set.of(String.class, CharSequence.class);

    private final Map<Class<?>, String> names = new LinkedHashMap<>();
    private final ObjectNode definitions = Json.object();

    /// The record schemas that were referred to; to be put beside the schema as `$defs` when not empty.
    ObjectNode definitions() {
        return definitions;
    }

    /// Whether an argument of this type may be left out.
    static boolean optional(AnnotatedType type, AnnotatedElement place) {
        return nullable(type, place) || optionalClass(raw(type.getType()));
    }

    /// @throws IllegalArgumentException naming a type that has no schema
    ObjectNode of(AnnotatedType type, AnnotatedElement place) {
        ObjectNode schema = plain(type);
        if (nullable(type, place) || optionalClass(raw(type.getType()))) {
            orNull(schema);
        }
        UtcpArgument said = place.getAnnotation(UtcpArgument.class);
        if (said != null) {
            schema.put("description", said.description());
        }
        return schema;
    }

    private ObjectNode plain(AnnotatedType type) {
        Class<?> raw = raw(type.getType());
        if (type instanceof AnnotatedArrayType array && raw != byte[].class) {
            return list(array.getAnnotatedGenericComponentType(), false);
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return list(argument(type, 0), Set.class.isAssignableFrom(raw));
        }
        if (Map.class.isAssignableFrom(raw)) {
            return map(type);
        }
        if (raw == Optional.class) {
            return plain(argument(type, 0));
        }
        return raw.isRecord() ? reference(raw) : simple(raw);
    }

    private static ObjectNode simple(Class<?> raw) {
        ObjectNode schema = Json.object();
        if (raw == boolean.class || raw == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (raw.isEnum()) {
            ArrayNode values = schema.put("type", "string").putArray("enum");
            Arrays.stream(raw.getEnumConstants()).forEach(value -> values.add(((Enum<?>) value).name()));
            return schema;
        }
        if (FORMATS.containsKey(raw)) {
            return schema.put("type", "string").put("format", FORMATS.get(raw));
        }
        if (raw == byte[].class) {
            return schema.put("type", "string").put("contentEncoding", "base64");
        }
        if (raw == char.class || raw == Character.class) {
            return schema.put("type", "string").put("minLength", 1).put("maxLength", 1);
        }
        if (TEXTS.contains(raw)) {
            return schema.put("type", "string");
        }
        if (NUMBERS.contains(raw) || raw == OptionalDouble.class) {
            return schema.put("type", "number");
        }
        if (raw == Object.class || JsonNode.class.isAssignableFrom(raw)) {
            return raw == ObjectNode.class ? schema.put("type", "object") : schema;
        }
        return whole(raw);
    }

    private static ObjectNode whole(Class<?> raw) {
        ObjectNode schema = Json.object().put("type", "integer");
        if (raw == int.class || raw == Integer.class || raw == OptionalInt.class) {
            return schema.put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
        }
        if (raw == long.class || raw == Long.class || raw == OptionalLong.class) {
            return schema.put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
        }
        if (raw == short.class || raw == Short.class) {
            return schema.put("minimum", Short.MIN_VALUE).put("maximum", Short.MAX_VALUE);
        }
        if (raw == byte.class || raw == Byte.class) {
            return schema.put("minimum", Byte.MIN_VALUE).put("maximum", Byte.MAX_VALUE);
        }
        if (raw == java.math.BigInteger.class) {
            return schema;
        }
        throw new IllegalArgumentException("no schema can be made of " + raw.getTypeName()
                + ": take a record, an enum, a list, a map or a plain value");
    }

    private ObjectNode list(AnnotatedType items, boolean distinct) {
        ObjectNode schema = Json.object().put("type", "array");
        schema.set("items", inner(items));
        return distinct ? schema.put("uniqueItems", true) : schema;
    }

    private ObjectNode map(AnnotatedType type) {
        if (raw(argument(type, 0).getType()) != String.class) {
            throw new IllegalArgumentException("a map must have text as its key: " + type.getType());
        }
        ObjectNode schema = Json.object().put("type", "object");
        schema.set("additionalProperties", inner(argument(type, 1)));
        return schema;
    }

    private ObjectNode inner(AnnotatedType type) {
        ObjectNode schema = plain(type);
        return nullable(type, type) ? orNull(schema) : schema;
    }

    private ObjectNode reference(Class<?> type) {
        String known = names.get(type);
        if (known == null) {
            known = names.containsValue(type.getSimpleName())
                    ? type.getName().replace('.', '_').replace('$', '_')
                    : type.getSimpleName();
            names.put(type, known);
            ObjectNode place = definitions.putObject(known);
            place.setAll(record(type));
        }
        return Json.object().put("$ref", "#/$defs/" + known);
    }

    private ObjectNode record(Class<?> type) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.array();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.set(component.getName(), of(component.getAnnotatedType(), component));
            if (!optional(component.getAnnotatedType(), component)) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode orNull(ObjectNode schema) {
        JsonNode type = schema.get("type");
        if (type != null && type.isString() && !schema.has("enum")) {
            schema.putArray("type").add(type.stringValue()).add("null");
        } else if (!schema.isEmpty()) {
            ObjectNode either = Json.object();
            either.putArray("anyOf").add(schema.deepCopy()).addObject().put("type", "null");
            schema.removeAll();
            schema.setAll(either);
        }
        return schema;
    }

    private static boolean nullable(AnnotatedType type, AnnotatedElement place) {
        return Arrays.stream(type.getAnnotations()).anyMatch(TypeSchemas::saysNullable)
                || Arrays.stream(place.getAnnotations()).anyMatch(TypeSchemas::saysNullable);
    }

    private static boolean saysNullable(java.lang.annotation.Annotation annotation) {
        return annotation.annotationType().getSimpleName().equals("Nullable");
    }

    private static boolean optionalClass(Class<?> raw) {
        return raw == Optional.class
                || raw == OptionalInt.class
                || raw == OptionalLong.class
                || raw == OptionalDouble.class;
    }

    private static AnnotatedType argument(AnnotatedType type, int index) {
        if (type instanceof AnnotatedParameterizedType parameterized) {
            return parameterized.getAnnotatedActualTypeArguments()[index];
        }
        throw new IllegalArgumentException("say of what: " + type.getType().getTypeName() + " has no type arguments");
    }

    private static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType parameterized -> (Class<?>) parameterized.getRawType();
            case java.lang.reflect.GenericArrayType array -> Object[].class;
            default -> throw new IllegalArgumentException("no schema can be made of " + type.getTypeName());
        };
    }
}
