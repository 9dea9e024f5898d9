package dev.toolkeep.protocol;

import org.jspecify.annotations.Nullable;

/// The secrets opened for one call, by placeholder name.
public interface Secrets {
    /// The value of `${name}`, or null when this tool was granted no such secret.
    @Nullable
    String value(String name);

    static Secrets none() {
        return name -> null;
    }
}
