package dev.toolkeep.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.toolkeep.admin.Origins;
import dev.toolkeep.admin.Reading;
import dev.toolkeep.admin.SourceOrder;
import dev.toolkeep.admin.SourceState;
import dev.toolkeep.registry.DriftReport;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Sources as JSON.
final class SourceShapes {
    private SourceShapes() {}

    /// What to add or preview.
    record NewSource(String name, SourceOrigin origin, List<String> reach) {
        NewSource {
            Fields.required("name", name);
            Fields.required("origin", origin);
            reach = Fields.list("reach", reach);
        }

        SourceOrder order() {
            return new SourceOrder(name, origin.origin(), new HashSet<>(reach));
        }
    }

    /// `kind` `manual` has `location`; `openapi` also `baseUrl`; `mcp` has `command` with `env` and
    /// `workingDirectory`, or `url` with `headers`; `graphql` and `grpc` have `url` and `headers`; `builtin` has
    /// nothing.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SourceOrigin(
            String kind,
            @Nullable String location,
            @Nullable String baseUrl,
            @Nullable List<String> command,
            @Nullable Map<String, String> env,
            @Nullable String workingDirectory,
            @Nullable String url,
            @Nullable Map<String, String> headers) {
        SourceOrigin {
            Fields.required("origin.kind", kind);
        }

        static SourceOrigin of(Origin origin) {
            return switch (origin) {
                case Origin.Manual(String location) ->
                    new SourceOrigin("manual", location, null, null, null, null, null, null);
                case Origin.OpenApi(String location, String baseUrl) ->
                    new SourceOrigin(
                            "openapi", location, baseUrl.isEmpty() ? null : baseUrl, null, null, null, null, null);
                case Origin.Mcp(McpServer.Stdio stdio) ->
                    new SourceOrigin(
                            "mcp",
                            null,
                            null,
                            stdio.command(),
                            Origins.shown(stdio.env()),
                            stdio.workingDirectory().isEmpty() ? null : stdio.workingDirectory(),
                            null,
                            null);
                case Origin.Mcp(McpServer.Http http) ->
                    new SourceOrigin("mcp", null, null, null, null, null, http.url(), Origins.shown(http.headers()));
                case Origin.GraphQl(String url, Map<String, String> headers) ->
                    new SourceOrigin("graphql", null, null, null, null, null, url, Origins.shown(headers));
                case Origin.Grpc(String url, Map<String, String> headers) ->
                    new SourceOrigin("grpc", null, null, null, null, null, url, Origins.shown(headers));
                case Origin.Builtin() -> new SourceOrigin("builtin", null, null, null, null, null, null, null);
            };
        }

        Origin origin() {
            return switch (kind) {
                case "manual" -> {
                    only(location != null && baseUrl == null && mcpless(), "kind manual takes location alone");
                    yield new Origin.Manual(Fields.required("origin.location", location));
                }
                case "openapi" -> {
                    only(location != null && mcpless(), "kind openapi takes location, and baseUrl if need be");
                    yield new Origin.OpenApi(
                            Fields.required("origin.location", location), baseUrl == null ? "" : baseUrl);
                }
                case "mcp" -> new Origin.Mcp(server());
                case "graphql", "grpc" -> {
                    only(
                            location == null
                                    && baseUrl == null
                                    && command == null
                                    && env == null
                                    && workingDirectory == null,
                            "kind " + kind + " takes url, and headers if need be");
                    String server = Fields.required("origin.url", url);
                    Map<String, String> sent = texts("origin.headers", headers);
                    yield kind.equals("grpc") ? new Origin.Grpc(server, sent) : new Origin.GraphQl(server, sent);
                }
                default -> throw Unfit.invalid("origin.kind", "it is one of manual, openapi, mcp, graphql, grpc");
            };
        }

        private McpServer server() {
            only(
                    location == null && baseUrl == null && (command == null) != (url == null),
                    "kind mcp takes either command, with env and workingDirectory, or url, with headers");
            if (url != null) {
                only(env == null && workingDirectory == null, "an mcp url takes headers alone");
                return new McpServer.Http(url, texts("origin.headers", headers));
            }
            only(headers == null, "an mcp command takes env and workingDirectory alone");
            List<String> words = Fields.list("origin.command", command);
            only(!words.isEmpty() && !words.getFirst().isBlank(), "command names the program first");
            return new McpServer.Stdio(
                    words, texts("origin.env", env), workingDirectory == null ? "" : workingDirectory);
        }

        private boolean mcpless() {
            return command == null && env == null && workingDirectory == null && url == null && headers == null;
        }

        private static Map<String, String> texts(String field, @Nullable Map<String, String> map) {
            if (map == null) {
                return Map.of();
            }
            map.values().forEach(value -> Fields.required(field, value));
            return Map.copyOf(map);
        }

        private static void only(boolean holds, String message) {
            if (!holds) {
                throw Unfit.invalid("origin", message);
            }
        }
    }

    /// What broke when a source was read.
    record Fault(String code, String message, String detail) {
        static Fault of(ToolFault fault) {
            return new Fault(
                    fault.kind().code(),
                    fault.message(),
                    fault.detail().isEmpty() ? fault.overheard() : fault.detail());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LastRead(String at, boolean ok, @Nullable Fault fault) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SourceView(
            String name,
            SourceOrigin origin,
            List<String> reach,
            String added,
            Map<String, Integer> tools,
            @Nullable LastRead lastRead) {
        static SourceView of(SourceState state) {
            SourceState.LastRead last = state.lastRead();
            LastRead read = null;
            if (last != null) {
                ToolFault fault = last.fault();
                read = new LastRead(last.at().toString(), fault == null, fault == null ? null : Fault.of(fault));
            }
            return new SourceView(
                    state.source().name(),
                    SourceOrigin.of(state.source().origin()),
                    state.source().reach().grants().stream().sorted().toList(),
                    state.source().added().toString(),
                    counts(state.tools()),
                    read);
        }
    }

    record SourceList(List<SourceView> sources) {}

    record Renamed(String from, String to) {}

    record DriftView(
            List<String> added, List<String> changed, List<String> removed, List<Renamed> renamed, int unchanged) {
        static DriftView of(DriftReport report) {
            return new DriftView(
                    texts(report.added()),
                    texts(report.changed()),
                    texts(report.removed()),
                    report.renamed().stream()
                            .map(pair ->
                                    new Renamed(pair.from().text(), pair.to().text()))
                            .toList(),
                    report.unchanged().size());
        }

        private static List<String> texts(List<ToolName> names) {
            return names.stream().map(ToolName::text).toList();
        }
    }

    record LeftOutView(String name, String reason) {}

    /// What a source offered when it was read just now.
    record ReadingView(SourceView source, DriftView drift, List<LeftOutView> leftOut) {
        static ReadingView of(SourceState state, Reading.Read read) {
            return new ReadingView(SourceView.of(state), DriftView.of(read.drift()), left(read));
        }
    }

    /// One source of several that were read; `fault` when it could not be.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Refreshed(
            String source,
            @Nullable DriftView drift,
            @Nullable List<LeftOutView> leftOut,
            @Nullable Fault fault) {
        static Refreshed of(Reading reading) {
            String name = reading.source().name();
            return switch (reading) {
                case Reading.Read read -> new Refreshed(name, DriftView.of(read.drift()), left(read), null);
                case Reading.Unreadable broken -> new Refreshed(name, null, null, Fault.of(broken.fault()));
            };
        }
    }

    record RefreshedList(List<Refreshed> sources) {}

    /// What is there no more.
    record Removed(String removed) {}

    static Map<String, Integer> counts(Map<Standing.Status, Integer> tools) {
        Map<String, Integer> counts = new TreeMap<>();
        tools.forEach((status, n) -> counts.put(Fields.word(status), n));
        return counts;
    }

    private static List<LeftOutView> left(Reading.Read read) {
        return read.leftOut().stream()
                .map(left -> new LeftOutView(left.name(), left.reason()))
                .toList();
    }
}
