package dev.toolkeep.command;

import dev.toolkeep.start.CannotStart;
import dev.toolkeep.start.House;
import dev.toolkeep.start.HouseOptions;
import dev.toolkeep.start.ProgramVersion;
import dev.toolkeep.start.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `toolkeep start`: gateway and console, until the process is told to stop.
@Command(
        name = "start",
        description = "Starts the gateway and the console, and runs until it is told to stop.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    private final Surroundings around;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder; default TOOLKEEP_DATA, else data beside the launcher.")
    private @Nullable String data;

    @Option(names = "--config", paramLabel = "FILE", description = "The configuration; default DIR/keep.yaml if there.")
    private @Nullable String config;

    @Option(names = "--port", paramLabel = "PORT", description = "The gateway's port; default 8080.")
    private @Nullable String port;

    @Option(names = "--console-port", paramLabel = "PORT", description = "The console's port; default 8081.")
    private @Nullable String consolePort;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The gateway's address; default 127.0.0.1.")
    private @Nullable String host;

    @Option(names = "--console-host", paramLabel = "ADDRESS", description = "The console's address; default 127.0.0.1.")
    private @Nullable String consoleHost;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    StartCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws CannotStart, InterruptedException {
        Settings.Flags flags =
                new Settings.Flags(around.directory(), config, data, host, port, consoleHost, consolePort);
        Settings settings = Settings.read(
                flags, around.environment(), around.home().resolve("data").normalize());
        HouseOptions options = settings.options(ProgramVersion.text());
        List<String> warnings = settings.warnings();
        warnings.forEach(warning -> around.err().println("toolkeep: warning: " + warning));
        UntilStopped life = UntilStopped.begin();
        House house = life.start(() -> House.start(options.closedByProgram()));
        Greeting greeting = new Greeting(house, options, around, warnings);
        around.out().println(json ? greeting.json() : greeting.words());
        around.out().flush();
        life.serve();
        return Main.DONE;
    }
}
