package dev.toolkeep.protocol.process;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A program to start, without a shell.
///
/// @param command the argument vector; the first is the program
/// @param variables its own variables; they win over inherited ones
/// @param inherited the names of the variables it inherits where this process has them; no other is passed on
/// @param folder its working directory; empty: a fresh one that is removed with it
public record Launch(
        List<String> command, Map<String, String> variables, Set<String> inherited, String folder, Walls walls) {
    public Launch {
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
        inherited = Set.copyOf(inherited);
    }

    /// One without walls.
    public static Launch open(
            List<String> command, Map<String, String> variables, Collection<String> inherited, String folder) {
        return new Launch(command, variables, Set.copyOf(inherited), folder, new Walls.None());
    }

    /// Without values: variables hold secrets.
    @Override
    public String toString() {
        return "Launch[" + command.getFirst() + "]";
    }
}
