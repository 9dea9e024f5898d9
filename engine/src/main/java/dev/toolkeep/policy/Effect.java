package dev.toolkeep.policy;

/// What a rule that matches does. One matching deny outweighs every allow.
public enum Effect {
    ALLOW,
    DENY;

    /// The word in the policy text.
    public String text() {
        return this == ALLOW ? "allow" : "deny";
    }
}
