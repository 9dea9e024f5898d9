package dev.toolkeep.protocol.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The argument vector that puts walls round a program.
final class Sandbox {
    /// Programs and libraries. `/etc` is not among them: it holds more than programs need.
    private static final List<String> SYSTEM = List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

    private static final List<String> SETTINGS = List.of(
            "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/etc/ssl/certs", "/etc/ca-certificates");
    private static final List<String> NETWORK =
            List.of("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/gai.conf");
    private static final List<String> LIMITS =
            List.of("--core=0", "--fsize=" + (256L << 20), "--nofile=1024", "--data=" + (2L << 30));

    private Sandbox() {}

    /// @param folder where the program works
    /// @throws IOException when walls are demanded that this machine cannot build
    static List<String> command(Launch launch, Path folder, ProcessOptions options) throws IOException {
        List<String> command = new ArrayList<>();
        switch (launch.walls()) {
            case Walls.None() -> {}
            case Walls.Limited() -> limits(options, command);
            case Walls.Sandboxed walls -> {
                if (!Files.isExecutable(options.bwrap())) {
                    throw new NoSandbox("bubblewrap is not installed (there is no " + options.bwrap() + ")");
                }
                limits(options, command);
                bubble(walls, launch, folder, options, command);
            }
        }
        command.addAll(launch.command());
        return command;
    }

    private static void limits(ProcessOptions options, List<String> command) {
        if (Files.isExecutable(options.prlimit())) {
            command.add(options.prlimit().toString());
            command.addAll(LIMITS);
            command.add("--");
        }
    }

    private static void bubble(
            Walls.Sandboxed walls, Launch launch, Path folder, ProcessOptions options, List<String> command)
            throws IOException {
        command.add(options.bwrap().toString());
        command.addAll(List.of("--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534"));
        command.addAll(List.of("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"));
        if (walls.network()) {
            command.add("--share-net");
        }
        for (String system : SYSTEM) {
            Path path = Path.of(system);
            if (Files.isSymbolicLink(path)) {
                command.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), system));
            } else {
                command.addAll(List.of("--ro-bind-try", system, system));
            }
        }
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        List<String> readable = new ArrayList<>(SETTINGS);
        readable.addAll(walls.network() ? NETWORK : List.of());
        readable.forEach(path -> command.addAll(List.of("--ro-bind-try", path, path)));
        // A program that lies elsewhere is seen as that one file.
        String program = launch.command().getFirst();
        if (program.startsWith("/")) {
            command.addAll(List.of("--ro-bind", program, program));
        }
        walls.readable().forEach(path -> command.addAll(List.of("--ro-bind", path.toString(), path.toString())));
        walls.writable().forEach(path -> command.addAll(List.of("--bind", path.toString(), path.toString())));
        if (launch.folder().isEmpty()) {
            command.addAll(List.of("--bind", folder.toString(), folder.toString()));
        }
        command.addAll(List.of("--chdir", folder.toString(), "--"));
    }
}
