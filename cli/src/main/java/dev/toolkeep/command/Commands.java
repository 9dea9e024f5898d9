package dev.toolkeep.command;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;

/// The commands that speak to a running Toolkeep, wired once, and how all of them parse, complain and end.
final class Commands {
    private Commands() {}

    /// Adds them to `root`, one line a command.
    static void into(CommandLine root, Desk desk) {
        root.addSubcommand(group(new SourceCommands(desk))
                .addSubcommand(new SourceAdd(desk))
                .addSubcommand(new SourceImport(desk)));
        root.addSubcommand(group(new ToolCommands(desk)));
        root.addSubcommand(group(new ToolsetCommands(desk)));
        root.addSubcommand(new DecideCommands.Approve(desk));
        root.addSubcommand(new DecideCommands.Reject(desk));
        root.addSubcommand(new DecideCommands.Revoke(desk));
        root.addSubcommand(new DecideCommands.Quarantine(desk));
        root.addSubcommand(new DecideCommands.Release(desk));
        root.addSubcommand(new CallCommand(desk));
        root.addSubcommand(new McpCommand(desk));
        root.addSubcommand(group(new AgentCommands(desk)).addSubcommand(group(new AgentKeyCommands(desk))));
        root.addSubcommand(group(new PolicyCommands(desk))
                .addSubcommand(new PolicyRuleCommands.Allow(desk))
                .addSubcommand(new PolicyRuleCommands.Deny(desk)));
        root.addSubcommand(group(new SecretCommands(desk)));
        root.addSubcommand(group(new LogCommands(desk)));
        root.addSubcommand(new DoctorCommand(desk));
    }

    /// A word with commands of its own; alone it can only be asked for help.
    private static CommandLine group(Object commands) {
        CommandLine line = new CommandLine(commands);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        return line;
    }

    /// Makes every command of the tree parse and complain alike. Nothing typed is expanded: no `@file`, no variable, no
    /// abbreviation, no quotes taken away.
    static void settle(CommandLine root, Surroundings around) {
        Complaints complaints = new Complaints(around);
        root.setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setAbbreviatedOptionsAllowed(false)
                .setAbbreviatedSubcommandsAllowed(false)
                .setUnmatchedOptionsArePositionalParams(false)
                .setTrimQuotes(false)
                .setUsageHelpWidth(110)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(around.out())
                .setErr(around.err())
                .setParameterExceptionHandler(complaints::usage)
                .setExecutionExceptionHandler(complaints::thrown);
    }
}
