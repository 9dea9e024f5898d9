package dev.toolkeep.journal;

import java.nio.file.OpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// `O_DIRECT` of the JDK's module jdk.unsupported, or nothing on a JDK without it. It is looked up by a name that
/// stands here, because the compiler warns of it and has no way to say that it is meant; nothing else belongs in this
/// class.
final class DirectWrites {
    static final Set<OpenOption> OPTION = option();

    private DirectWrites() {}

    private static Set<OpenOption> option() {
        try {
            Class<?> options = Class.forName("com.sun.nio.file.ExtendedOpenOption");
            return Arrays.stream(options.getEnumConstants())
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (ClassNotFoundException e) {
            return Set.of();
        }
    }
}
