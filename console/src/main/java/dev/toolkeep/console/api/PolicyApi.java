package dev.toolkeep.console.api;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.admin.PolicyAdmin;
import dev.toolkeep.refusal.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Who may call what with which arguments.
@RestController
@RequestMapping("/api/v1/policy")
public class PolicyApi {
    private final PolicyAdmin policy;
    private final InstantSource clock;

    public PolicyApi(PolicyAdmin policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "The policy in force; without one everything is denied")
    PolicyShapes.PolicyView show() {
        return policy.show()
                .map(PolicyShapes.PolicyView::of)
                .orElseGet(() -> new PolicyShapes.PolicyView(0, "", null, null));
    }

    @GetMapping("/history")
    @Operation(summary = "The last hundred revisions, newest first")
    PolicyShapes.History history() {
        return new PolicyShapes.History(
                policy.history().stream().map(PolicyShapes.PolicyView::of).toList());
    }

    @PostMapping("/check")
    @Operation(summary = "Whether a text would be accepted; saves nothing")
    PolicyShapes.Checked check(@RequestBody PolicyShapes.CheckText text) {
        return policy.check(text.yaml())
                .map(problem -> new PolicyShapes.Checked(false, problem))
                .orElseGet(() -> new PolicyShapes.Checked(true, null));
    }

    @PutMapping
    @Operation(summary = "Saves a text over the revision it was written over")
    PolicyShapes.PolicyView save(@Parameter(hidden = true) Operator by, @RequestBody PolicyShapes.SaveText text)
            throws Refused {
        return PolicyShapes.PolicyView.of(policy.save(by, text.yaml(), text.expected()));
    }

    @PostMapping("/rules")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Appends one allow or deny rule")
    PolicyShapes.Appended append(@Parameter(hidden = true) Operator by, @RequestBody PolicyShapes.NewRule rule)
            throws Refused {
        return PolicyShapes.Appended.of(policy.append(by, rule.order()));
    }

    @PostMapping("/explain")
    @Operation(summary = "What the policy says of one call, rule by rule")
    PolicyShapes.Explained explain(@RequestBody PolicyShapes.Explain call) throws Refused {
        return PolicyShapes.Explained.of(
                policy.explain(call.caller(), call.tool(), call.object(), call.circumstances(clock.instant())));
    }
}
