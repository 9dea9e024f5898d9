package dev.toolkeep.wire;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Swagger 2.0 documents, put into the words of OpenAPI 3.0: what follows reads only those.
final class Swagger2 {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "options", "head");
    /// The members of a parameter that describe its value: in OpenAPI 3 they stand in its schema.
    private static final List<String> DESCRIBING = List.of(
            "type",
            "format",
            "items",
            "default",
            "maximum",
            "exclusiveMaximum",
            "minimum",
            "exclusiveMinimum",
            "maxLength",
            "minLength",
            "pattern",
            "maxItems",
            "minItems",
            "uniqueItems",
            "enum",
            "multipleOf");
    private static final Map<String, String> MOVED = Map.of(
            "#/definitions/", "#/components/schemas/",
            "#/parameters/", "#/components/parameters/",
            "#/responses/", "#/components/responses/");

    private final JsonNode root;

    private Swagger2(JsonNode root) {
        this.root = root;
    }

    static boolean is(JsonNode document) {
        return document.path("swagger").asString("").equals("2.0")
                || document.path("swagger").asDouble(0) == 2.0;
    }

    /// @param documentUrl gives the scheme where the document names none
    static ObjectNode asOpenApi(JsonNode document, String documentUrl) throws Malformed {
        return new Swagger2(document).converted(documentUrl);
    }

    private ObjectNode converted(String documentUrl) throws Malformed {
        ObjectNode out = Json.object().put("openapi", "3.0.3");
        out.set("info", root.path("info").isObject() ? root.path("info") : Json.object());
        out.putArray("servers").addObject().put("url", server(documentUrl));
        copy(root, out, "security");
        ObjectNode components = out.putObject("components");
        components.set("schemas", moved(Members.object(root, "definitions")));
        ObjectNode parameters = components.putObject("parameters");
        for (Map.Entry<String, JsonNode> one :
                Members.object(root, "parameters").properties()) {
            parameters.set(one.getKey(), parameter(one.getValue()));
        }
        ObjectNode responses = components.putObject("responses");
        for (Map.Entry<String, JsonNode> one : Members.object(root, "responses").properties()) {
            responses.set(one.getKey(), response(one.getValue(), root));
        }
        ObjectNode schemes = components.putObject("securitySchemes");
        for (Map.Entry<String, JsonNode> one :
                Members.object(root, "securityDefinitions").properties()) {
            schemes.set(one.getKey(), scheme(one.getValue()));
        }
        ObjectNode paths = out.putObject("paths");
        for (Map.Entry<String, JsonNode> path : Members.object(root, "paths").properties()) {
            paths.set(path.getKey(), path(path.getValue()));
        }
        return out;
    }

    private String server(String documentUrl) throws Malformed {
        String base = Members.text(root, "basePath", "/");
        String path = base.startsWith("/") ? base : "/" + base;
        String host = Members.text(root, "host", "");
        if (host.isEmpty()) {
            return path;
        }
        List<String> schemes = Members.texts(root, "schemes");
        String scheme = schemes.contains("https") || schemes.isEmpty() ? "https" : schemes.getFirst();
        if (schemes.isEmpty() && documentUrl.startsWith("http://") && host.equals(authority(documentUrl))) {
            scheme = "http";
        }
        return scheme + "://" + host + path;
    }

    private static String authority(String url) {
        try {
            return String.valueOf(URI.create(url).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private JsonNode path(JsonNode written) throws Malformed {
        if (!written.isObject()) {
            return written;
        }
        ObjectNode path = Json.object();
        for (Map.Entry<String, JsonNode> member : written.properties()) {
            boolean operation =
                    METHODS.contains(member.getKey()) && member.getValue().isObject();
            if (operation) {
                path.set(member.getKey(), operation(member.getValue(), written));
            } else if (!member.getKey().equals("parameters")) {
                path.set(member.getKey(), member.getValue());
            }
        }
        return path;
    }

    /// Parameters of the path are taken into each of its operations: one of them may be its body.
    private ObjectNode operation(JsonNode written, JsonNode path) throws Malformed {
        ObjectNode operation = Json.object();
        for (String member : List.of("operationId", "summary", "description", "tags", "deprecated", "security")) {
            copy(written, operation, member);
        }
        List<JsonNode> fields = new ArrayList<>();
        ArrayNode parameters = operation.putArray("parameters");
        for (JsonNode holder : List.of(path, written)) {
            for (JsonNode one : holder.path("parameters")) {
                JsonNode parameter = resolved(one);
                switch (parameter.path("in").asString("")) {
                    case "body" -> operation.set("requestBody", body(parameter, written));
                    case "formData" -> fields.add(parameter);
                    default -> parameters.add(parameter(parameter));
                }
            }
        }
        if (!fields.isEmpty()) {
            operation.set("requestBody", form(fields, written));
        }
        ObjectNode responses = operation.putObject("responses");
        for (Map.Entry<String, JsonNode> one :
                Members.object(written, "responses").properties()) {
            responses.set(one.getKey(), response(one.getValue(), written));
        }
        return operation;
    }

    private JsonNode resolved(JsonNode parameter) throws Malformed {
        String reference = parameter.path("$ref").asString("");
        if (!reference.startsWith("#/parameters/")) {
            return parameter;
        }
        String name =
                reference.substring("#/parameters/".length()).replace("~1", "/").replace("~0", "~");
        return Members.object(root, "parameters").path(name);
    }

    private JsonNode parameter(JsonNode written) throws Malformed {
        if (!written.isObject() || written.has("$ref")) {
            return moved(written);
        }
        ObjectNode parameter = Json.object();
        for (String member : List.of("name", "in", "required", "description", "allowEmptyValue")) {
            copy(written, parameter, member);
        }
        parameter.set("schema", written.has("schema") ? moved(written.path("schema")) : schema(written));
        boolean list = written.path("type").asString("").equals("array");
        String format = Members.text(written, "collectionFormat", "csv");
        boolean inQuery = written.path("in").asString("").equals("query");
        if (list && inQuery) {
            parameter.put("style", style(format)).put("explode", format.equals("multi"));
        } else if (list && !format.equals("csv")) {
            parameter.put("style", style(format)); // none that a path or header knows: it is left out with the reason
        }
        return parameter;
    }

    private static String style(String collectionFormat) {
        return switch (collectionFormat) {
            case "csv", "multi" -> "form";
            case "ssv" -> "spaceDelimited";
            case "pipes" -> "pipeDelimited";
            default -> collectionFormat;
        };
    }

    private static ObjectNode schema(JsonNode written) {
        ObjectNode schema = Json.object();
        for (String member : DESCRIBING) {
            copy(written, schema, member);
        }
        if (schema.path("type").asString("").equals("file")) {
            schema.put("type", "string").put("format", "binary");
        }
        return schema;
    }

    private ObjectNode body(JsonNode parameter, JsonNode operation) throws Malformed {
        ObjectNode body = Json.object();
        copy(parameter, body, "description");
        copy(parameter, body, "required");
        ObjectNode content = body.putObject("content");
        for (String type : types("consumes", operation)) {
            content.putObject(type).set("schema", moved(parameter.path("schema")));
        }
        return body;
    }

    private ObjectNode form(List<JsonNode> fields, JsonNode operation) throws Malformed {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ObjectNode encoding = Json.object();
        ArrayNode required = Json.array();
        boolean files = false;
        for (JsonNode field : fields) {
            String name = Members.text(field, "name");
            ObjectNode property = schema(field);
            copy(field, property, "description");
            properties.set(name, property);
            files |= field.path("type").asString("").equals("file");
            if (field.path("required").asBoolean(false)) {
                required.add(name);
            }
            String format = Members.text(field, "collectionFormat", "csv");
            if (field.path("type").asString("").equals("array")) {
                encoding.putObject(name).put("style", style(format)).put("explode", format.equals("multi"));
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        boolean parts = files || types("consumes", operation).contains("multipart/form-data");
        ObjectNode body = Json.object().put("required", !required.isEmpty());
        ObjectNode media = body.putObject("content")
                .putObject(parts ? "multipart/form-data" : "application/x-www-form-urlencoded");
        media.set("schema", schema);
        media.set("encoding", encoding);
        return body;
    }

    private JsonNode response(JsonNode written, JsonNode operation) throws Malformed {
        if (!written.isObject() || written.has("$ref")) {
            return moved(written);
        }
        ObjectNode response = Json.object();
        copy(written, response, "description");
        JsonNode schema = Members.given(written, "schema");
        if (schema != null && !schema.path("type").asString("").equals("file")) {
            ObjectNode content = response.putObject("content");
            for (String type : types("produces", operation)) {
                content.putObject(type).set("schema", moved(schema));
            }
        }
        return response;
    }

    private List<String> types(String member, JsonNode operation) throws Malformed {
        List<String> own = Members.texts(operation, member);
        List<String> types = own.isEmpty() ? Members.texts(root, member) : own;
        return types.isEmpty() ? List.of("application/json") : types;
    }

    private static JsonNode scheme(JsonNode written) throws Malformed {
        String type = Members.text(written, "type", "");
        if (type.equals("basic")) {
            return Json.object().put("type", "http").put("scheme", "basic");
        }
        if (!type.equals("oauth2")) {
            return written;
        }
        String flow = switch (Members.text(written, "flow", "")) {
            case "application" -> "clientCredentials";
            case "accessCode" -> "authorizationCode";
            default -> "implicit";
        };
        ObjectNode scheme = Json.object().put("type", "oauth2");
        ObjectNode said = scheme.putObject("flows").putObject(flow);
        for (String member : List.of("authorizationUrl", "tokenUrl", "scopes")) {
            copy(written, said, member);
        }
        return scheme;
    }

    /// A copy whose references lead to where things stand in OpenAPI 3, and whose `x-nullable` is its `nullable`.
    private static JsonNode moved(JsonNode written) {
        if (written.isArray()) {
            ArrayNode list = Json.array();
            written.forEach(item -> list.add(moved(item)));
            return list;
        }
        if (!written.isObject()) {
            return written;
        }
        ObjectNode out = Json.object();
        for (Map.Entry<String, JsonNode> member : written.properties()) {
            JsonNode value = member.getValue();
            boolean reference = member.getKey().equals("$ref") && value.isString();
            if (reference) {
                out.put("$ref", moved(value.stringValue()));
            } else {
                out.set(member.getKey().equals("x-nullable") ? "nullable" : member.getKey(), moved(value));
            }
        }
        return out;
    }

    private static String moved(String reference) {
        for (Map.Entry<String, String> one : MOVED.entrySet()) {
            if (reference.startsWith(one.getKey())) {
                return one.getValue() + reference.substring(one.getKey().length());
            }
        }
        return reference;
    }

    private static void copy(JsonNode from, ObjectNode to, String member) {
        JsonNode value = from.get(member);
        if (value != null && !value.isNull()) {
            to.set(member, value);
        }
    }
}
