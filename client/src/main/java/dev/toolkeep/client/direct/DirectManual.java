package dev.toolkeep.client.direct;

import dev.toolkeep.client.filter.ManualName;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Json;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A manual whose tools are methods of this program: every public method of an object that carries [UtcpTool]. Schemas
/// come from the methods' types.
///
/// ```java
/// final class Clock {
///     @UtcpTool(description = "The time in a zone")
///     public String now(@UtcpArgument(description = "such as Europe/Zurich") String zone) {
///         return ZonedDateTime.now(ZoneId.of(zone)).toString();
///     }
/// }
///
/// client.register(DirectManual.of("clock", new Clock())).orThrow();
/// client.call("clock.now", Map.of("zone", "Europe/Zurich"));
/// ```
///
/// Methods run on virtual threads, many at a time, through the same checks as any tool. One that is given up or takes
/// too
/// long is interrupted, and its answer dropped.
public final class DirectManual {
    private final ManualName name;
    private final Map<String, DirectMethod> methods;

    private DirectManual(ManualName name, Map<String, DirectMethod> methods) {
        this.name = name;
        this.methods = Map.copyOf(methods);
    }

    /// @throws IllegalArgumentException when no manual can be made of it: no such method, two of one name, or one with
    /// a
    ///     type no schema can be made of; the message names it
    public static DirectManual of(String name, Object... objects) {
        Map<String, DirectMethod> methods = new HashMap<>();
        for (Object object : objects) {
            for (Method method : object.getClass().getMethods()) {
                UtcpTool said = method.getAnnotation(UtcpTool.class);
                if (said != null && !method.isBridge()) {
                    DirectMethod one = new DirectMethod(object, method, said);
                    if (methods.put(one.name(), one) != null) {
                        throw new IllegalArgumentException("two methods are the tool " + one.name());
                    }
                }
            }
        }
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("no public method carries @UtcpTool in "
                    + Arrays.stream(objects).map(Object::getClass).toList());
        }
        DirectManual manual = new DirectManual(ManualName.of(name), methods);
        manual.definitions();
        return manual;
    }

    public ManualName name() {
        return name;
    }

    /// The UTCP 1.x manual of these tools.
    public ObjectNode manual() {
        ObjectNode manual = Json.object().put("utcp_version", "1.1.0").put("manual_version", "1.0.0");
        ArrayNode tools = manual.putArray("tools");
        for (ToolDefinition definition : definitions()) {
            ObjectNode tool = tools.addObject()
                    .put("name", definition.name().name())
                    .put("description", definition.description());
            tool.set("inputs", definition.inputs());
            tool.set("outputs", definition.outputs());
            definition.tags().forEach(tool.putArray("tags")::add);
            tool.putObject("tool_call_template")
                    .put("call_template_type", "direct-call")
                    .put("callable_name", definition.name().name());
        }
        return manual;
    }

    /// By name.
    public List<ToolDefinition> definitions() {
        List<ToolDefinition> definitions = new ArrayList<>();
        methods.values().forEach(method -> definitions.add(method.definition(name.source())));
        definitions.sort(Comparator.comparing(ToolDefinition::name));
        return definitions;
    }

    @Nullable
    DirectMethod find(CallTemplate.DirectCall call) {
        return methods.get(call.callable());
    }
}
