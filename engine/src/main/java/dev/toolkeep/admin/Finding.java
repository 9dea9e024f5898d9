package dev.toolkeep.admin;

/// Something about this Toolkeep that is weak or needs a person, and how to mend it.
public record Finding(Severity severity, String rule, String message, String advice) {
    public enum Severity {
        HIGH,
        MEDIUM,
        LOW
    }
}
