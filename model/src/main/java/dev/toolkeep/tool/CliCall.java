package dev.toolkeep.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A program run on Toolkeep's own machine, and what its call fixes. It runs only where an operator granted the
/// program to the tool's source.
///
/// @param environment its own variables; values may hold `${NAME}` placeholders for vault secrets
/// @param inherited the variables it inherits, each one of [#INHERITABLE]
/// @param workingDirectory an absolute path granted to the source; empty: a fresh folder that is removed afterwards
/// @param timeout from its start to its end
/// @param allowedExitCodes the exit codes that mean it did what it was asked
/// @param outputBytes the most it may write to its standard output
/// @param sandboxed whether it runs in a sandbox or not at all
public record CliCall(
        Form form,
        Map<String, String> environment,
        Set<String> inherited,
        String workingDirectory,
        Duration timeout,
        Set<Integer> allowedExitCodes,
        int outputBytes,
        boolean sandboxed) {
    /// What programs need to run at all. Secrets come from the vault, never from Toolkeep's own environment.
    public static final Set<String> INHERITABLE =
            Set.of("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "USER", "LOGNAME", "SHELL", "TZ", "TERM");

    public CliCall {
        environment = Map.copyOf(environment);
        inherited = Set.copyOf(inherited);
        allowedExitCodes = Set.copyOf(allowedExitCodes);
    }

    /// The program whose grant is asked for: the command itself, or the shell that runs the steps.
    public String program() {
        return switch (form) {
            case Form.Program program -> program.command();
            case Form.Script script -> Form.Script.SHELL;
        };
    }

    /// What runs.
    public sealed interface Form {
        /// One program without a shell. A placeholder `UTCP_ARG_name_UTCP_END` in `args` never makes more than one
        /// argument.
        ///
        /// @param command an absolute path
        record Program(String command, List<String> args) implements Form {
            public Program {
                args = List.copyOf(args);
            }
        }

        /// UTCP's `commands`, run in order by one shell.
        record Script(List<Step> steps) implements Form {
            public static final String SHELL = "/bin/bash";

            public Script {
                steps = List.copyOf(steps);
            }
        }
    }

    /// One command of a script.
    ///
    /// @param shown whether its output is part of the answer
    public record Step(String command, boolean shown) {}
}
