package dev.toolkeep.console.api;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.admin.Reading;
import dev.toolkeep.admin.SourceAdmin;
import dev.toolkeep.admin.SourceState;
import dev.toolkeep.refusal.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Where tools come from.
@RestController
@RequestMapping("/api/v1/sources")
public class SourcesApi {
    private final SourceAdmin sources;

    public SourcesApi(SourceAdmin sources) {
        this.sources = sources;
    }

    @GetMapping
    @Operation(summary = "Every source, with how the last reading of it ended")
    SourceShapes.SourceList list() {
        return new SourceShapes.SourceList(
                sources.list().stream().map(SourceShapes.SourceView::of).toList());
    }

    @GetMapping("/{name}")
    @Operation(summary = "One source")
    SourceShapes.SourceView show(@PathVariable("name") String name) throws Refused {
        return SourceShapes.SourceView.of(sources.show(name));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Reads a new source and adds it; its tools wait for approval")
    SourceShapes.ReadingView add(@Parameter(hidden = true) Operator by, @RequestBody SourceShapes.NewSource order)
            throws Refused {
        Reading.Read read = read(sources.add(by, order.order()));
        return SourceShapes.ReadingView.of(sources.show(read.source().name()), read);
    }

    @PostMapping("/preview")
    @Operation(summary = "Reads what a new source would bring, and keeps nothing")
    SourceShapes.ReadingView preview(@Parameter(hidden = true) Operator by, @RequestBody SourceShapes.NewSource order)
            throws Refused {
        Reading.Read read = read(sources.preview(by, order.order()));
        return SourceShapes.ReadingView.of(new SourceState(read.source(), Map.of(), null), read);
    }

    @PostMapping("/{name}/refresh")
    @Operation(summary = "Reads a source again: what is new waits, what changed rests")
    SourceShapes.ReadingView refresh(@Parameter(hidden = true) Operator by, @PathVariable("name") String name)
            throws Refused {
        Reading.Read read = read(sources.refresh(by, name));
        return SourceShapes.ReadingView.of(sources.show(name), read);
    }

    @PostMapping("/refresh")
    @Operation(summary = "Reads every source again; one that cannot be read does not stop the others")
    SourceShapes.RefreshedList refreshAll(@Parameter(hidden = true) Operator by) throws Refused {
        return new SourceShapes.RefreshedList(
                sources.refreshAll(by).stream().map(SourceShapes.Refreshed::of).toList());
    }

    @DeleteMapping("/{name}")
    @Operation(summary = "Removes a source with its tools")
    SourceShapes.Removed remove(@Parameter(hidden = true) Operator by, @PathVariable("name") String name)
            throws Refused {
        sources.remove(by, name);
        return new SourceShapes.Removed(name);
    }

    private static Reading.Read read(Reading reading) {
        return switch (reading) {
            case Reading.Read read -> read;
            case Reading.Unreadable broken -> throw Unfit.unreadable(broken.fault());
        };
    }
}
