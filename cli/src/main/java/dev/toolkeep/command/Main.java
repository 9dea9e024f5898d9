package dev.toolkeep.command;

import dev.toolkeep.start.Logging;
import dev.toolkeep.start.ProgramVersion;
import dev.toolkeep.terminal.Person;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program `toolkeep`: finds the command that was asked for and says how it ended. Exit code 0 is done, 1 refused
/// or failed, 2 wrong usage or cannot start.
public final class Main {
    /// Done.
    public static final int DONE = 0;
    /// Refused, or failed.
    public static final int FAILED = 1;
    /// Wrong usage, or a start that cannot be.
    public static final int USAGE = 2;

    private final Surroundings around;
    private final Person person;

    /// With nobody before it, as in a script.
    public Main(Surroundings around) {
        this(around, Person.NOBODY);
    }

    public Main(Surroundings around, Person person) {
        this.around = around;
        this.person = person;
    }

    public static void main(String[] args) {
        Surroundings around = Surroundings.ofProcess();
        Logging.begin(around.err());
        System.exit(new Main(around, Person.ofProcess(around.environment())).run(args));
    }

    /// Runs one command and answers its exit code.
    public int run(String... args) {
        return tree().execute(args);
    }

    /// Every command, ready to parse.
    CommandLine tree() {
        CommandLine line = new CommandLine(new Root());
        commands(line);
        Commands.settle(line, around);
        return line;
    }

    /// One line a command.
    private void commands(CommandLine line) {
        line.addSubcommand(new StartCommand(around));
        line.addSubcommand(new RehearseCommand(around));
        line.addSubcommand(new LintCommand(around));
        Commands.into(line, new Desk(around, person, InstantSource.system(), new RunningServers()));
    }

    @Command(
            name = "toolkeep",
            description = "The registry and gateway that AI agents call their tools through.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            subcommands = CommandLine.HelpCommand.class)
    static final class Root implements Runnable {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            throw new ParameterException(spec.commandLine(), "a command is missing");
        }
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"toolkeep " + ProgramVersion.text()};
        }
    }
}
