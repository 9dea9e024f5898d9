package dev.toolkeep.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What can be asked of every command.
public final class Asked {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The data folder of the Toolkeep that is meant; else the variable TOOLKEEP_DATA, else the usual one.")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print JSON, errors too.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /// As it was given; null where it was not.
    @Nullable
    Path data() {
        return data;
    }

    boolean json() {
        return json;
    }

    /// For picocli, which reads it itself.
    boolean help() {
        return help;
    }
}
