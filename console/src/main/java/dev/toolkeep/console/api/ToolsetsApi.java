package dev.toolkeep.console.api;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.admin.ToolsetAdmin;
import dev.toolkeep.refusal.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Curated lists of tools, each with its own endpoint.
@RestController
@RequestMapping("/api/v1/toolsets")
public class ToolsetsApi {
    private final ToolsetAdmin toolsets;

    public ToolsetsApi(ToolsetAdmin toolsets) {
        this.toolsets = toolsets;
    }

    @GetMapping
    @Operation(summary = "Every toolset, with how many tools it selects now")
    ToolsetShapes.ToolsetList list() {
        return new ToolsetShapes.ToolsetList(
                toolsets.list().stream().map(ToolsetShapes.ToolsetSummary::of).toList());
    }

    @GetMapping("/{name}")
    @Operation(summary = "One toolset, with the tools it selects now")
    ToolsetShapes.ToolsetView show(@PathVariable("name") String name) throws Refused {
        return ToolsetShapes.ToolsetView.of(toolsets.show(name));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds a toolset; it grants nobody anything")
    ToolsetShapes.ToolsetView add(@Parameter(hidden = true) Operator by, @RequestBody ToolsetShapes.NewToolset order)
            throws Refused {
        return ToolsetShapes.ToolsetView.of(toolsets.add(by, order.name(), words(order.title()), order.selection()));
    }

    @PutMapping("/{name}")
    @Operation(summary = "Gives a toolset another title and selection")
    ToolsetShapes.ToolsetView change(
            @Parameter(hidden = true) Operator by,
            @PathVariable("name") String name,
            @RequestBody ToolsetShapes.Selected order)
            throws Refused {
        return ToolsetShapes.ToolsetView.of(toolsets.change(by, name, words(order.title()), order.selection()));
    }

    @DeleteMapping("/{name}")
    @Operation(summary = "Removes a toolset; its tools stay")
    SourceShapes.Removed remove(@Parameter(hidden = true) Operator by, @PathVariable("name") String name)
            throws Refused {
        toolsets.remove(by, name);
        return new SourceShapes.Removed(name);
    }

    private static String words(@Nullable String title) {
        return title == null ? "" : title;
    }
}
