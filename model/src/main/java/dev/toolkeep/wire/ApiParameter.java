package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.Placing;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One parameter of an OpenAPI operation.
///
/// @param form how its value is shaped: `object`, `array`, `single`, or `any` where the schema does not say
/// @param json whether its value is JSON text (`content` instead of `schema`)
record ApiParameter(
        String name,
        String in,
        boolean required,
        String description,
        JsonNode schema,
        String form,
        String style,
        boolean explode,
        boolean json) {
    /// OpenAPI: parameters of these names "shall be ignored", they follow from the rest of the document.
    private static final Set<String> IMPLIED = Set.of("accept", "content-type", "authorization");

    static ApiParameter read(ApiDocument document, JsonNode parameter) throws Malformed {
        String name = Members.text(parameter, "name");
        String in = Members.text(parameter, "in");
        JsonNode schema = Members.given(parameter, "schema");
        ObjectNode content = Members.object(parameter, "content");
        if (schema == null && content.size() == 1) {
            schema = Members.given(content.iterator().next(), "schema");
        }
        JsonNode known = schema == null ? Json.object() : schema;
        String style = Members.text(parameter, "style", in.equals("query") || in.equals("cookie") ? "form" : "simple");
        return new ApiParameter(
                name,
                in,
                in.equals("path") || parameter.path("required").asBoolean(false),
                Members.text(parameter, "description", ""),
                known,
                form(document.resolve(known)),
                style,
                parameter.path("explode").asBoolean(style.equals("form")),
                !content.isEmpty());
    }

    /// Whether it is what the operation's security already sends.
    boolean isCredential(ApiSecurity.Proof proof) {
        if (in.equals("header") && proof.headers().keySet().stream().anyMatch(name::equalsIgnoreCase)) {
            return true;
        }
        if (in.equals("query") && proof.query().containsKey(name)) {
            return true;
        }
        return proof.auth() instanceof Auth.ApiKey(var key, String sent, Auth.Location where)
                && where.name().equalsIgnoreCase(in)
                && (where == Auth.Location.HEADER ? sent.equalsIgnoreCase(name) : sent.equals(name));
    }

    boolean isSetByTheClient() {
        return in.equals("header") && IMPLIED.contains(name.toLowerCase(Locale.ROOT));
    }

    /// How the argument `argument` is written for it; null where that is how UTCP writes it anyway.
    ///
    /// @throws Malformed when its value cannot be sent exactly as described; the message says why
    @Nullable
    Placing placing(String argument) throws Malformed {
        Placing placing = new Placing(place(), name, json ? Placing.Style.JSON : known(), explode);
        Placings.check(placing);
        if (in.equals("path")) {
            boolean plain = placing.style() == Placing.Style.SIMPLE && !form.equals("object");
            return plain && argument.equals(name) ? null : placing;
        }
        if (!argument.equals(name) || placing.in() == Placing.In.COOKIE) {
            return placing;
        }
        boolean usual = switch (placing.in()) {
            case QUERY -> placing.style() == Placing.Style.FORM && (single() || (form.equals("array") && explode));
            case HEADER -> single() && !json;
            case PATH, COOKIE -> false;
        };
        return usual ? null : placing;
    }

    private boolean single() {
        return form.equals("single") || form.equals("any");
    }

    /// Whether its value's members may become parameters of their own.
    boolean scatters() {
        boolean mayBeAnObject = form.equals("object") || form.equals("any");
        return in.equals("query") && style.equals("form") && explode && !json && mayBeAnObject;
    }

    private Placing.In place() throws Malformed {
        return switch (in) {
            case "path" -> Placing.In.PATH;
            case "query" -> Placing.In.QUERY;
            case "header" -> Placing.In.HEADER;
            case "cookie" -> Placing.In.COOKIE;
            default -> throw new Malformed("a parameter must be in path, query, header or cookie");
        };
    }

    private Placing.Style known() throws Malformed {
        return Placing.Style.of(style)
                .orElseThrow(() -> new Malformed("the style '" + Members.printable(style) + "' is not known"));
    }

    private static String form(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (says(type, "object") || schema.has("properties")) {
            return "object";
        }
        if (says(type, "array") || schema.has("items")) {
            return "array";
        }
        return type.isMissingNode() && !schema.has("enum") && !schema.has("const") ? "any" : "single";
    }

    private static boolean says(JsonNode type, String word) {
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (says(one, word)) {
                    return true;
                }
            }
            return false;
        }
        return type.isString() && type.stringValue().equals(word);
    }
}
