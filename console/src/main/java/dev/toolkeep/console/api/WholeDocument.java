package dev.toolkeep.console.api;

import dev.toolkeep.console.access.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;

/// Adds to the generated OpenAPI document what the routes alone do not say: that every one may answer a problem, which
/// fields are always there, and a stable name for each operation.
public final class WholeDocument implements OpenApiCustomizer {
    private static final String PROBLEM = "#/components/schemas/Problem";
    private static final List<Class<?>> SHAPES = List.of(
            AgentShapes.class,
            LogApi.class,
            PolicyShapes.class,
            SecretsApi.class,
            SourceShapes.class,
            StateApi.class,
            ToolShapes.class,
            ToolsetShapes.class);

    @Override
    public void customise(OpenAPI document) {
        ModelConverters.getInstance(true).read(Problem.class).forEach(document.getComponents()::addSchemas);
        document.getComponents().addSchemas("JsonNode", object());
        Map<String, Class<?>> records = records();
        document.getComponents().getSchemas().forEach((name, schema) -> {
            Class<?> type = records.get(name);
            if (type != null) {
                require(schema, type);
            }
        });
        document.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> finish(path, method, operation)));
    }

    private static Schema<?> object() {
        return new Schema<>().types(Set.of("object"));
    }

    private static Map<String, Class<?>> records() {
        Map<String, Class<?>> records = new HashMap<>();
        records.put("Problem", Problem.class);
        for (Class<?> room : SHAPES) {
            for (Class<?> type : room.getDeclaredClasses()) {
                if (type.isRecord() && records.put(type.getSimpleName(), type) != null) {
                    throw new IllegalStateException("two shapes of one name: " + type.getSimpleName());
                }
            }
        }
        return records;
    }

    /// What is not nullable is always there. A list in a request may be missing and then is empty, so of records that
    /// are read, those that hold a check of their own say more in words.
    private static void require(Schema<?> schema, Class<?> type) {
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean list = component.getType() == List.class && read(type);
            boolean empty = type == Problem.class
                    && (component.getName().equals("rule")
                            || component.getName().equals("advice"));
            if (!nullable(component.getAnnotatedType()) && !list && !empty) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.setRequired(required);
        }
    }

    private static boolean nullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    /// Whether requests carry it: answers are made from the engine's own values, by a method `of`.
    private static boolean read(Class<?> type) {
        for (var method : type.getDeclaredMethods()) {
            if (method.getName().equals("of")) {
                return false;
            }
        }
        return !type.getSimpleName().endsWith("List");
    }

    private static void finish(String path, PathItem.HttpMethod method, Operation operation) {
        operation.setOperationId(name(path, method));
        boolean document = path.endsWith("openapi.json");
        operation.getResponses().forEach((status, answer) -> {
            Content content = answer.getContent();
            if (content != null) {
                content.forEach((type, body) -> {
                    if (document || type.equals("text/html")) {
                        body.setSchema(document ? object() : new StringSchema());
                    }
                });
            }
        });
        Schema<?> problem = new Schema<>().$ref(PROBLEM);
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("It was refused or broke, and why")
                                .content(new Content()
                                        .addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(problem))));
    }

    /// `POST /api/v1/agents/{id}/keys` is `postAgentsByIdKeys`.
    private static String name(String path, PathItem.HttpMethod method) {
        StringBuilder name = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
        for (String part : path.replaceFirst("^/api/v1", "").split("/", -1)) {
            String word = part.replaceAll("[^a-z]", "");
            if (!word.isEmpty()) {
                name.append(part.startsWith("{") ? "By" : "")
                        .append(Character.toUpperCase(word.charAt(0)))
                        .append(word, 1, word.length());
            }
        }
        return name.toString();
    }
}
