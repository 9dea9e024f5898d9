package dev.toolkeep.wire;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.Placing;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One operation of an OpenAPI document, read as a tool: path, query and header parameters and the body become the
/// members of one arguments object.
final class ApiOperation {
    private static final int MOST_INPUTS = 20_000;
    private static final int MOST_OUTPUTS = 5_000;

    private final ApiDocument document;
    private final String shown;
    private final List<LeftOut> leftOut;
    private final ApiSchemas inputs;
    private final ObjectNode properties = Json.object();
    private final Set<String> required = new LinkedHashSet<>();
    private final Set<String> pathNames = new LinkedHashSet<>();
    private final List<String> headerFields = new ArrayList<>();
    private final Map<String, ApiParameter> arguments = new LinkedHashMap<>();
    private final Map<String, Placing> placings = new LinkedHashMap<>();
    private HttpCall.Body sent = new HttpCall.Body.None();
    private String contentType = "application/json";

    /// @param shown how the operation is named where something of it is left out
    ApiOperation(ApiDocument document, String shown, List<LeftOut> leftOut) {
        this.document = document;
        this.shown = shown;
        this.leftOut = leftOut;
        this.inputs = new ApiSchemas(document, true, MOST_INPUTS);
    }

    ToolDefinition tool(ToolName name, String url, ApiSecurity.Proof proof, JsonNode pathItem, JsonNode operation)
            throws Malformed {
        checkPath(url);
        for (ApiParameter parameter : parameters(pathItem, operation)) {
            add(parameter, url, proof);
        }
        nameThoseBeside();
        checkEveryPlaceholderDeclared(url);
        body(operation);
        HttpCall request = new HttpCall(
                HttpCall.Method.valueOf(shown.substring(0, shown.indexOf(' '))),
                url,
                contentType,
                proof.headers(),
                proof.query(),
                sent,
                headerFields,
                placings,
                proof.auth(),
                Duration.ofSeconds(30));
        CallTemplate template = new CallTemplate.Http(request, false);
        String summary = Members.text(operation, "summary", "");
        String words = Members.text(operation, "description", "");
        String description = words.isBlank() ? summary : words;
        boolean deprecated = operation.path("deprecated").asBoolean(false);
        return new ToolDefinition(
                name,
                summary,
                deprecated ? ("Deprecated. " + description).strip() : description,
                inputSchema(),
                outputs(operation),
                Json.object(),
                Members.texts(operation, "tags"),
                template,
                Templates.hosts(template),
                label());
    }

    private static void checkPath(String url) throws Malformed {
        if (url.contains("${")) {
            throw new Malformed("its path holds a text that would stand for a secret");
        }
        TargetUrl.of(url);
    }

    /// The parameters of the path item and the operation, the path's first; the operation's own win.
    private List<ApiParameter> parameters(JsonNode pathItem, JsonNode operation) throws Malformed {
        Map<String, ApiParameter> parameters = new LinkedHashMap<>();
        for (JsonNode holder : new JsonNode[] {pathItem, operation}) {
            JsonNode list = Members.given(holder, "parameters");
            if (list != null && !list.isArray()) {
                throw new Malformed("parameters must be a list");
            }
            for (JsonNode written : list == null ? Json.array() : list) {
                ApiParameter parameter = ApiParameter.read(document, document.resolve(written));
                parameters.put(parameter.in() + " " + parameter.name(), parameter);
            }
        }
        return parameters.values().stream()
                .sorted(Comparator.comparing(parameter -> !parameter.in().equals("path")))
                .toList();
    }

    private void add(ApiParameter parameter, String url, ApiSecurity.Proof proof) throws Malformed {
        boolean unused = parameter.in().equals("path") && !url.contains("{" + parameter.name() + "}");
        if (unused || parameter.isCredential(proof) || parameter.isSetByTheClient()) {
            return;
        }
        String argument = argument(parameter);
        @Nullable Placing placing;
        try {
            placing = parameter.placing(argument);
        } catch (Malformed e) {
            String what = parameter.in() + " parameter '" + Members.printable(parameter.name()) + "'";
            if (parameter.required()) {
                throw new Malformed(what + ": " + e.getMessage());
            }
            leftOut.add(new LeftOut(shown + ", " + what, e.getMessage()));
            return;
        }
        arguments.put(argument, parameter);
        properties.set(argument, described(inputs.read(parameter.schema()), parameter.description()));
        if (parameter.required()) {
            required.add(argument);
        }
        if (placing != null) {
            placings.put(argument, placing);
        } else if (parameter.in().equals("header")) {
            headerFields.add(argument);
        }
        if (parameter.in().equals("path")) {
            pathNames.add(parameter.name());
        }
    }

    /// The parameter's name, or where another has it already the name and where it goes: `id`, `id_query`. The first
    /// is a path's, whose name stands in the URL.
    private String argument(ApiParameter parameter) {
        String argument = parameter.name();
        for (int i = 1; properties.has(argument); i++) {
            argument = parameter.name() + "_" + parameter.in() + (i == 1 ? "" : "_" + i);
        }
        return argument;
    }

