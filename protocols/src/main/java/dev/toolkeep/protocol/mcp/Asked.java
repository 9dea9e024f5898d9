package dev.toolkeep.protocol.mcp;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.UriTemplate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a call asks a server: the method, what its `Mcp-Name` header says (empty for none), and the params without
/// `_meta`.
record Asked(String method, String name, ObjectNode params) {
    /// @throws Malformed when the arguments do not name something this offer covers
    static Asked of(CallTemplate.Mcp template, Dispatch dispatch) throws Malformed {
        ObjectNode arguments = dispatch.arguments();
        if (dispatch.talk().purpose() == Talk.Purpose.COMPLETE) {
            return completion(template, arguments);
        }
        return switch (template.kind()) {
            case TOOL -> named("tools/call", template.tool(), arguments);
            case PROMPT -> named("prompts/get", template.tool(), arguments);
            case RESOURCE -> read(template.tool());
            case TEMPLATE -> {
                String uri = arguments.path("uri").asString("");
                if (!UriTemplate.of(template.tool()).matches(uri)) {
                    throw new Malformed("the uri is none of this template");
                }
                yield read(uri);
            }
        };
    }

    /// The same, asked again with answers to what the server asked.
    Asked with(Talk.@Nullable Retry retry) {
        if (retry != null) {
            params.set("inputResponses", retry.responses());
            if (!retry.state().isEmpty()) {
                params.put("requestState", retry.state());
            }
        }
        return this;
    }

    private static Asked named(String method, String name, ObjectNode arguments) {
        ObjectNode params = Json.object().put("name", name);
        params.set("arguments", arguments);
        return new Asked(method, name, params);
    }

    private static Asked read(String uri) {
        return new Asked("resources/read", uri, Json.object().put("uri", uri));
    }

    private static Asked completion(CallTemplate.Mcp template, ObjectNode arguments) throws Malformed {
        ObjectNode params = Json.object();
        ObjectNode ref = params.putObject("ref");
        switch (template.kind()) {
            case PROMPT -> ref.put("type", "ref/prompt").put("name", template.tool());
            case TEMPLATE, RESOURCE -> ref.put("type", "ref/resource").put("uri", template.tool());
            case TOOL -> throw new Malformed("the arguments of a tool are not completed");
        }
        params.setAll(arguments);
        return new Asked("completion/complete", "", params);
    }

    /// Whether what is asked is one tool's own call.
    boolean isToolCall() {
        return method.equals("tools/call");
    }
}
