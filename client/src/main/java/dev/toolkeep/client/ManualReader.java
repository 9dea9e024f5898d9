package dev.toolkeep.client;

import dev.toolkeep.call.Discovery;
import dev.toolkeep.call.Offer;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.client.filter.ManualName;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.variable.UnsetVariable;
import dev.toolkeep.variable.VariableName;
import dev.toolkeep.variable.Variables;
import dev.toolkeep.vault.RequiredVariables;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.LocalHosts;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Templates;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a manual call template leads to.
final class ManualReader {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> ASKED = Set.of("tcp", "udp", "websocket");

    private final Discovery discovery;
    private final Loops loops;
    private final Variables variables;
    private final Caller caller;

    ManualReader(Discovery discovery, Loops loops, Variables variables, Caller caller) {
        this.discovery = discovery;
        this.loops = loops;
        this.variables = variables;
        this.caller = caller;
    }

    /// A template, read.
    ///
    /// @param baseUrl where the operations of an OpenAPI document are called; empty: where it says
    record Read(Origin origin, CallTemplate template, Set<String> reach, SortedSet<String> variables, String baseUrl) {}

    Caller caller() {
        return caller;
    }

    Variables variables() {
        return variables;
    }

    /// @throws RegistrationFailed when the template cannot be honoured
    Read prepare(ManualName name, ManualTemplate manual) {
        try {
            ObjectNode json = filled(name, manual.template());
            boolean mcp = manual.type().equals("mcp");
            CallTemplate template = Templates.fromJson(mcp ? json.deepCopy().put("tool", "*") : json);
            Set<String> reach = new HashSet<>(manual.reach());
            for (String host : Templates.hosts(template)) {
                if (LocalHosts.isLoopback(host.substring(0, host.lastIndexOf(':')))) {
                    reach.add(host);
                }
            }
            Origin origin = template instanceof CallTemplate.Mcp mcpTool
                    ? new Origin.Mcp(mcpTool.server())
                    : new Origin.Manual(manual.type());
            return new Read(origin, template, reach, RequiredVariables.of(template), Fields.text(json, "base_url", ""));
        } catch (Malformed e) {
            throw new RegistrationFailed(name.utcp(), "bad_manual", "its call template: " + e.getMessage());
        } catch (UnsetVariable e) {
            throw new RegistrationFailed(name.utcp(), "bad_variable", String.valueOf(e.getMessage()));
        }
    }

    /// Waits for the answer, at most a minute.
    Offer offered(Source source, Read read) {
        CompletableFuture<Offer> offer = new CompletableFuture<>();
        Loops.Loop loop = loops.next();
        loop.execute(() -> {
            var _ = (read.origin() instanceof Origin.Mcp
                            ? discovery.read(source)
                            : discovery.read(source, read.template(), question(read), read.baseUrl(), loop))
                    .whenComplete((found, bug) -> offer.complete(
                            bug == null
                                    ? found
                                    : failed(ToolFault.Kind.OURS, "reading the manual failed inside Toolkeep")));
        });
        return offer.completeOnTimeout(
                        failed(ToolFault.Kind.TIMED_OUT, "the manual did not arrive within a minute"),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
    }

    /// What UTCP asks a server for its manual with, where asking is more than opening a URL.
    private static ObjectNode question(Read read) {
        ObjectNode question = Json.object();
        return ASKED.contains(read.template().type()) ? question.put("type", "utcp") : question;
    }

    /// Host and port may not hold a secret, so a variable there is filled in as the text it is.
    private ObjectNode filled(ManualName name, ObjectNode template) throws UnsetVariable {
        JsonNode url = template.get("url");
        if (url == null || !url.isString()) {
            return template;
        }
        String text = url.stringValue();
        int slashes = text.indexOf("//");
        int path = slashes < 0 ? -1 : text.indexOf('/', slashes + 2);
        String front = path < 0 ? text : text.substring(0, path);
        if (Placeholders.names(front).isEmpty()) {
            return template;
        }
        for (String variable : Placeholders.names(front)) {
            variables.require(new VariableName(name.utcp(), variable));
        }
        String known = Placeholders.fill(front, variable -> value(name, variable));
        return template.deepCopy().put("url", known + text.substring(front.length()));
    }

    private String value(ManualName name, String variable) {
        try {
            return variables.require(new VariableName(name.utcp(), variable));
        } catch (UnsetVariable e) {
            throw new IllegalStateException("it was there a moment ago", e);
        }
    }

    private static Offer failed(ToolFault.Kind kind, String words) {
        return new Offer.Failed(ToolFault.of(kind, words));
    }
}