    /// Beside an object whose members become parameters of their own, every other parameter of the query is named: no
    /// member may take its place.
    private void nameThoseBeside() {
        if (arguments.values().stream().noneMatch(ApiParameter::scatters)) {
            return;
        }
        arguments.forEach((argument, parameter) -> {
            if (parameter.in().equals("query")) {
                placings.putIfAbsent(
                        argument,
                        new Placing(Placing.In.QUERY, parameter.name(), Placing.Style.FORM, parameter.explode()));
            }
        });
    }

    private void checkEveryPlaceholderDeclared(String url) throws Malformed {
        int at = 0;
        Set<String> found = new LinkedHashSet<>();
        for (int open = url.indexOf('{'); open >= 0; open = url.indexOf('{', at)) {
            at = url.indexOf('}', open);
            found.add(url.substring(open + 1, at));
        }
        if (!pathNames.containsAll(found)) {
            throw new Malformed("its path has a placeholder that no path parameter declares");
        }
    }

    private void body(JsonNode operation) throws Malformed {
        JsonNode written = Members.given(operation, "requestBody");
        if (written == null) {
            return;
        }
        JsonNode body = document.resolve(written);
        boolean wanted = body.path("required").asBoolean(false);
        ApiBody read;
        try {
            read = ApiBody.read(document, inputs, Members.object(body, "content"));
        } catch (Malformed e) {
            if (wanted || inputs.tooLarge()) {
                throw e;
            }
            leftOut.add(new LeftOut(shown + ", body", e.getMessage()));
            return;
        }
        String field = "body";
        while (properties.has(field)) {
            field = "request_" + field;
        }
        properties.set(field, described(read.schema(), Members.text(body, "description", "")));
        if (wanted) {
            required.add(field);
        }
        sent = read.sent(field);
        contentType = read.contentType();
    }

    private ObjectNode inputSchema() throws Malformed {
        ObjectNode schema = Json.object();
        schema.put("type", "object");
        schema.set("properties", properties);
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(names::add);
        }
        schema.put("additionalProperties", false);
        ObjectNode defs = inputs.defs();
        if (!defs.isEmpty()) {
            schema.set("$defs", defs);
        }
        return schema;
    }

    /// What a successful answer is when it is JSON: the schema of every 2xx response (else of `default`), any
    /// of them when they differ. Where one says nothing of its JSON, nothing is known.
    private JsonNode outputs(JsonNode operation) throws Malformed {
        if (document.full() && !answerSchemas(operation).isEmpty()) {
            leftOut.add(new LeftOut(shown + ", schema of its answer", "the document's schemas fill what may be kept"));
            return Json.object();
        }
        ApiSchemas schemas = new ApiSchemas(document, false, MOST_OUTPUTS);
        Set<JsonNode> answers = new LinkedHashSet<>();
        ObjectNode defs;
        try {
            for (JsonNode schema : answerSchemas(operation)) {
                answers.add(schemas.read(schema));
            }
            defs = schemas.defs();
        } catch (Malformed e) {
            if (!schemas.tooLarge()) {
                throw e;
            }
            leftOut.add(new LeftOut(shown + ", schema of its answer", e.getMessage()));
            return Json.object();
        }
        if (answers.isEmpty() || answers.contains(Json.object())) {
            return Json.object();
        }
        ObjectNode outputs = Json.object();
        if (answers.size() == 1 && answers.iterator().next() instanceof ObjectNode only) {
            outputs = only;
        } else {
            answers.forEach(outputs.putArray("anyOf")::add);
        }
        if (!defs.isEmpty()) {
            outputs.set("$defs", defs);
        }
        return outputs;
    }

    private List<JsonNode> answerSchemas(JsonNode operation) throws Malformed {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode response : successes(operation)) {
            ObjectNode content = Members.object(document.resolve(response), "content");
            for (Map.Entry<String, JsonNode> media : content.properties()) {
                String type = media.getKey().toLowerCase(Locale.ROOT);
                if (type.contains("json") || type.startsWith("*/*")) {
                    JsonNode schema = Members.given(media.getValue(), "schema");
                    found.add(schema == null ? Json.object() : schema);
                }
            }
        }
        return found;
    }

    private static List<JsonNode> successes(JsonNode operation) throws Malformed {
        List<JsonNode> found = new ArrayList<>();
        ObjectNode responses = Members.object(operation, "responses");
        for (Map.Entry<String, JsonNode> response : responses.properties()) {
            if (response.getKey().matches("2[0-9X]{2}")) {
                found.add(response.getValue());
            }
        }
        JsonNode otherwise = Members.given(responses, "default");
        return found.isEmpty() && otherwise != null ? List.of(otherwise) : found;
    }

    private static JsonNode described(JsonNode schema, String description) {
        if (description.isBlank() || !(schema instanceof ObjectNode object) || object.has("description")) {
            return schema;
        }
        return object.put("description", description);
    }

    private @Nullable String label() throws Malformed {
        JsonNode version = Members.given(Members.object(document.root(), "info"), "version");
        return version != null && version.isString() ? version.stringValue() : null;
    }
}
