package dev.toolkeep.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.toolkeep.admin.Choice;
import dev.toolkeep.admin.ToolDiff;
import dev.toolkeep.admin.ToolPage;
import dev.toolkeep.admin.ToolState;
import dev.toolkeep.registry.Change;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.wire.Definitions;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Tools as JSON.
final class ToolShapes {
    private ToolShapes() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Approval(String by, String at, @Nullable String expires) {}

    record Hold(String by, String at, String reason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToolView(
            String name,
            String status,
            String title,
            String description,
            String protocol,
            List<String> hosts,
            List<String> tags,
            @Nullable String offered,
            @Nullable String approved,
            @Nullable Approval approval,
            @Nullable Hold hold,
            @Nullable String flag,
            @Nullable String label,
            @Nullable String unsupported,
            boolean diff) {
        static ToolView of(ToolState state) {
            Standing standing = state.standing();
            Standing.Approval approval = standing.approval();
            Standing.Hold hold = standing.hold();
            ToolVersion version = state.version();
            ToolDefinition definition = version == null ? null : version.definition();
            return new ToolView(
                    state.name().text(),
                    Fields.word(state.status()),
                    definition == null ? "" : definition.title(),
                    definition == null ? "" : definition.description(),
                    definition == null ? "" : definition.template().type(),
                    definition == null ? List.of() : List.copyOf(definition.hosts()),
                    definition == null ? List.of() : definition.tags(),
                    text(standing.offered()),
                    approval == null ? null : approval.version().text(),
                    approval == null
                            ? null
                            : new Approval(approval.by(), approval.at().toString(), time(approval.expires())),
                    hold == null ? null : new Hold(hold.by(), hold.at().toString(), hold.reason()),
                    standing.flag().isEmpty() ? null : standing.flag(),
                    definition == null ? null : definition.label(),
                    state.unsupported().isEmpty() ? null : state.unsupported(),
                    state.diff());
        }
    }

    /// One page; `next` is the `after` of the next.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToolList(
            List<ToolView> tools, int total, @Nullable String next) {
        static ToolList of(ToolPage page) {
            return new ToolList(views(page.tools()), page.total(), page.next().isEmpty() ? null : page.next());
        }
    }

    /// One tool and one version of it, whole.
    record ToolShown(
            ToolView tool,
            String digest,
            String seen,

            @Schema(types = "object", implementation = Object.class)
            JsonNode definition) {
        static ToolShown of(ToolState state, ToolVersion version) {
            return new ToolShown(
                    ToolView.of(state),
                    version.digest().text(),
                    version.seen().toString(),
                    Definitions.toJson(version.definition()));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionView(String digest, @Nullable String label, String seen, boolean offered, boolean approved) {
        static VersionView of(ToolVersion version, Standing standing) {
            Standing.Approval approval = standing.approval();
            return new VersionView(
                    version.digest().text(),
                    version.definition().label(),
                    version.seen().toString(),
                    version.digest().equals(standing.offered()),
                    approval != null && version.digest().equals(approval.version()));
        }
    }

    record VersionList(List<VersionView> versions) {}

    record ChangeView(String kind, String path, String before, String after, String weight) {
        static ChangeView of(Change change) {
            return new ChangeView(
                    Fields.word(change.kind()),
                    change.path(),
                    change.before(),
                    change.after(),
                    Fields.word(change.weight()));
        }
    }

    record DiffView(String from, String to, List<ChangeView> changes) {
        static DiffView of(ToolDiff diff) {
            return new DiffView(
                    diff.from().text(),
                    diff.to().text(),
                    diff.changes().stream().map(ChangeView::of).toList());
        }
    }

    /// A tool, and the digest of the version that was looked at.
    record SeenTool(String name, String digest) {
        SeenTool {
            Fields.required("tools.name", name);
            Fields.required("tools.digest", digest);
        }

        Choice choice() {
            return new Choice(Fields.tool("tools.name", name), Fields.digest("tools.digest", digest));
        }
    }

    /// @param acceptFlags whether flagged tools are approved too; missing means no
    record Approve(
            List<SeenTool> tools,
            @Nullable String expires,
            @Nullable Boolean acceptFlags) {
        Approve {
            tools = Fields.list("tools", tools);
        }
    }

    record Reject(List<SeenTool> tools) {
        Reject {
            tools = Fields.list("tools", tools);
        }
    }

    record Named(List<String> tools) {
        Named {
            tools = Fields.list("tools", tools);
        }
    }

    record Quarantine(List<String> tools, String reason) {
        Quarantine {
            tools = Fields.list("tools", tools);
            Fields.required("reason", reason);
        }
    }

    /// How the tools of an order stand now.
    record Decided(List<ToolView> tools) {}

    static List<ToolView> views(List<ToolState> states) {
        return states.stream().map(ToolView::of).toList();
    }

    private static @Nullable String text(@Nullable Digest digest) {
        return digest == null ? null : digest.text();
    }

    private static @Nullable String time(java.time.@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
