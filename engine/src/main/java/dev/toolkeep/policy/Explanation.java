package dev.toolkeep.policy;

import java.util.List;

/// Why a call would be allowed or refused: every rule, in the order written, and what each one said. For operators.
///
/// @param rule the rule that decided, or `no-rule`
/// @param limit which entry of `limits` sets the allowance, such as `limits entry 2 (line 14)`, or `default`
public record Explanation(
        boolean allowed, String rule, Allowance allowance, String limit, List<Considered> considered) {
    public Explanation {
        considered = List.copyOf(considered);
    }

    /// @param matched whether the rule applies to this very call
    /// @param why which part matched or did not, and what became of its condition
    public record Considered(String rule, Effect effect, boolean matched, String why) {}
}
