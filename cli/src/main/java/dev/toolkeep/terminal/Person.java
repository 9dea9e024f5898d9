package dev.toolkeep.terminal;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who sits before the command.
///
/// @param there whether somebody is there to be asked: input and output are a terminal
/// @param coloured whether what is printed may carry colours
/// @param hidden reads one line that is not shown while it is typed
public record Person(boolean there, boolean coloured, HiddenLine hidden) {
    /// Nobody: a script, a pipe.
    public static final Person NOBODY = new Person(false, false, _ -> null);

    /// Whoever sits before this process. The JDK's own console is null where there is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    public static Person ofProcess(Map<String, String> environment) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            return NOBODY;
        }
        boolean coloured = !environment.containsKey("NO_COLOR") && !"dumb".equals(environment.get("TERM"));
        return new Person(true, coloured, prompt -> console.readPassword("%s", prompt));
    }

    /// Reads what must not be seen.
    @FunctionalInterface
    public interface HiddenLine {
        /// What was typed, for the reader to wipe; null where nothing can be read.
        char @Nullable [] read(String prompt);
    }
}
