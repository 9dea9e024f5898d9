package dev.toolkeep.lint;

import java.util.Locale;

/// How grave a finding is, the gravest first.
public enum Severity {
    /// Whoever uses the tool as it is can lose a credential, the machine or the connection.
    HIGH,
    /// It needs a person's look before anybody uses it.
    MEDIUM,
    /// It is weaker than it could be.
    LOW;

    public boolean atLeast(Severity other) {
        return compareTo(other) <= 0;
    }

    /// `high`, `medium` or `low`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
