package dev.toolkeep.trust;

import dev.toolkeep.refusal.Refusal.Code;
import dev.toolkeep.refusal.Refused;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.Tool;
import java.time.Instant;
import java.util.List;

/// Whether a tool may be called at all: a person approved this very version, the source still offers exactly that,
/// the approval has not passed, nobody ordered it to rest, it can be called, and the chain is short enough. Pure: no
/// I/O, no clock. Thread-safe.
///
/// The bytes of the definition were checked against its digest when the [Tool] was built; here the digest is compared
/// with the one a person approved.
public final class Trust {
    private final int maxChainDepth;

    /// @param maxChainDepth the most callers and tools a call may have passed through before; not negative
    public Trust(int maxChainDepth) {
        if (maxChainDepth < 0) {
            throw new IllegalArgumentException("a chain cannot be shorter than nothing");
        }
        this.maxChainDepth = maxChainDepth;
    }

    /// @throws Refused TOOL_QUARANTINED, TOOL_NOT_APPROVED, TOOL_UNSUPPORTED or CHAIN_TOO_DEEP, with what to do next
    public TrustedTool verify(Tool tool, List<String> chain, Instant now) throws Refused {
        approved(tool, now);
        exact(tool);
        callable(tool);
        shallow(chain);
        return new TrustedTool(tool);
    }

    private static void approved(Tool tool, Instant now) throws Refused {
        switch (tool.standing().status(now)) {
            case APPROVED -> {}
            case PENDING -> throw notApproved(tool, "waits for a first approval", "approve");
            case EXPIRED -> throw notApproved(tool, "was approved, but the approval has expired", "approve");
            case REJECTED -> throw notApproved(tool, "is offered in a version that a person rejected", "tool show");
            case DRIFTED -> throw quarantined(tool, "drift", "is offered changed since it was approved", "tool diff");
            case QUARANTINED -> throw quarantined(tool, "hold", "rests by a person's order", "tool show");
            case REMOVED -> throw quarantined(tool, "removed", "is no longer offered by its source", "tool show");
        }
    }

    private static void exact(Tool tool) throws Refused {
        Standing.Approval approval = tool.standing().approval();
        if (approval == null || !approval.version().equals(tool.digest())) {
            throw new Refused(
                    Code.TOOL_QUARANTINED,
                    "trust.digest",
                    tool.name() + " is not the version that was approved",
                    advice(tool, "tool diff"));
        }
    }

    private static void callable(Tool tool) throws Refused {
        if (!tool.unsupported().isEmpty()) {
            throw new Refused(
                    Code.TOOL_UNSUPPORTED,
                    "trust.supported",
                    tool.name() + " cannot be called: " + tool.unsupported(),
                    "use another tool, or ask its publisher for a definition that can be called");
        }
    }

    private void shallow(List<String> chain) throws Refused {
        if (chain.size() > maxChainDepth) {
            throw new Refused(
                    Code.CHAIN_TOO_DEEP,
                    "trust.chain",
                    "the call passed through " + chain.size() + " callers and tools before; at most " + maxChainDepth
                            + " are allowed",
                    "call it from fewer tools deep");
        }
    }

    private static Refused notApproved(Tool tool, String why, String command) {
        return new Refused(Code.TOOL_NOT_APPROVED, "trust.approval", tool.name() + " " + why, advice(tool, command));
    }

    private static Refused quarantined(Tool tool, String rule, String why, String command) {
        return new Refused(Code.TOOL_QUARANTINED, "trust." + rule, tool.name() + " " + why, advice(tool, command));
    }

    private static String advice(Tool tool, String command) {
        return "ask an operator to look: toolkeep " + command + " " + tool.name();
    }
}
