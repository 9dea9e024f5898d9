package dev.toolkeep.protocol.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate.GraphQl;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Manual;
import dev.toolkeep.wire.StrictJson;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.ParseAndValidate;
import graphql.ParseAndValidateResult;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// graphql-java as a foreign judge: it answers our introspection query for a schema, and validates the documents we
/// make of the answer against the same schema.
record Judge(GraphQLSchema schema) {
    static Judge of(String sdl) {
        return new Judge(
                new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(sdl), RuntimeWiring.MOCKED_WIRING));
    }

    /// The schema as a server tells it.
    JsonNode introspected() throws Malformed {
        Map<String, Object> result = GraphQL.newGraphQL(schema)
                .build()
                .execute(ExecutionInput.newExecutionInput(Introspection.QUERY))
                .toSpecification();
        assertThat(result).doesNotContainKey("errors");
        return StrictJson.parse(JsonMapper.shared().writeValueAsBytes(result.get("data")), Bounds.DOCUMENT);
    }

    Manual tools() throws Malformed {
        return OperationTools.of(SchemaReader.read(introspected()), "shop", request());
    }

    ToolDefinition tool(String name) throws Malformed {
        return tools().tools().stream()
                .filter(tool -> tool.name().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static String document(ToolDefinition tool) {
        return ((GraphQl) tool.template()).document();
    }

    /// What is wrong with a document; empty when nothing is.
    List<String> errors(String document) {
        ParseAndValidateResult result = ParseAndValidate.parseAndValidate(
                schema, ExecutionInput.newExecutionInput(document).build());
        return result.getErrors().stream().map(error -> error.getMessage()).toList();
    }

    static HttpCall request() {
        return new HttpCall(
                HttpCall.Method.POST,
                "https://shop.example/graphql",
                "application/json",
                Map.of(),
                Map.of(),
                new HttpCall.Body.None(),
                List.of(),
                new Auth.None(),
                Duration.ofSeconds(30));
    }
}
