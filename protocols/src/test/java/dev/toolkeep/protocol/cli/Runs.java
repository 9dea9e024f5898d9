package dev.toolkeep.protocol.cli;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.protocol.process.ProcessOptions;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import dev.toolkeep.wire.Templates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// Programs run for tests, in a folder of the test's.
final class Runs implements AutoCloseable {
    final CliProtocol protocol;
    final Withdrawal withdrawal = new Withdrawal();
    Secrets secrets = name -> name.equals("TOKEN") ? "the-token" : null;
    Set<String> grants = Set.of("run:/bin/bash", "run:/usr/bin/printf", "run:/usr/bin/env", "run:/bin/sleep");
    Duration timeout = Duration.ofSeconds(60);

    Runs(Path folder) {
        this(new ProcessOptions(
                Map.of("PATH", "/usr/bin:/bin", "HOME", "/root", "LANG", "C.UTF-8", "OUR_OWN_SECRET", "do not inherit"),
                folder));
    }

    Runs(ProcessOptions options) {
        protocol = new CliProtocol(options);
    }

    /// A script of these steps.
    static ObjectNode script(String... commands) {
        ObjectNode template = Json.object().put("call_template_type", "cli");
        for (String command : commands) {
            template.withArray("commands").addObject().put("command", command);
        }
        return template;
    }

    static ObjectNode program(String command, String... args) {
        ObjectNode template = Json.object().put("call_template_type", "cli").put("command", command);
        for (String arg : args) {
            template.withArray("args").add(arg);
        }
        return template;
    }

    static ObjectNode json(String text) {
        try {
            return StrictJson.object(text.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    CompletableFuture<Sent> start(ObjectNode template, ObjectNode arguments) {
        CallTemplate read;
        try {
            read = Templates.fromJson(template);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
        return protocol.send(new Dispatch(
                        "src",
                        read,
                        arguments,
                        secrets,
                        new Reach(grants),
                        timeout,
                        1 << 20,
                        "req-1",
                        "",
                        Runnable::run,
                        Progress.ignored(),
                        withdrawal))
                .toCompletableFuture();
    }

    Answer answer(ObjectNode template, ObjectNode arguments) {
        Sent sent = start(template, arguments).orTimeout(90, TimeUnit.SECONDS).join();
        if (sent instanceof Sent.Answered(Answer answer)) {
            return answer;
        }
        throw new AssertionError("no answer but " + sent);
    }

    String text(ObjectNode template, ObjectNode arguments) {
        return switch (answer(template, arguments)) {
            case Answer.Text(String text) -> text;
            case Answer.Json json -> Json.text(json.value());
            case Answer other -> throw new AssertionError("no text but " + other);
        };
    }

    ToolFault fault(ObjectNode template, ObjectNode arguments) {
        Sent sent = start(template, arguments).orTimeout(90, TimeUnit.SECONDS).join();
        if (sent instanceof Sent.Failed(ToolFault fault)) {
            return fault;
        }
        throw new AssertionError("no fault but " + sent);
    }

    @Override
    public void close() {
        protocol.close();
    }
}
