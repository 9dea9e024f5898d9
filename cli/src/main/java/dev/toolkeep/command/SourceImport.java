package dev.toolkeep.command;

import dev.toolkeep.clientfile.ClientFile;
import dev.toolkeep.clientfile.Found;
import dev.toolkeep.clientfile.Wanted;
import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.terminal.Page;
import dev.toolkeep.terminal.Style;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `toolkeep source import`: takes the MCP servers of another program's settings as sources.
@Command(
        name = "import",
        description = {
            "Takes the MCP servers that a client's settings or a registry's server.json names as sources.",
            "Credentials in the file go into the vault, and ${NAME} in their place. Each server is started or asked to",
            "read its tools, which wait for approval. What is there already is left alone, so it can be run again."
        },
        footer = {
            "",
            "Examples:",
            "  toolkeep source import .mcp.json --preview",
            "  toolkeep source import .vscode/mcp.json --only github --yes",
            "  toolkeep source import config.toml",
            "  toolkeep source import server.json"
        })
final class SourceImport implements Callable<Integer> {
    private static final int MOST = 1 << 20;

    private final Desk desk;

    @Mixin
    private Asked asked = new Asked();

    @Parameters(index = "0", paramLabel = "FILE", description = "The settings or server.json: JSON, TOML or YAML")
    private Path file = Path.of("");

    @Option(names = "--only", paramLabel = "NAME", description = "Take this server alone; repeat for more.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--reach",
            paramLabel = "HOST:PORT",
            description = "A private address that the servers with a URL may be at; repeat for more")
    private List<String> reach = new ArrayList<>();

