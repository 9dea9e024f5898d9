package dev.toolkeep.console.api;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.admin.Facts;
import dev.toolkeep.admin.Finding;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// How this Toolkeep is.
@RestController
public class StateApi {
    private final AdminRooms rooms;

    public StateApi(AdminRooms rooms) {
        this.rooms = rooms;
    }

    /// Says no more than that somebody is there.
    record Health(String status) {}

    record FactsView(
            String version,
            String started,
            long revision,
            int sources,
            Map<String, Integer> tools,
            int callers,
            int secrets,
            long policyRevision) {
        static FactsView of(Facts facts) {
            return new FactsView(
                    facts.version(),
                    facts.started().toString(),
                    facts.revision(),
                    facts.sources(),
                    SourceShapes.counts(facts.tools()),
                    facts.callers(),
                    facts.secrets(),
                    facts.policyRevision());
        }
    }

    record FindingView(String severity, String rule, String message, String advice) {
        static FindingView of(Finding finding) {
            return new FindingView(
                    Fields.word(finding.severity()), finding.rule(), finding.message(), finding.advice());
        }
    }

    record Findings(List<FindingView> findings) {}

    @GetMapping("/healthz")
    @SecurityRequirements
    @Operation(summary = "Whether the console answers; needs no key")
    Health health() {
        return new Health("ok");
    }

    @GetMapping("/api/v1/facts")
    @Operation(summary = "What this Toolkeep is and holds, in numbers")
    FactsView facts() {
        return FactsView.of(rooms.facts());
    }

    @GetMapping("/api/v1/doctor")
    @Operation(summary = "What is weak, and how to mend it")
    Findings doctor() {
        return new Findings(
                rooms.doctor().findings().stream().map(FindingView::of).toList());
    }
}
