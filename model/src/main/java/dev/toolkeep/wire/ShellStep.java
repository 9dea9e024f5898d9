package dev.toolkeep.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One command of a UTCP `cli` script, made safe to give arguments to: every placeholder becomes a quoted reference to
/// an environment variable, so what the argument holds is never read by the shell. Where that cannot be told for sure
/// the command is refused: an argument may stand bare or in double quotes in a plain command, and nowhere else.
///
/// @param text what the shell runs
/// @param arguments where arguments stand in it, in order
public record ShellStep(String text, List<Place> arguments) {
    /// What the names of the variables start with that carry arguments.
    public static final String VARIABLE = "__UTCP_ARG_";

    private static final int LONGEST = 64 << 10;
    private static final Pattern WORDS = Pattern.compile("[\\s;|&()'\"`<>]+");
    private static final Pattern EARLIER_OUTPUT = Pattern.compile("\\$\\{?CMD_\\d+_OUTPUT");

    /// @param leads whether a word starts with it, so that what it holds could pass for an option
    public record Place(String name, boolean leads) {}

    public ShellStep {
        arguments = List.copyOf(arguments);
    }

    /// @throws Malformed when an argument stands where its value might become code; the message says where and why
    public static ShellStep read(String command) throws Malformed {
        if (command.isBlank() || command.length() > LONGEST || command.indexOf('\0') >= 0) {
            throw new Malformed("a command must be text of at most " + LONGEST + " characters");
        }
        return Marks.names(command).isEmpty() ? new ShellStep(command, List.of()) : new ShellScan(command).step();
    }

    /// The steps of one script. Arguments may come out of one step and into another, as output or as a file: where a
    /// script takes arguments, no step of it hands text to another shell.
    public static List<ShellStep> readAll(List<String> commands) throws Malformed {
        List<ShellStep> steps = new ArrayList<>();
        boolean takesArguments = false;
        for (String command : commands) {
            ShellStep step = read(command);
            takesArguments |= !step.arguments().isEmpty();
            steps.add(step);
        }
        for (String command : commands) {
            Matcher earlier = EARLIER_OUTPUT.matcher(command);
            if (takesArguments || earlier.find()) {
                checkShells(command);
            }
        }
        return List.copyOf(steps);
    }

    private static void checkShells(String command) throws Malformed {
        for (String word : WORDS.splitAsStream(command).toList()) {
            if (CommandRules.shell(word)) {
                throw new Malformed("'" + Members.printable(word)
                        + "' may run text that came in as an argument; call the program itself");
            }
        }
    }
}
