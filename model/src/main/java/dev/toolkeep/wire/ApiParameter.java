package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One parameter of an OpenAPI operation.
///
/// @param form how its value is shaped: `object`, `array` or `single`
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
        return proof.auth() instanceof Auth.ApiKey(var key, String sent, Auth.Location where)
                && where.name().equalsIgnoreCase(in)
                && (where == Auth.Location.HEADER ? sent.equalsIgnoreCase(name) : sent.equals(name));
    }

    boolean isSetByTheClient() {
        return in.equals("header") && IMPLIED.contains(name.toLowerCase(Locale.ROOT));
    }

    /// @throws Malformed when its value cannot be sent exactly as described; the message says why
    void checkSendable() throws Malformed {
        switch (in) {
            case "path" -> {
                require(
                        style.equals("simple") && !form.equals("object") && !json,
                        "its style is not supported in a path");
            }
            case "query" -> {
                boolean plain = style.equals("form") && (form.equals("single") || (form.equals("array") && explode));
                require(json ? form.equals("object") : plain, "its style is not supported in a query");
            }
            case "header" -> {
                require(form.equals("single") && !json, "lists and objects are not supported in a header");
                require(HeaderNames.argumentMaySet(name), "an argument may not set this header");
            }
            case "cookie" -> throw new Malformed("cookies are not supported");
            default -> throw new Malformed("a parameter must be in path, query, header or cookie");
        }
    }

    private static void require(boolean holds, String otherwise) throws Malformed {
        if (!holds) {
            throw new Malformed(otherwise);
        }
    }

    private static String form(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (says(type, "object") || schema.has("properties")) {
            return "object";
        }
        return says(type, "array") || schema.has("items") ? "array" : "single";
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
