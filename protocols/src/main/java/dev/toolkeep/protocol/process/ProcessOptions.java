package dev.toolkeep.protocol.process;

import java.nio.file.Path;
import java.util.Map;

/// What children find on this machine.
///
/// @param environment the variables they may inherit from; only those a [Launch] names are passed on
/// @param folder where fresh working directories are made
/// @param bwrap where bubblewrap is, if it is there
/// @param prlimit where util-linux's prlimit is, if it is there
public record ProcessOptions(Map<String, String> environment, Path folder, Path bwrap, Path prlimit) {
    public ProcessOptions {
        environment = Map.copyOf(environment);
    }

    /// The programs where Linux distributions put them.
    public ProcessOptions(Map<String, String> environment, Path folder) {
        this(environment, folder, Path.of("/usr/bin/bwrap"), Path.of("/usr/bin/prlimit"));
    }

    /// This process's environment and temporary folder.
    public static ProcessOptions standard() {
        return new ProcessOptions(System.getenv(), Path.of(System.getProperty("java.io.tmpdir")));
    }
}
