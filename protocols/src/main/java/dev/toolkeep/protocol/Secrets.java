package dev.toolkeep.protocol;

import org.jspecify.annotations.Nullable;

/// The secrets opened for one call, by placeholder name.
public interface Secrets {
    /// The value of `${name}`, or null when this tool was granted no such secret.
    @Nullable
    String value(String name);

    /// Says that these secrets were used to get `value` (an access token), which is then kept out of answers as they
    /// are.
    default void learned(String value) {}

    static Secrets none() {
        return name -> null;
    }
}
