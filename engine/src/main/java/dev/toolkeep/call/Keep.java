package dev.toolkeep.call;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Protocol;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/// The built-in toolset `keep`: a clock, an echo and read-only facts, so that a first call works before any source is
/// added. They touch neither network nor disk nor secrets.
public final class Keep implements Protocol {
    public static final String SOURCE = "keep";

    private final InstantSource clock;
    private final String programVersion;

    public Keep(InstantSource clock, String programVersion) {
        this.clock = clock;
        this.programVersion = programVersion;
    }

    public List<ToolDefinition> definitions() {
        ObjectNode nothing = schema();
        ObjectNode text = schema();
        text.putObject("properties").putObject("text").put("type", "string").put("maxLength", 10_000);
        text.putArray("required").add("text");
        return List.of(
                tool("clock", "The time", "Tells the current time in UTC.", nothing),
                tool("echo", "Echo", "Answers the text it is given.", text),
                tool("facts", "Facts", "Tells which Toolkeep this is.", nothing));
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        CallTemplate.Builtin builtin = (CallTemplate.Builtin) dispatch.template();
        ObjectNode answer = Json.object();
        switch (builtin.function()) {
            case "clock" -> answer.put("now", clock.instant().toString()).put("epochMillis", clock.millis());
            case "echo" -> answer.set("text", dispatch.arguments().path("text"));
            case "facts" -> answer.put("name", "Toolkeep").put("version", programVersion);
            default -> {
                return CompletableFuture.completedStage(new Sent.Failed(ToolFault.of(
                        ToolFault.Kind.BAD_REQUEST, "this Toolkeep has no function " + builtin.function())));
            }
        }
        return CompletableFuture.completedStage(new Sent.Answered(new Answer.Json(answer, Json.bytes(answer))));
    }

    private ToolDefinition tool(String name, String title, String description, ObjectNode inputs) {
        return new ToolDefinition(
                new ToolName(SOURCE, name),
                title,
                description,
                inputs,
                Json.object(),
                Json.object().put("readOnlyHint", true),
                List.of("builtin"),
                new CallTemplate.Builtin(name),
                new TreeSet<>(),
                null);
    }

    private static ObjectNode schema() {
        return Json.object().put("type", "object").put("additionalProperties", false);
    }
}
