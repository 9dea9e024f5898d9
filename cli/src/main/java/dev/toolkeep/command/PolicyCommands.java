package dev.toolkeep.command;

import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep policy …`: who may call what with which arguments. Single rules are [PolicyRuleCommands]'.
@Command(name = "policy", description = "Who may call what, when, from where, with which arguments.")
final class PolicyCommands {
    private static final int MOST = 1 << 20;

    private final Desk desk;

    PolicyCommands(Desk desk) {
        this.desk = desk;
    }

    @Command(
            name = "show",
            description = "The policy in force.",
            footer = {"", "Example:", "  toolkeep policy show"})
    int show(@Mixin Asked asked) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/policy");
            return desk.show(asked, answer, page -> PolicyText.show(answer, page));
        }
    }

    @Command(
            name = "set",
            description = "Puts the policy in FILE in force, whole, in place of the one before.",
            footer = {"", "Examples:", "  toolkeep policy set policy.yaml", "  toolkeep policy set policy.yaml --over 7"
            })
    int set(
            @Mixin Asked asked,
            @Parameters(paramLabel = "FILE", description = "YAML; - reads standard input.") String file,
            @Option(
                            names = "--over",
                            paramLabel = "REVISION",
                            description = "Only over this revision; without it, over the one in force now.")
                    @Nullable
                    Long over)
            throws Failed {
        String yaml = yaml(file);
        try (AdminApi api = desk.admin(asked)) {
            long expected =
                    over != null ? over : api.get("/policy").path("revision").asLong(0);
            ObjectNode answer =
                    api.put("/policy", Json.object().put("yaml", yaml).put("expected", expected));
            return desk.show(
                    asked,
                    answer,
                    page -> page.line(
                            "policy revision " + answer.path("revision").asLong(0) + " is in force"));
        }
    }

    @Command(
            name = "check",
            description = "Says whether the policy in FILE would be accepted; saves nothing. Exit code 1 if not.",
            footer = {"", "Example:", "  toolkeep policy check policy.yaml"})
    int check(
            @Mixin Asked asked,
            @Parameters(paramLabel = "FILE", description = "YAML; - reads standard input.") String file)
            throws Failed {
        String yaml = yaml(file);
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.post("/policy/check", Json.object().put("yaml", yaml));
            boolean valid = answer.path("valid").booleanValue(false);
            int shown = desk.show(asked, answer, page -> checked(valid, answer, page));
            return valid ? shown : 1;
        }
    }

    private static void checked(boolean valid, ObjectNode answer, Page page) {
        if (valid) {
            page.line(Style.GOOD, "the policy is valid");
        } else {
            page.line(Style.BAD, "not valid: " + Fields.text(answer, "problem"));
        }
    }

    @Command(
            name = "history",
            description = "The last hundred revisions, newest first; with --json, each whole.",
            footer = {"", "Example:", "  toolkeep policy history"})
    int history(@Mixin Asked asked) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.get("/policy/history");
            return desk.show(asked, answer, page -> PolicyText.history(answer, page));
        }
    }

    @Command(
            name = "explain",
            description =
                    "Says whether a call would be allowed, by which rule, and what each rule said. Nothing is called.",
            footer = {
                "",
                "Examples:",
                "  toolkeep policy explain support-bot petstore.delete-pet '{\"id\": 7}'",
                "  toolkeep policy explain support-bot petstore.list-pets --at 2026-12-24T03:00:00Z --address 10.0.0.7"
            })
    int explain(
            @Mixin Asked asked,
            @Parameters(index = "0", paramLabel = "CALLER", description = "Whose call.") String caller,
            @Parameters(index = "1", paramLabel = "TOOL", description = "Of which tool.") String tool,
            @Parameters(
                            index = "2",
                            paramLabel = "ARGUMENTS",
                            arity = "0..1",
                            description = "A JSON object. Without it: {}")
                    @Nullable
                    String arguments,
            @Option(names = "--at", paramLabel = "TIME", defaultValue = "", description = "When; now without it.")
                    String at,
            @Option(
                            names = "--address",
                            paramLabel = "ADDRESS",
                            defaultValue = "",
                            description = "From where; 127.0.0.1 without it.")
                    String address,
            @Option(
                            names = "--chain",
                            paramLabel = "TOOL",
                            description = "A tool the call came through; repeat for more.")
                    @Nullable
                    List<String> chain)
            throws Failed {
        ObjectNode order = Json.object().put("caller", caller).put("tool", tool);
        if (arguments != null) {
            order.set("arguments", object(arguments));
        }
        String time = Expiry.time("--at", at);
        if (!time.isEmpty()) {
            order.put("time", time);
        }
        if (!address.isEmpty()) {
            order.put("address", address);
        }
        if (chain != null) {
            chain.forEach(order.putArray("chain")::add);
        }
        try (AdminApi api = desk.admin(asked)) {
            ObjectNode answer = api.post("/policy/explain", order);
            return desk.show(asked, answer, page -> PolicyText.explained(answer, page));
        }
    }

    private static ObjectNode object(String json) throws Failed {
        try {
            return StrictJson.object(json.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
        } catch (Malformed e) {
            throw Failed.usage("ARGUMENTS: " + e.getMessage(), "they are one JSON object, such as '{\"id\": 7}'");
        }
    }

    private String yaml(String file) throws Failed {
        byte[] bytes = file.equals("-") ? Input.standard(desk, MOST) : Input.file(desk.path(Path.of(file)), MOST);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
