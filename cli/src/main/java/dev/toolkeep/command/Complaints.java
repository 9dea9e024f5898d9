package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.Failure;
import dev.toolkeep.start.CannotStart;
import dev.toolkeep.terminal.Plain;
import dev.toolkeep.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in one or two lines why a command did nothing, and what to do next; with `--json` as one object on standard
/// output. Nothing that was typed as a value is repeated: it could be a secret in the wrong place.
final class Complaints {
    private final Surroundings around;

    Complaints(Surroundings around) {
        this.around = around;
    }

    /// Wrong usage, as picocli found it.
    int usage(ParameterException wrong, String[] args) {
        CommandLine line = wrong.getCommandLine();
        String help = "see `" + line.getCommandSpec().qualifiedName() + " --help`";
        return say(Failure.usage(words(wrong), help), asksJson(List.of(args)));
    }

    /// What a command threw.
    int thrown(Exception thrown, CommandLine line, ParseResult parsed) {
        boolean json = asksJson(parsed.originalArgs());
        if (thrown instanceof Failed failed) {
            return say(failed.why(), json);
        }
        if (thrown instanceof CannotStart cannot) {
            return say(new Failure(Main.USAGE, "cannot_start", String.valueOf(cannot.getMessage()), "", ""), json);
        }
        System.getLogger("dev.toolkeep.command").log(System.Logger.Level.ERROR, "a bug of ours", thrown);
        String what = thrown.getClass().getSimpleName() + " in "
                + line.getCommandSpec().qualifiedName();
        return say(
                Failure.failed(
                        "internal_error", "Toolkeep's command failed inside: " + what, "report it with this line"),
                json);
    }

    private int say(Failure why, boolean json) {
        if (json) {
            around.out().println(Plain.json(Json.pretty(why.json())));
            around.out().flush();
        } else {
            String rule = why.rule().isEmpty() ? "" : ", rule " + why.rule();
            String code = why.exit() == 2 ? "" : " (" + why.code() + rule + ")";
            around.err().println("toolkeep: " + Plain.line(why.message() + code));
            if (!why.advice().isEmpty()) {
                around.err().println("          " + Plain.line(why.advice()));
            }
            around.err().flush();
        }
        return why.exit();
    }

    private static String words(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (wrong instanceof MissingParameterException missing) {
            String names = missing.getMissing().stream().map(Complaints::label).collect(Collectors.joining(", "));
            return names.isEmpty() ? "something is missing after an option" : "missing: " + names;
        }
        String message = String.valueOf(wrong.getMessage());
        if (wrong.getArgSpec() != null) {
            String value = wrong.getValue() == null ? "" : wrong.getValue();
            boolean repeats = value.isEmpty() || message.contains(value);
            return repeats ? label(wrong.getArgSpec()) + " is not what it must be, or is there twice" : message;
        }
        List<String> commands = commands(line(wrong));
        return commands.isEmpty() ? message : "which one? " + String.join(", ", commands);
    }

    private static List<String> commands(CommandLine line) {
        return line.getSubcommands().entrySet().stream()
                .filter(one -> !one.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static CommandLine line(ParameterException wrong) {
        return wrong.getCommandLine();
    }

    private static String unmatched(UnmatchedArgumentException wrong) {
        String first = wrong.getUnmatched().getFirst();
        if (first.startsWith("-")) {
            int equals = first.indexOf('=');
            return "there is no option " + cut(equals < 0 ? first : first.substring(0, equals));
        }
        List<String> commands = commands(line(wrong));
        if (!commands.isEmpty()) {
            return "there is no command " + cut(first) + "; there are " + String.join(", ", commands);
        }
        return "one argument too many";
    }

    private static String label(CommandLine.Model.ArgSpec spec) {
        return spec instanceof CommandLine.Model.OptionSpec option ? option.longestName() : spec.paramLabel();
    }

    private static String cut(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "..." : word;
    }

    private static boolean asksJson(List<String> args) {
        int end = args.indexOf("--");
        return args.subList(0, end < 0 ? args.size() : end).contains("--json");
    }
}
