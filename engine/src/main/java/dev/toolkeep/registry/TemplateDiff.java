package dev.toolkeep.registry;

import dev.toolkeep.registry.Change.Kind;
import dev.toolkeep.registry.Change.Weight;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.CliCall;
import dev.toolkeep.tool.FileCall;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.Placing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Two call templates compared: what is called, how, and with which credentials. Header, environment and credential
/// values are never quoted, for a careless publisher may have written a secret there; the placeholders in them are.
/// Used once.
final class TemplateDiff {
    private final List<Change> changes = new ArrayList<>();

    private TemplateDiff() {}

    static List<Change> of(CallTemplate before, CallTemplate after) {
        TemplateDiff diff = new TemplateDiff();
        if (!before.equals(after)) {
            diff.compare(before, after);
        }
        return diff.changes;
    }

    private void compare(CallTemplate before, CallTemplate after) {
        text(Kind.PROTOCOL, "protocol", before.type(), after.type());
        switch (after) {
            case CallTemplate.Http is when before instanceof CallTemplate.Http was -> http(was, is);
            case CallTemplate.Sse is when before instanceof CallTemplate.Sse was -> sse(was, is);
            case CallTemplate.StreamableHttp is
            when before instanceof CallTemplate.StreamableHttp was -> {
                request(was.request(), is.request());
                text(Kind.TARGET, "bytes of a piece", "" + was.chunkBytes(), "" + is.chunkBytes());
            }
            case CallTemplate.Grpc is
            when before instanceof CallTemplate.Grpc was -> {
                request(was.request(), is.request());
                text(Kind.TARGET, "descriptors", was.descriptors(), is.descriptors());
                text(Kind.TARGET, "most events", "" + was.maxEvents(), "" + is.maxEvents());
            }
            case CallTemplate.GraphQl is when before instanceof CallTemplate.GraphQl was -> graphQl(was, is);
            case CallTemplate.WebSocket is
            when before instanceof CallTemplate.WebSocket was -> {
                request(was.call().handshake(), is.call().handshake());
                facets(SocketFacets.of(was.call()), SocketFacets.of(is.call()));
                message(was.call().message(), is.call().message());
            }
            case CallTemplate.Tcp is
            when before instanceof CallTemplate.Tcp was -> {
                facets(
                        SocketFacets.of(was.call(), was.framing(), was.maxResponse()),
                        SocketFacets.of(is.call(), is.framing(), is.maxResponse()));
                message(was.call().message(), is.call().message());
            }
            case CallTemplate.Udp is
            when before instanceof CallTemplate.Udp was -> {
                facets(SocketFacets.of(was.call(), was.datagrams()), SocketFacets.of(is.call(), is.datagrams()));
                message(was.call().message(), is.call().message());
            }
            case CallTemplate.Mcp is when before instanceof CallTemplate.Mcp was -> mcp(was, is);
            case CallTemplate.Cli is when before instanceof CallTemplate.Cli was -> cli(was.call(), is.call());
            case CallTemplate.File is when before instanceof CallTemplate.File was -> file(was.call(), is.call());
            case CallTemplate.Text is
            when before instanceof CallTemplate.Text was ->
                text(Kind.TARGET, "text it answers", was.content(), is.content());
            case CallTemplate.Builtin is
            when before instanceof CallTemplate.Builtin was ->
                text(Kind.TARGET, "function", was.function(), is.function());
            case CallTemplate.DirectCall is
            when before instanceof CallTemplate.DirectCall was ->
                text(Kind.TARGET, "method", was.callable(), is.callable());
            case CallTemplate.Unsupported is
            when before instanceof CallTemplate.Unsupported was -> {
                text(Kind.PROTOCOL, "why it cannot be called", was.reason(), is.reason());
                if (!was.original().equals(is.original())) {
                    changes.add(new Change(Kind.TARGET, "call template", "", "", Weight.WIDENING));
                }
            }
            default -> {
                if (before.type().equals(after.type())) {
                    changes.add(new Change(Kind.PROTOCOL, "whether it can be called", "", "", Weight.WIDENING));
                }
            }
        }
    }

    private void http(CallTemplate.Http was, CallTemplate.Http is) {
        request(was.request(), is.request());
        text(
                Kind.TARGET,
                "redirects to the same origin",
                was.followRedirects() ? "followed" : "not followed",
                is.followRedirects() ? "followed" : "not followed");
    }

