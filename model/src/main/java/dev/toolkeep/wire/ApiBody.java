package dev.toolkeep.wire;

import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.PartEncoding;
import dev.toolkeep.tool.Placing;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The request body of an OpenAPI operation, in the one of its content types that an argument fits best: JSON, then a
/// form, then parts, then text, then bytes in Base64.
///
/// @param schema of the argument
record ApiBody(String contentType, Kind kind, JsonNode schema, Map<String, PartEncoding> encoding) {
    /// What becomes of the argument.
    enum Kind {
        BYTES,
        TEXT,
        PARTS,
        FORM,
        ANYTHING,
        LIKE_JSON,
        JSON
    }

    static ApiBody read(ApiDocument document, ApiSchemas inputs, ObjectNode content) throws Malformed {
        String type = "";
        Kind kind = Kind.BYTES;
        for (String written : content.propertyNames()) {
            boolean printable = written.chars().allMatch(c -> c >= ' ' && c < 0x7f);
            if (printable && (type.isEmpty() || kind(written).compareTo(kind) > 0)) {
                type = written;
                kind = kind(written);
            }
        }
        if (type.isEmpty()) {
            throw new Malformed("its body names no type of content");
        }
        JsonNode media = content.path(type);
        JsonNode schema = Members.given(media, "schema");
        JsonNode known = schema == null ? Json.object() : schema;
        return switch (kind) {
            case JSON, LIKE_JSON -> new ApiBody(type, kind, inputs.read(known), Map.of());
            case ANYTHING -> new ApiBody("application/json", kind, inputs.read(known), Map.of());
            case FORM -> new ApiBody(type, kind, inputs.read(known), encoding(document, known, media));
            case PARTS -> {
                Map<String, PartEncoding> encoding = encoding(document, known, media);
                yield new ApiBody("multipart/form-data", kind, withBytes(inputs.read(known), encoding), encoding);
            }
            case TEXT -> new ApiBody(type, kind, text(known, type), Map.of());
            case BYTES -> new ApiBody(concrete(type), kind, bytes(Json.object()), Map.of());
        };
    }

    /// The body of a call whose argument is `field`.
    HttpCall.Body sent(String field) {
        return switch (kind) {
            case PARTS -> new HttpCall.Body.Members(field, encoding);
            case FORM ->
                encoding.isEmpty() ? new HttpCall.Body.Field(field) : new HttpCall.Body.Members(field, encoding);
            case BYTES -> new HttpCall.Body.Bytes(field);
            case JSON, LIKE_JSON, ANYTHING, TEXT -> new HttpCall.Body.Field(field);
        };
    }

    private static Kind kind(String type) {
        String bare = type.toLowerCase(Locale.ROOT).replaceAll("\\s*;.*", "");
        return switch (bare) {
            case "application/json" -> Kind.JSON;
            case "*/*", "application/*" -> Kind.ANYTHING;
            case "application/x-www-form-urlencoded" -> Kind.FORM;
            case "multipart/form-data" -> Kind.PARTS;
            case "application/xml", "application/yaml", "application/x-yaml" -> Kind.TEXT;
            default ->
                bare.matches("application/[a-z0-9.!#$&^_-]+\\+json")
                        ? Kind.LIKE_JSON
                        : bare.startsWith("text/") || bare.endsWith("+xml") ? Kind.TEXT : Kind.BYTES;
        };
    }

    /// A range of types is sent as what is in none of them in particular.
    private static String concrete(String type) {
        return type.contains("*") ? "application/octet-stream" : type;
    }

    /// Text has no members: what a schema says of an object describes the document that the text must be.
    private static JsonNode text(JsonNode schema, String type) {
        ObjectNode text = Json.object().put("type", "string");
        boolean plain = schema.path("type").asString("string").equals("string") && !schema.has("$ref");
        return plain ? text : text.put("contentMediaType", type);
    }

    private static ObjectNode bytes(JsonNode schema) {
        ObjectNode bytes = Json.object().put("type", "string").put("contentEncoding", "base64");
        String description = schema.path("description").asString("");
        return description.isEmpty() ? bytes : bytes.put("description", description);
    }

    /// What differs from the usual way, by member.
    private static Map<String, PartEncoding> encoding(ApiDocument document, JsonNode schema, JsonNode media)
            throws Malformed {
        Map<String, PartEncoding> encoding = new LinkedHashMap<>();
        JsonNode properties = document.resolve(schema).path("properties");
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (binary(document, property.getValue())) {
                encoding.put(property.getKey(), new PartEncoding(Placing.Style.FORM, true, "", true));
            }
        }
        for (Map.Entry<String, JsonNode> one : Members.object(media, "encoding").properties()) {
            JsonNode written = one.getValue();
            Placing.Style style = Placings.style(written, "form");
            String type = Members.text(written, "contentType", "").replaceAll("\\s*,.*", "");
            HeaderNames.checkValue("contentType", type);
            PartEncoding before = encoding.get(one.getKey());
            encoding.put(
                    one.getKey(),
                    new PartEncoding(
                            style.fits(Placing.In.QUERY) ? style : Placing.Style.FORM,
                            written.path("explode").asBoolean(style == Placing.Style.FORM),
                            type.contains("*") ? "" : type,
                            before != null && before.base64()));
        }
        return encoding;
    }

    /// OpenAPI 3.0 says `format: binary`; 3.1 a media type and no encoding.
    private static boolean binary(ApiDocument document, JsonNode written) throws Malformed {
        JsonNode schema = document.resolve(written);
        JsonNode one = schema.has("items") ? document.resolve(schema.path("items")) : schema;
        String format = one.path("format").asString("");
        return format.equals("binary")
                || format.equals("byte")
                || (one.has("contentMediaType") && !one.has("contentEncoding") && !one.has("properties"));
    }

    private static JsonNode withBytes(JsonNode schema, Map<String, PartEncoding> encoding) {
        if (schema.path("properties") instanceof ObjectNode properties) {
            encoding.forEach((member, how) -> {
                JsonNode was = properties.get(member);
                if (how.base64() && was != null) {
                    ObjectNode bytes = bytes(was);
                    ObjectNode many = Json.object().put("type", "array");
                    many.set("items", bytes);
                    properties.set(member, was.path("type").asString("").equals("array") ? many : bytes);
                }
            });
        }
        return schema;
    }
}