    @Option(names = "--preview", description = "Only show what would be taken; start and keep nothing.")
    private boolean preview;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    SourceImport(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws Failed {
        Found found = read();
        List<Wanted> chosen = chosen(found);
        ArrayNode outcomes = Json.array();
        found.leftOut().forEach(left -> outcome(outcomes, left.name(), "left_out", left.reason()));
        if (preview) {
            chosen.forEach(one -> outcome(outcomes, one.name(), "found", what(one)));
        } else if (!chosen.isEmpty()) {
            take(chosen, outcomes);
        }
        ObjectNode answer = Json.object();
        answer.set("servers", outcomes);
        int shown = desk.show(asked, answer, page -> told(outcomes, page));
        return outcomes.valueStream()
                        .anyMatch(one -> Fields.text(one, "outcome").equals("failed"))
                ? 1
                : shown;
    }

    private Found read() throws Failed {
        Path at = desk.path(file);
        try {
            return ClientFile.read(Input.file(at, MOST), String.valueOf(at.getFileName()));
        } catch (Malformed e) {
            throw Failed.with(
                    "malformed", at + ": " + e.getMessage(), "name a client's settings or a registry's server.json");
        }
    }

    private List<Wanted> chosen(Found found) throws Failed {
        Set<String> unknown = new TreeSet<>(only);
        found.servers().forEach(one -> unknown.remove(one.name()));
        if (!unknown.isEmpty()) {
            throw Failed.with(
                    "not_found",
                    "the file has no server " + String.join(", ", unknown) + " that can be taken",
                    "see `toolkeep source import " + file + " --preview`");
        }
        return found.servers().stream()
                .filter(one -> only.isEmpty() || only.contains(one.name()))
                .toList();
    }

    private void take(List<Wanted> chosen, ArrayNode outcomes) throws Failed {
        try (AdminApi api = desk.admin(asked)) {
            Set<String> there = names(api.get("/sources").path("sources"), "name");
            Set<String> sealed = new HashSet<>();
            api.get("/secrets")
                    .path("secrets")
                    .forEach(one -> sealed.add(Fields.text(one, "grant") + " " + Fields.text(one, "name")));
            List<Wanted> ready = new ArrayList<>();
            for (Wanted one : chosen) {
                Set<String> lacking = lacking(one, sealed);
                if (there.contains(one.name())) {
                    outcome(outcomes, one.name(), "there", "there is a source of this name already");
                } else if (!lacking.isEmpty()) {
                    outcome(
                            outcomes,
                            one.name(),
                            "failed",
                            "it needs what the file does not hold: " + ask(one, lacking));
                } else {
                    ready.add(one);
                }
            }
            if (!ready.isEmpty()) {
                agree(ready);
                ready.forEach(one -> outcomes.add(add(api, one)));
            }
        }
    }

    private static Set<String> lacking(Wanted one, Set<String> sealed) {
        Set<String> lacking = new TreeSet<>(one.missing());
        lacking.removeIf(
                name -> one.secrets().containsKey(name) || sealed.contains("source:" + one.name() + " " + name));
        return lacking;
    }

    private static String ask(Wanted one, Set<String> lacking) {
        List<String> commands = lacking.stream()
                .map(name -> "`toolkeep secret set " + name + " --for source:" + one.name() + "`")
                .toList();
        return String.join(", ", commands) + ", then import again";
    }

    private void agree(List<Wanted> ready) throws Failed {
        Page page = desk.page();
        ready.forEach(one -> page.line("  " + one.name() + ": " + what(one)));
        desk.beside(page);
        if (!desk.agreed(
                asked, yes, "Take these " + ready.size() + " as sources? Commands are started on this machine.")) {
            throw Failed.with("not_agreed", "nothing was taken", "");
        }
    }

    /// Seals the secrets, then adds the source; where that fails, new secrets go again.
    private ObjectNode add(AdminApi api, Wanted one) {
        List<String> fresh = new ArrayList<>();
        String grant = "source:" + one.name();
        try {
            for (Map.Entry<String, String> secret : one.secrets().entrySet()) {
                ObjectNode set = api.put(
                        "/secrets",
                        Json.object()
                                .put("name", secret.getKey())
                                .put("grant", grant)
                                .put("value", secret.getValue()));
                if (!set.path("replaced").booleanValue(false)) {
                    fresh.add(secret.getKey());
                }
            }
            ObjectNode order = Json.object().put("name", one.name());
            order.set("origin", origin(one));
            if (!one.url().isEmpty() && !reach.isEmpty()) {
                reach.forEach(order.putArray("reach")::add);
            }
            int tools = api.postSlowly("/sources", order)
                    .path("drift")
                    .path("added")
                    .size();
            return outcome(
                            Json.array(),
                            one.name(),
                            "added",
                            tools + " tools wait for approval: `toolkeep approve '" + one.name() + ".*'`")
                    .put("tools", tools);
        } catch (Failed failed) {
            forget(api, grant, fresh);
            return outcome(
                    Json.array(),
                    one.name(),
                    "failed",
                    failed.why().message() + "; " + failed.why().advice());
        }
    }

    private static void forget(AdminApi api, String grant, List<String> secrets) {
        for (String name : secrets) {
            try {
                api.delete("/secrets", Map.of("name", name, "grant", grant));
            } catch (Failed gone) {
                // it was never kept, or somebody removed it
            }
        }
    }

    private static ObjectNode origin(Wanted one) {
        ObjectNode origin = Json.object().put("kind", "mcp");
        if (!one.url().isEmpty()) {
            origin.put("url", one.url());
            one.headers().forEach(origin.putObject("headers")::put);
            return origin;
        }
        one.command().forEach(origin.putArray("command")::add);
        one.env().forEach(origin.putObject("env")::put);
        return one.directory().isEmpty() ? origin : origin.put("workingDirectory", one.directory());
    }

    private static String what(Wanted one) {
        String at = one.url().isEmpty() ? String.join(" ", one.command()) : one.url();
        String sealed = one.secrets().isEmpty()
                ? ""
                : "; into the vault: "
                        + String.join(", ", new TreeSet<>(one.secrets().keySet()));
        return at
                + sealed
                + (one.missing().isEmpty() ? "" : "; to be set: " + String.join(", ", new TreeSet<>(one.missing())));
    }

    private static ObjectNode outcome(ArrayNode outcomes, String name, String outcome, String words) {
        return outcomes.addObject().put("name", name).put("outcome", outcome).put("words", words);
    }

    private static void told(ArrayNode outcomes, Page page) {
        if (outcomes.isEmpty()) {
            page.line("the file names no servers");
        }
        for (JsonNode one : outcomes) {
            String outcome = Fields.text(one, "outcome");
            Style style = outcome.equals("failed") ? Style.BAD : outcome.equals("added") ? Style.GOOD : Style.PLAIN;
            page.line(
                    style,
                    Fields.text(one, "name") + ": " + outcome.replace('_', ' ') + ": " + Fields.text(one, "words"));
        }
    }

    private static Set<String> names(JsonNode list, String field) {
        Set<String> names = new HashSet<>();
        list.forEach(one -> names.add(Fields.text(one, field)));
        return names;
    }
}