    private void sse(CallTemplate.Sse was, CallTemplate.Sse is) {
        request(was.request(), is.request());
        text(Kind.TARGET, "events that count", was.eventType(), is.eventType());
        text(Kind.TARGET, "most events", "" + was.maxEvents(), "" + is.maxEvents());
        text(Kind.TARGET, "taken up again", "" + was.reconnect(), "" + is.reconnect());
        text(
                Kind.TARGET,
                "pause before that",
                was.retry().toString(),
                is.retry().toString());
    }

    private void graphQl(CallTemplate.GraphQl was, CallTemplate.GraphQl is) {
        request(was.request(), is.request());
        text(
                Kind.TARGET,
                "operation type",
                was.operation().name(),
                is.operation().name());
        text(Kind.TARGET, "operation name", was.operationName(), is.operationName());
        text(Kind.TARGET, "document", was.document(), is.document());
        text(Kind.TARGET, "most events", "" + was.maxEvents(), "" + is.maxEvents());
    }

    private void request(HttpCall was, HttpCall is) {
        text(Kind.TARGET, "method", was.method().name(), is.method().name());
        text(Kind.TARGET, "url", was.url(), is.url());
        text(Kind.TARGET, "content type", was.contentType(), is.contentType());
        hidden(Kind.TARGET, "header", was.headers(), is.headers());
        hidden(Kind.TARGET, "query parameter", was.query(), is.query());
        text(Kind.TARGET, "body", described(was.body()), described(is.body()));
        if (was.body() instanceof HttpCall.Body.Fixed
                && is.body() instanceof HttpCall.Body.Fixed
                && !was.body().equals(is.body())) {
            changes.add(new Change(Kind.TARGET, "fixed body: another value", "", "", Weight.WIDENING));
        }
        text(
                Kind.TARGET,
                "arguments sent as headers",
                String.join(", ", was.headerFields()),
                String.join(", ", is.headerFields()));
        text(Kind.TARGET, "how arguments are written", described(was.placings()), described(is.placings()));
        text(Kind.TARGET, "timeout", was.timeout().toString(), is.timeout().toString());
        if (!was.auth().equals(is.auth())) {
            auth(was.auth(), is.auth());
        }
    }

    /// Both have the same names.
    private void facets(Map<String, String> was, Map<String, String> is) {
        is.forEach((name, value) -> text(Kind.TARGET, name, was.getOrDefault(name, ""), value));
    }

    private void message(MessageTemplate was, MessageTemplate is) {
        if (!was.equals(is)) {
            changes.add(new Change(Kind.TARGET, "message: another text", "", "", Weight.WIDENING));
        }
    }

    private void cli(CliCall was, CliCall is) {
        text(Kind.TARGET, "program", was.program(), is.program());
        text(Kind.TARGET, "command", described(was.form()), described(is.form()));
        hidden(Kind.TARGET, "variable", was.environment(), is.environment());
        text(Kind.TARGET, "inherited variables", sorted(was.inherited()), sorted(is.inherited()));
        text(Kind.TARGET, "working directory", was.workingDirectory(), is.workingDirectory());
        text(Kind.TARGET, "timeout", was.timeout().toString(), is.timeout().toString());
        text(Kind.TARGET, "allowed exit codes", sorted(was.allowedExitCodes()), sorted(is.allowedExitCodes()));
        text(Kind.TARGET, "most output", "" + was.outputBytes(), "" + is.outputBytes());
        text(Kind.TARGET, "sandbox", was.sandboxed() ? "required" : "none", is.sandboxed() ? "required" : "none");
    }

    private static String described(CliCall.Form form) {
        return switch (form) {
            case CliCall.Form.Program program -> program.command() + " " + program.args();
            case CliCall.Form.Script script ->
                script.steps().stream()
                        .map(step -> (step.shown() ? "" : "(not shown) ") + step.command())
                        .collect(Collectors.joining("\n"));
        };
    }

    private static String sorted(Set<?> values) {
        return new TreeSet<>(values).toString();
    }

