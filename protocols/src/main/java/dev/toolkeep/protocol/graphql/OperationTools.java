package dev.toolkeep.protocol.graphql;

import dev.toolkeep.protocol.graphql.GraphQlSchema.Argument;
import dev.toolkeep.protocol.graphql.GraphQlSchema.Field;
import dev.toolkeep.protocol.graphql.GraphQlSchema.TypeDef;
import dev.toolkeep.tool.CallTemplate.GraphQl;
import dev.toolkeep.tool.CallTemplate.GraphQl.Operation;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.LeftOut;
import dev.toolkeep.wire.Manual;
import dev.toolkeep.wire.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.node.ObjectNode;

/// The root fields of a schema as tools: `query.user`, `mutation.addUser`, `subscription.userAdded`, each with the one
/// document that calls it. The kind stands in the name so that a policy can tell reading from writing, and so that no
/// field a server adds later changes another's name.
final class OperationTools {
    private static final int MOST_TOOLS = 5_000;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_TOOL = 512 * 1024;
    private static final long MOST_CHARACTERS = 64L << 20;
    private static final int MOST_EVENTS = 100_000;

    private final GraphQlSchema schema;
    private final Selection selection;
    private final String source;
    private final HttpCall request;
    private final List<ToolDefinition> tools = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private long characters;

    private OperationTools(GraphQlSchema schema, String source, HttpCall request) {
        this.schema = schema;
        this.selection = new Selection(schema);
        this.source = source;
        this.request = request;
    }

    /// @param request what every call of the server has in common
    static Manual of(GraphQlSchema schema, String source, HttpCall request) {
        OperationTools made = new OperationTools(schema, source, request);
        made.root(schema.query(), Operation.QUERY);
        made.root(schema.mutation(), Operation.MUTATION);
        made.root(schema.subscription(), Operation.SUBSCRIPTION);
        return new Manual(made.tools, made.leftOut);
    }

    private void root(String name, Operation operation) {
        if (!(schema.types().get(name) instanceof TypeDef.Composite root)) {
            return;
        }
        String kind = operation.name().toLowerCase(Locale.ROOT);
        for (Field field : root.fields()) {
            String called = kind + "." + field.name();
            String why = tools.size() >= MOST_TOOLS || characters > MOST_CHARACTERS
                    ? "the server offers more than one source may bring"
                    : field.name().length() > LONGEST_NAME ? "its name is too long" : add(field, operation, called);
            if (!why.isEmpty()) {
                leftOut.add(new LeftOut(called, why));
            }
        }
    }

    /// Why it cannot be a tool; empty when it is one now.
    private String add(Field field, Operation operation, String called) {
        TypeDef answer = schema.types().get(field.type().named());
        if (answer == null || answer instanceof TypeDef.Input) {
            return "the schema does not say what it answers";
        }
        String selected = answer instanceof TypeDef.Composite composite ? " " + selection.of(composite) : "";
        String document = document(field, operation, selected);
        ObjectNode inputs = VariableSchemas.of(field.arguments(), schema);
        int size = document.length() + Json.text(inputs).length();
        if (size > LONGEST_TOOL) {
            return "its schema and document are larger than " + LONGEST_TOOL + " characters";
        }
        characters += size;
        GraphQl template = new GraphQl(request, operation, field.name(), document, MOST_EVENTS);
        String kind = operation.name().toLowerCase(Locale.ROOT);
        tools.add(new ToolDefinition(
                new ToolName(source, called),
                "",
                field.deprecated() ? ("Deprecated. " + field.description()).strip() : field.description(),
                inputs,
                operation == Operation.SUBSCRIPTION ? Json.object() : outputs(field),
                Json.object(),
                List.of("graphql", kind),
                template,
                Templates.hosts(template),
                null));
        return "";
    }

    private static String document(Field field, Operation operation, String selected) {
        StringJoiner variables = new StringJoiner(", ", "(", ")").setEmptyValue("");
        StringJoiner passed = new StringJoiner(", ", "(", ")").setEmptyValue("");
        for (Argument argument : field.arguments()) {
            variables.add("$" + argument.name() + ": " + argument.type().text());
            passed.add(argument.name() + ": $" + argument.name());
        }
        return operation.name().toLowerCase(Locale.ROOT) + " " + field.name() + variables + " { " + field.name()
                + passed + selected + " }";
    }

    /// The answer is the response's data; with errors it is an object of `data` and `errors`, which fits this too.
    private static ObjectNode outputs(Field field) {
        ObjectNode outputs = Json.object();
        if (!field.name().equals("data") && !field.name().equals("errors")) {
            outputs.put("type", "object")
                    .putObject("properties")
                    .putObject(field.name())
                    .put("description", field.type().text());
        }
        return outputs;
    }
}
