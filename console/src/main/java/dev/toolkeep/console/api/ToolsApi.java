package dev.toolkeep.console.api;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.admin.ToolAdmin;
import dev.toolkeep.admin.ToolQuery;
import dev.toolkeep.admin.ToolState;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.tool.ToolName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What is offered, and what a person decides of it. A tool's name may hold slashes, so it is never part of a path.
@RestController
@RequestMapping("/api/v1/tools")
public class ToolsApi {
    private final ToolAdmin tools;

    public ToolsApi(ToolAdmin tools) {
        this.tools = tools;
    }

    @GetMapping
    @Operation(summary = "Tools by name, a page at a time")
    ToolShapes.ToolList list(
            @RequestParam(name = "match", defaultValue = "") String match,
            @RequestParam(name = "source", defaultValue = "") String source,
            @RequestParam(name = "status", defaultValue = "") String status,
            @RequestParam(name = "flagged", defaultValue = "false") boolean flagged,
            @RequestParam(name = "after", defaultValue = "") String after,
            @RequestParam(name = "limit", defaultValue = "100") int limit) {
        Standing.Status wanted = status.isEmpty() ? null : Fields.word("status", status, Standing.Status.class);
        return ToolShapes.ToolList.of(
                tools.list(new ToolQuery(Fields.pattern("match", match), source, wanted, flagged, after, limit)));
    }

    @GetMapping("/show")
    @Operation(summary = "One version of a tool, whole; by default the offered one")
    ToolShapes.ToolShown show(
            @RequestParam("name") String name, @RequestParam(name = "digest", defaultValue = "") String digest)
            throws Refused {
        ToolName tool = Fields.tool("name", name);
        return ToolShapes.ToolShown.of(tools.show(tool), tools.version(tool, Fields.optionalDigest("digest", digest)));
    }

    @GetMapping("/versions")
    @Operation(summary = "Every version of a tool ever seen, oldest first")
    ToolShapes.VersionList versions(@RequestParam("name") String name) throws Refused {
        ToolName tool = Fields.tool("name", name);
        Standing standing = tools.show(tool).standing();
        return new ToolShapes.VersionList(tools.versions(tool).stream()
                .map(version -> ToolShapes.VersionView.of(version, standing))
                .toList());
    }

    @GetMapping("/diff")
    @Operation(summary = "What changed between two versions; by default from the approved to the offered")
    ToolShapes.DiffView diff(
            @RequestParam("name") String name,
            @RequestParam(name = "from", defaultValue = "") String from,
            @RequestParam(name = "to", defaultValue = "") String to)
            throws Refused {
        return ToolShapes.DiffView.of(tools.diff(
                Fields.tool("name", name), Fields.optionalDigest("from", from), Fields.optionalDigest("to", to)));
    }

    @PostMapping("/approve")
    @Operation(summary = "Approves the versions that were looked at, all or none")
    ToolShapes.Decided approve(@Parameter(hidden = true) Operator by, @RequestBody ToolShapes.Approve order)
            throws Refused {
        return decided(tools.approve(
                by,
                order.tools().stream().map(ToolShapes.SeenTool::choice).toList(),
                Fields.time("expires", order.expires()),
                Boolean.TRUE.equals(order.acceptFlags())));
    }

    @PostMapping("/reject")
    @Operation(summary = "Says no to the versions that were looked at")
    ToolShapes.Decided reject(@Parameter(hidden = true) Operator by, @RequestBody ToolShapes.Reject order)
            throws Refused {
        return decided(tools.reject(
                by, order.tools().stream().map(ToolShapes.SeenTool::choice).toList()));
    }

    @PostMapping("/revoke")
    @Operation(summary = "Takes approvals back")
    ToolShapes.Decided revoke(@Parameter(hidden = true) Operator by, @RequestBody ToolShapes.Named order)
            throws Refused {
        return decided(tools.revoke(by, Fields.tools(order.tools())));
    }

    @PostMapping("/quarantine")
    @Operation(summary = "Orders tools to rest, whatever was approved")
    ToolShapes.Decided quarantine(@Parameter(hidden = true) Operator by, @RequestBody ToolShapes.Quarantine order)
            throws Refused {
        return decided(tools.quarantine(by, Fields.tools(order.tools()), order.reason()));
    }

    @PostMapping("/release")
    @Operation(summary = "Ends a quarantine that a person ordered")
    ToolShapes.Decided release(@Parameter(hidden = true) Operator by, @RequestBody ToolShapes.Named order)
            throws Refused {
        return decided(tools.release(by, Fields.tools(order.tools())));
    }

    private static ToolShapes.Decided decided(List<ToolState> states) {
        return new ToolShapes.Decided(ToolShapes.views(states));
    }
}
