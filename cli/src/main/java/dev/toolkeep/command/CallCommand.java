package dev.toolkeep.command;

import dev.toolkeep.remote.AgentDoor;
import dev.toolkeep.remote.EventLines;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.Reply;
import dev.toolkeep.terminal.Plain;
import dev.toolkeep.wire.Json;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep call`: calls a tool as an agent does, through the gateway and with an agent's key.
@Command(
        name = "call",
        description = {
            "Calls a tool as an agent does, through the gateway. Prints the tool's answer.",
            "The key is the one in --key-file, else in the variable TOOLKEEP_KEY, else in DIR/agent.key.",
            "Exit code 1 when the call was refused, when it failed, and when an MCP tool says that it failed."
        },
        footer = {
            "",
            "Examples:",
            "  toolkeep call keep.clock",
            "  toolkeep call petstore.get-pet '{\"id\": 7}'",
            "  toolkeep call petstore.add-pet @pet.json",
            "  toolkeep call everything.longRunningOperation '{\"duration\": 5}' --stream"
        })
final class CallCommand implements Callable<Integer> {
    private static final int MOST_ARGUMENTS = 64 << 20;

    private final Desk desk;

    @Mixin
    private Asked asked = new Asked();

    @Parameters(index = "0", paramLabel = "TOOL", description = "The tool: source.name")
    private String tool = "";

    @Parameters(
            index = "1",
            paramLabel = "ARGUMENTS",
            arity = "0..1",
            description = "A JSON object; - reads it from standard input, @FILE from a file. Without it: {}")
    private String arguments = "{}";

    @Option(names = "--stream", description = "Print progress as it comes, one event a line, the result last.")
    private boolean stream;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The file with the agent's key, readable by its owner alone")
    private @Nullable Path keyFile;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the answer, byte for byte, into this new file.")
    private @Nullable Path out;

    CallCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws Failed {
        if (stream && out != null) {
            throw Failed.usage("--stream prints events; --out takes one answer", "leave one of them out");
        }
        byte[] body = body();
        try (AgentDoor door = desk.gateway(asked, keyFile)) {
            if (stream) {
                Events events = new Events(desk.out(), asked.json());
                door.stream(tool, body, events::print);
                return events.failed ? 1 : 0;
            }
            return print(door.call(tool, body));
        }
    }

    private byte[] body() throws Failed {
        if (arguments.equals("-")) {
            return Input.standard(desk, MOST_ARGUMENTS);
        }
        if (arguments.startsWith("@")) {
            return Input.file(desk.path(Path.of(arguments.substring(1))), MOST_ARGUMENTS);
        }
        return arguments.getBytes(StandardCharsets.UTF_8);
    }

    /// To a script as it came; to a person plain; with `--json` as one JSON value whatever it is.
    private int print(Reply reply) throws Failed {
        AnswerText answer = AnswerText.of(reply);
        PrintWriter to = desk.out();
        if (out != null) {
            Path file = NewFile.write(desk.path(out), reply.body());
            desk.note(reply.body().length + " bytes of " + reply.mediaType() + " are in " + file);
        } else if (asked.json()) {
            to.println(Plain.json(Json.pretty(answer.json())));
        } else if (desk.person().there()) {
            to.println(Plain.lines(answer.people()));
        } else {
            to.print(answer.script());
            to.print(answer.script().endsWith("\n") ? "" : "\n");
        }
        to.flush();
        return answer.failed() || to.checkError() ? 1 : 0;
    }

    /// Prints events, one a line.
    private static final class Events {
        private final PrintWriter out;
        private final boolean json;
        private boolean failed;

        Events(PrintWriter out, boolean json) {
            this.out = out;
            this.json = json;
        }

        void print(EventLines.Event event) {
            JsonNode data = AnswerText.parsed(event.data());
            failed |= event.name().equals("result") && data.path("isError").booleanValue(false);
            if (json) {
                ObjectNode line = Json.object().put("event", event.name());
                line.set("data", data);
                out.println(Plain.json(Json.text(line)));
            } else {
                out.println(Plain.line(event.name() + "  " + Json.text(data)));
            }
            out.flush();
        }
    }
}
