package dev.toolkeep.policy;

import dev.toolkeep.caller.Caller;
import dev.toolkeep.trust.TrustedTool;
import tools.jackson.databind.node.ObjectNode;

/// A call the policy said yes to: this caller, this tool, exactly these arguments. Only [Policy] makes one, and the
/// vault opens for nothing else.
public final class PermittedCall {
    private final Caller caller;
    private final TrustedTool tool;
    private final ObjectNode arguments;
    private final String rule;
    private final Allowance allowance;

    PermittedCall(Caller caller, TrustedTool tool, ObjectNode arguments, String rule, Allowance allowance) {
        this.caller = caller;
        this.tool = tool;
        this.arguments = arguments;
        this.rule = rule;
        this.allowance = allowance;
    }

    public Caller caller() {
        return caller;
    }

    public TrustedTool tool() {
        return tool;
    }

    /// The tree that was judged; must not be modified.
    public ObjectNode arguments() {
        return arguments;
    }

    /// The id of the rule that allows it.
    public String rule() {
        return rule;
    }

    public Allowance allowance() {
        return allowance;
    }
}
