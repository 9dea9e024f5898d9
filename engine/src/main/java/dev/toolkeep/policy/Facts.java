package dev.toolkeep.policy;

import dev.cel.runtime.CelVariableResolver;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What the conditions of one decision look at. For one thread.
final class Facts implements CelVariableResolver {
    private final CelMap caller;
    private final CelMap tool;
    private final CelMap arguments;
    private final Circumstances circumstances;
    private final Effort effort = new Effort();

    Facts(CelMap caller, CelMap tool, ObjectNode arguments, Circumstances circumstances) {
        this.caller = caller;
        this.tool = tool;
        this.arguments = JsonView.of(arguments, effort);
        this.circumstances = circumstances;
    }

    /// Before each condition: one that looks at much takes nothing from the next.
    void rest() {
        effort.refill();
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case Conditions.CALLER -> Optional.of(caller);
            case Conditions.TOOL -> Optional.of(tool);
            case Conditions.ARGS -> Optional.of(arguments);
            case Conditions.NOW -> Optional.of(circumstances.time());
            case Conditions.ADDRESS -> Optional.of(circumstances.address());
            case Conditions.CHAIN -> Optional.of(circumstances.chain());
            default -> Optional.empty();
        };
    }
}
