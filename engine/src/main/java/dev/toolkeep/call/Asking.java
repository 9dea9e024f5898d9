package dev.toolkeep.call;

import dev.toolkeep.policy.PermittedCall;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Questions;
import dev.toolkeep.screen.Screen;
import dev.toolkeep.vault.OpenedSecrets;
import dev.toolkeep.wire.Json;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a tool says and asks during one permitted call, on its way to the caller: screened like an answer, recorded
/// when it is a question, and never more than the policy's limits let this tool ask.
final class Asking implements Questions, Progress {
    private final ToolCall call;
    private final ObjectNode capabilities;
    private final Screen screen;
    private final OpenedSecrets secrets;
    private final CallLog log;

    Asking(ToolCall call, PermittedCall permitted, Screen screen, OpenedSecrets secrets, CallLog log) {
        this.call = call;
        this.screen = screen;
        this.secrets = secrets;
        this.log = log;
        this.capabilities = Json.object();
        ObjectNode all = call.talk().questions().capabilities();
        for (Map.Entry<String, JsonNode> one : all.properties()) {
            if (permitted.allowance().asks().contains(one.getKey())) {
                capabilities.set(one.getKey(), one.getValue());
            }
        }
    }

    @Override
    public void say(JsonNode event) {
        call.progress().say(screen.clean(event, secrets));
    }

    @Override
    public void log(JsonNode message) {
        call.progress().log(screen.clean(message, secrets));
    }

    @Override
    public ObjectNode capabilities() {
        return capabilities;
    }

    @Override
    public String party() {
        return call.talk().questions().party();
    }

    @Override
    public boolean takesAsking() {
        return call.talk().questions().takesAsking();
    }

    /// The question is durable in the journal before the caller sees it.
    @Override
    public CompletionStage<Said> ask(String method, ObjectNode params) {
        return log.asked(call, method)
                .thenCompose(written -> written && screen.clean(params, secrets) instanceof ObjectNode clean
                        ? call.talk().questions().ask(method, clean)
                        : Questions.NONE.ask(method, params));
    }
}
