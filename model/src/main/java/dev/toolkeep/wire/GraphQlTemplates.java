package dev.toolkeep.wire;

import dev.toolkeep.tool.CallTemplate.GraphQl;
import dev.toolkeep.tool.HttpCall;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// UTCP's `graphql` template, read and written. The document (`query`) has to be there: without the server's schema
/// nobody can say what an operation should select.
final class GraphQlTemplates {
    private static final int MOST_EVENTS = 100_000;

    private GraphQlTemplates() {}

    /// `timeout` is in seconds, 30 unless said.
    static GraphQl read(JsonNode json) throws Malformed {
        GraphQl.Operation operation = operation(Members.text(json, "operation_type", "query"));
        String name = Members.text(json, "operation_name", "");
        if (Members.given(json, "query") == null) {
            throw new Malformed("a graphql template needs its document in query; where the server can be asked for its"
                    + " schema, an operator adds it as a source of kind graphql");
        }
        String document = Members.text(json, "query");
        GraphQlDocument.check(document, operation, name);
        Amounts.refuse(json, "query_params", "is not a field of a graphql template");
        Amounts.refuse(json, "content_type", "is not a field of a graphql template");
        HttpCall request = HttpTemplates.call(
                json,
                HttpCall.Method.POST,
                "application/json",
                new HttpCall.Body.None(),
                Amounts.seconds(json, "timeout", HttpTemplates.TIMEOUT));
        if (holdsArgument(request.url())) {
            throw new Malformed("the url of a graphql template takes no arguments: they are its variables");
        }
        int events = Amounts.number(json, "max_events", 1, MOST_EVENTS, MOST_EVENTS);
        return new GraphQl(request, operation, name, document, events);
    }

    static void write(GraphQl template, ObjectNode json) {
        HttpCall request = template.request();
        json.put("call_template_type", "graphql").put("url", request.url());
        json.put("operation_type", template.operation().name().toLowerCase(Locale.ROOT));
        if (!template.operationName().isEmpty()) {
            json.put("operation_name", template.operationName());
        }
        json.put("query", template.document());
        Members.put(json, "headers", request.headers());
        Members.put(json, "header_fields", request.headerFields());
        Auths.write(request.auth(), json);
        Amounts.putSeconds(json, "timeout", request.timeout());
        json.put("max_events", template.maxEvents());
    }

    private static GraphQl.Operation operation(String type) throws Malformed {
        for (GraphQl.Operation known : GraphQl.Operation.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(type)) {
                return known;
            }
        }
        throw new Malformed("operation_type must be query, mutation or subscription");
    }

    /// Whether the URL has a `{name}` that is no `${SECRET}`.
    private static boolean holdsArgument(String url) {
        for (int open = url.indexOf('{'); open >= 0; open = url.indexOf('{', open + 1)) {
            if (open == 0 || url.charAt(open - 1) != '$') {
                return true;
            }
        }
        return false;
    }
}
