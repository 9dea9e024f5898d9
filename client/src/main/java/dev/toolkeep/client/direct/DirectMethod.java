package dev.toolkeep.client.direct;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// One annotated method of one object: its definition as a tool, and how it is called. The method was chosen by the
/// program when it registered the object; a call only ever names one that is there.
final class DirectMethod {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Object target;
    private final Method method;
    private final String name;
    private final UtcpTool said;
    private final List<Bound> parameters;

    private record Bound(String name, JavaType type, AnnotatedType declared, Parameter parameter) {}

    /// @throws IllegalArgumentException when no tool can be made of it, with the reason
    DirectMethod(Object target, Method method, UtcpTool said) {
        this.target = target;
        this.method = method;
        this.said = said;
        this.name = said.name().isEmpty() ? method.getName() : said.name();
        this.parameters = new ArrayList<>();
        if (!method.trySetAccessible()) {
            throw wrong("it cannot be called from here; open its package to dev.toolkeep.client");
        }
        for (Parameter parameter : method.getParameters()) {
            parameters.add(new Bound(
                    named(parameter),
                    MAPPER.constructType(parameter.getParameterizedType()),
                    parameter.getAnnotatedType(),
                    parameter));
        }
    }

    String name() {
        return name;
    }

    ToolDefinition definition(String manual) {
        try {
            return new ToolDefinition(
                    new ToolName(manual, name),
                    "",
                    said.description(),
                    inputs(),
                    outputs(),
                    Json.object(),
                    List.of(said.tags()),
                    new CallTemplate.DirectCall(name),
                    new TreeSet<>(),
                    null);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /// Runs the method on this thread.
    ///
    /// @throws InvocationTargetException what the method threw
    /// @throws IllegalArgumentException when arguments or answer are not what they can be
    JsonNode call(ObjectNode arguments) throws InvocationTargetException, InterruptedException {
        @Nullable Object[] values = new Object[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            Bound bound = parameters.get(i);
            JsonNode given = arguments.get(bound.name());
            values[i] = MAPPER.convertValue(given == null ? NullNode.instance : given, bound.type());
        }
        try {
            Object answer = method.invoke(target, values);
            if (answer instanceof CompletionStage<?> later) {
                answer = later.toCompletableFuture().get();
            }
            return answer == null ? NullNode.instance : MAPPER.valueToTree(answer);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("it was made accessible", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new InvocationTargetException(e.getCause());
        }
    }

    private ObjectNode inputs() {
        TypeSchemas schemas = new TypeSchemas();
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.array();
        for (Bound bound : parameters) {
            properties.set(bound.name(), schemas.of(bound.declared(), bound.parameter()));
            if (!TypeSchemas.optional(bound.declared(), bound.parameter())) {
                required.add(bound.name());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return finished(schema.put("additionalProperties", false), schemas);
    }

    private ObjectNode outputs() {
        AnnotatedType type = method.getAnnotatedReturnType();
        if (type instanceof AnnotatedParameterizedType later
                && CompletionStage.class.isAssignableFrom(method.getReturnType())) {
            type = later.getAnnotatedActualTypeArguments()[0];
        }
        if (type.getType() == void.class || type.getType() == Void.class) {
            return Json.object();
        }
        TypeSchemas schemas = new TypeSchemas();
        return finished(schemas.of(type, method), schemas);
    }

    private static ObjectNode finished(ObjectNode schema, TypeSchemas schemas) {
        if (!schemas.definitions().isEmpty()) {
            schema.set("$defs", schemas.definitions());
        }
        return schema;
    }

    private String named(Parameter parameter) {
        UtcpArgument argument = parameter.getAnnotation(UtcpArgument.class);
        if (argument != null && !argument.name().isEmpty()) {
            return argument.name();
        }
        if (!parameter.isNamePresent()) {
            throw wrong("its parameters have no names; compile with -parameters, or name each with @UtcpArgument");
        }
        return parameter.getName();
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("the method " + method.getName() + " of "
                + method.getDeclaringClass().getSimpleName() + " is no tool: " + why);
    }
}
