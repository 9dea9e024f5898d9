package dev.toolkeep.protocol.grpc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.LeftOut;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Manual;
import dev.toolkeep.wire.Templates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// The methods of a server as tools, each named by its full name. A method that takes a stream is left out: a tool is
/// given its arguments once.
final class MethodTools {
    private static final int MOST_TOOLS = 5_000;
    private static final int LONGEST_NAME = 96;
    private static final int LONGEST_TOOL = 512 * 1024;
    private static final long MOST_CHARACTERS = 64L << 20;
    private static final int MOST_EVENTS = 100_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String source;
    private final String url;
    private final Map<String, String> metadata;
    private final List<ToolDefinition> tools = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private long characters;

    MethodTools(String source, String url, Map<String, String> metadata) {
        this.source = source;
        this.url = url;
        this.metadata = metadata;
    }

    /// @param offered the full names of what the server offers
    Manual of(List<String> offered, Map<String, FileDescriptorProto> files) {
        Descriptors descriptors = new Descriptors(files);
        for (String name : offered) {
            try {
                ServiceDescriptor found = find(name, files, descriptors);
                for (MethodDescriptor method : found.getMethods()) {
                    String why = add(method);
                    if (!why.isEmpty()) {
                        leftOut.add(new LeftOut(method.getFullName(), why));
                    }
                }
            } catch (Malformed e) {
                leftOut.add(new LeftOut(name, e.getMessage()));
            }
        }
        return new Manual(tools, leftOut);
    }

    private static ServiceDescriptor find(String name, Map<String, FileDescriptorProto> files, Descriptors descriptors)
            throws Malformed {
        String simple = name.substring(name.lastIndexOf('.') + 1);
        for (FileDescriptorProto file : files.values()) {
            boolean named =
                    file.getServiceList().stream().anyMatch(one -> one.getName().equals(simple));
            ServiceDescriptor found = named ? descriptors.file(file.getName()).findServiceByName(simple) : null;
            if (found != null && found.getFullName().equals(name)) {
                return found;
            }
        }
        throw new Malformed("the server does not say what it is made of");
    }

    /// Why it cannot be a tool; empty when it is one now.
    private String add(MethodDescriptor method) throws Malformed {
        if (method.isClientStreaming()) {
            return "it takes a stream of messages, and a tool is given its arguments once";
        }
        if (tools.size() >= MOST_TOOLS || characters > MOST_CHARACTERS) {
            return "the server offers more than one source may bring";
        }
        if (method.getFullName().length() > LONGEST_NAME) {
            return "its name is too long";
        }
        String descriptors =
                Base64.getEncoder().encodeToString(Pruned.of(method).toByteArray());
        ObjectNode inputs = MessageSchemas.of(method.getInputType());
        int size = descriptors.length() + Json.text(inputs).length();
        if (size > LONGEST_TOOL) {
            return "its descriptors and schema are larger than " + LONGEST_TOOL + " characters";
        }
        characters += size;
        CallTemplate.Grpc template = new CallTemplate.Grpc(call(method), descriptors, MOST_EVENTS);
        Templates.fromJson(Templates.toJson(template)); // so that what is stored can be read again
        tools.add(new ToolDefinition(
                new ToolName(source, ToolName.clean(method.getFullName())),
                "",
                "Answers " + (method.isServerStreaming() ? "a stream of " : "")
                        + method.getOutputType().getFullName() + ".",
                inputs,
                Json.object(),
                Json.object(),
                List.of("grpc"),
                template,
                Templates.hosts(template),
                null));
        return "";
    }

    private HttpCall call(MethodDescriptor method) {
        return new HttpCall(
                HttpCall.Method.POST,
                url + "/" + method.getService().getFullName() + "/" + method.getName(),
                "application/grpc",
                metadata,
                Map.of(),
                new HttpCall.Body.None(),
                List.of(),
                new Auth.None(),
                TIMEOUT);
    }
}