    private void file(FileCall was, FileCall is) {
        text(Kind.TARGET, "path", was.path(), is.path());
        text(
                Kind.TARGET,
                "allowed folders",
                was.allowedPaths().toString(),
                is.allowedPaths().toString());
        text(Kind.TARGET, "most bytes", "" + was.maxBytes(), "" + is.maxBytes());
        text(Kind.TARGET, "encoding", was.encoding(), is.encoding());
        text(
                Kind.TARGET,
                "allowed extensions",
                was.extensions().toString(),
                is.extensions().toString());
    }

    private static String described(Map<String, Placing> placings) {
        return placings.isEmpty() ? "" : new TreeMap<>(placings).toString();
    }

    private static String described(HttpCall.Body body) {
        return switch (body) {
            case HttpCall.Body.None() -> "none";
            case HttpCall.Body.Field(String name) -> "the argument " + name;
            case HttpCall.Body.Members(String name, var encoding) ->
                "the argument " + name + " as " + new TreeMap<>(encoding);
            case HttpCall.Body.Bytes(String name) -> "the bytes in the argument " + name;
            case HttpCall.Body.Fixed fixed -> "the same in every call";
        };
    }

    private void auth(Auth was, Auth is) {
        String before = described(was);
        String after = described(is);
        if (before.equals(after)) {
            changes.add(new Change(Kind.AUTH, "value of its credential", "", "", Weight.WIDENING));
        } else {
            text(Kind.AUTH, "authentication", before, after);
        }
    }

    private static String described(Auth auth) {
        return switch (auth) {
            case Auth.None none -> "none";
            case Auth.ApiKey key ->
                "api key" + placeholders(key.apiKey()) + " in " + key.location() + " " + key.varName();
            case Auth.OAuth2 oauth ->
                "oauth2" + placeholders(oauth.clientId() + oauth.clientSecret()) + ", token from " + oauth.tokenUrl()
                        + (oauth.scope().isEmpty() ? "" : ", scope " + oauth.scope());
            case Auth.Basic basic -> "basic" + placeholders(basic.username() + basic.password());
        };
    }

    private static String placeholders(String text) {
        Set<String> names = Placeholders.names(text);
        return names.isEmpty() ? "" : " " + String.join(", ", names);
    }

    private void mcp(CallTemplate.Mcp was, CallTemplate.Mcp is) {
        text(Kind.TARGET, "kind", was.kind().word(), is.kind().word());
        text(Kind.TARGET, "tool of the server", was.tool(), is.tool());
        switch (is.server()) {
            case McpServer.Stdio now
            when was.server() instanceof McpServer.Stdio then -> {
                text(
                        Kind.TARGET,
                        "command",
                        then.command().toString(),
                        now.command().toString());
                text(Kind.TARGET, "working directory", then.workingDirectory(), now.workingDirectory());
                hidden(Kind.TARGET, "environment", then.env(), now.env());
            }
            case McpServer.Http now
            when was.server() instanceof McpServer.Http then -> {
                text(Kind.TARGET, "url", then.url(), now.url());
                hidden(Kind.TARGET, "header", then.headers(), now.headers());
                if (!then.auth().equals(now.auth())) {
                    auth(then.auth(), now.auth());
                }
            }
            case McpServer.Stdio now ->
                changes.add(new Change(Kind.PROTOCOL, "server", "a URL", "a command", Weight.WIDENING));
            case McpServer.Http now ->
                changes.add(new Change(Kind.PROTOCOL, "server", "a command", "a URL", Weight.WIDENING));
        }
    }

    private void hidden(Kind kind, String what, Map<String, String> was, Map<String, String> is) {
        Set<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (String name : names) {
            String before = was.get(name);
            String after = is.get(name);
            String where = what + " " + DiffText.printable(name);
            if (before == null && after != null) {
                changes.add(new Change(kind, where + ": added" + placeholders(after), "", "", Weight.WIDENING));
            } else if (after == null) {
                changes.add(new Change(kind, where + ": removed", "", "", Weight.WIDENING));
            } else if (!after.equals(before)) {
                changes.add(new Change(kind, where + ": another value" + placeholders(after), "", "", Weight.WIDENING));
            }
        }
    }

    private void text(Kind kind, String path, String before, String after) {
        if (!before.equals(after)) {
            DiffText.Pair shown = DiffText.pair(before, after);
            changes.add(new Change(kind, path, shown.before(), shown.after(), Weight.WIDENING));
        }
    }
}
