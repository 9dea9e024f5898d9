package dev.toolkeep.protocol.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.toolkeep.wire.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A message as a JSON Schema (2020-12) of its proto3 JSON form. Messages and enumerations inside are `$defs`, so that
/// one may hold itself; past 100 of them or 1,000 fields the rest may be anything, and the server judges it.
final class MessageSchemas {
    private static final int MOST_DEFINITIONS = 100;
    private static final int MOST_FIELDS = 1_000;

    private final ObjectNode definitions = Json.object();
    private final Set<String> referred = new HashSet<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int fields;

    private MessageSchemas() {}

    static ObjectNode of(Descriptor message) {
        MessageSchemas schemas = new MessageSchemas();
        ObjectNode known = wellKnown(message.getFullName());
        ObjectNode schema = known == null ? schemas.object(message) : known;
        while (!schemas.waiting.isEmpty()) {
            schemas.waiting.remove().run();
        }
        if (!schemas.definitions.isEmpty()) {
            schema.set("$defs", schemas.definitions);
        }
        return schema;
    }

    private ObjectNode object(Descriptor message) {
        ObjectNode object = Json.object().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = Json.array();
        for (FieldDescriptor field : message.getFields()) {
            properties.set(field.getJsonName(), field(field));
            if (field.isRequired()) {
                required.add(field.getJsonName());
            }
        }
        if (!required.isEmpty()) {
            object.set("required", required);
        }
        String alternatives = message.getRealOneofs().stream()
                .map(oneof -> "at most one of "
                        + oneof.getFields().stream()
                                .map(FieldDescriptor::getJsonName)
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        if (!alternatives.isEmpty()) {
            object.put("description", alternatives);
        }
        return object.put("additionalProperties", false);
    }

    private ObjectNode field(FieldDescriptor field) {
        if (field.isMapField()) {
            ObjectNode map = Json.object().put("type", "object");
            map.set("additionalProperties", one(field.getMessageType().findFieldByNumber(2)));
            return map;
        }
        if (field.isRepeated()) {
            ObjectNode list = Json.object().put("type", "array");
            list.set("items", one(field));
            return list;
        }
        return one(field);
    }

    private ObjectNode one(FieldDescriptor field) {
        ObjectNode schema = Json.object();
        switch (field.getType()) {
            case INT32, SINT32, SFIXED32 ->
                schema.put("type", "integer").put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
            case UINT32, FIXED32 ->
                schema.put("type", "integer").put("minimum", 0).put("maximum", 0xFFFF_FFFFL);
            case INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
                schema.putArray("type").add("integer").add("string");
            case FLOAT, DOUBLE -> schema.putArray("type").add("number").add("string");
            case BOOL -> schema.put("type", "boolean");
            case STRING -> schema.put("type", "string");
            case BYTES -> schema.put("type", "string").put("contentEncoding", "base64");
            case ENUM -> {
                return choice(field.getEnumType());
            }
            case MESSAGE, GROUP -> {
                return message(field.getMessageType());
            }
        }
        return schema;
    }

    private ObjectNode message(Descriptor message) {
        ObjectNode known = wellKnown(message.getFullName());
        return known != null
                ? known
                : refer(
                        message.getFullName(),
                        message.getFields().size(),
                        () -> definitions.set(message.getFullName(), object(message)));
    }

    private ObjectNode choice(EnumDescriptor choice) {
        if (choice.getFullName().equals("google.protobuf.NullValue")) {
            return Json.object().put("type", "null");
        }
        return refer(choice.getFullName(), choice.getValues().size(), () -> {
            ObjectNode values = Json.object().put("type", "string");
            ArrayNode names = values.putArray("enum");
            choice.getValues().stream().map(EnumValueDescriptor::getName).forEach(names::add);
            definitions.set(choice.getFullName(), values);
        });
    }

    private ObjectNode refer(String name, int size, Runnable define) {
        if (!referred.contains(name)) {
            if (referred.size() >= MOST_DEFINITIONS || fields + size > MOST_FIELDS) {
                return Json.object().put("description", name);
            }
            referred.add(name);
            fields += size;
            waiting.add(define);
        }
        return Json.object().put("$ref", "#/$defs/" + name);
    }

    /// The messages that have a form of their own in JSON; null for any other.
    private static @org.jspecify.annotations.Nullable ObjectNode wellKnown(String name) {
        ObjectNode schema = Json.object();
        return switch (name) {
            case "google.protobuf.Timestamp" -> schema.put("type", "string").put("format", "date-time");
            case "google.protobuf.Duration" ->
                schema.put("type", "string").put("description", "seconds with an s: 1.5s");
            case "google.protobuf.FieldMask" ->
                schema.put("type", "string").put("description", "field names, parted by commas");
            case "google.protobuf.Struct", "google.protobuf.Any" -> schema.put("type", "object");
            case "google.protobuf.ListValue" -> schema.put("type", "array");
            case "google.protobuf.Value" -> schema;
            case "google.protobuf.BoolValue" -> nullable(schema, "boolean");
            case "google.protobuf.StringValue", "google.protobuf.BytesValue" -> nullable(schema, "string");
            case "google.protobuf.Int32Value", "google.protobuf.UInt32Value" -> nullable(schema, "integer");
            case "google.protobuf.Int64Value", "google.protobuf.UInt64Value" -> {
                schema.putArray("type").add("integer").add("string").add("null");
                yield schema;
            }
            case "google.protobuf.FloatValue", "google.protobuf.DoubleValue" -> {
                schema.putArray("type").add("number").add("string").add("null");
                yield schema;
            }
            default -> null;
        };
    }

    private static ObjectNode nullable(ObjectNode schema, String type) {
        schema.putArray("type").add(type).add("null");
        return schema;
    }
}
