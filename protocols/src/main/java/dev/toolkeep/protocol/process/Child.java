package dev.toolkeep.protocol.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One child process and everything it starts. It is started from an argument vector, without a shell, with the
/// variables of its [Launch] as its whole environment; a folder of its own is made when it is given none, and removed
/// with it. Descendants are known by parentage and, where `/proc` tells, by a variable they inherit, so that one whose
/// parent ended first is found too; in a sandbox the kernel ends them all with the first. Thread-safe.
public final class Child {
    private static final String MARK = "TOOLKEEP_CHILD";
    private static final Duration LAST = Duration.ofSeconds(1);
    private static final int ROUNDS = 20;

    private final Process process;
    private final @Nullable Path ownFolder;
    private final String mark;

    private Child(Process process, @Nullable Path ownFolder, String mark) {
        this.process = process;
        this.ownFolder = ownFolder;
        this.mark = mark;
    }

    /// Blocks while the system starts the program.
    ///
    /// @throws NoSandbox when the launch demands a sandbox that this machine cannot build
    /// @throws IOException when the command cannot be started
    /// @throws IllegalArgumentException when a variable's name or value cannot be in an environment
    public static Child start(Launch launch, ProcessOptions options) throws IOException {
        String given = launch.folder();
        Path ownFolder = given.isEmpty() ? Files.createTempDirectory(options.folder(), "toolkeep-child-") : null;
        String mark = UUID.randomUUID().toString();
        try {
            Path folder = ownFolder == null ? Path.of(given) : ownFolder.toRealPath();
            ProcessBuilder builder = new ProcessBuilder(Sandbox.command(launch, folder, options));
            builder.directory(folder.toFile());
            Map<String, String> environment = builder.environment();
            environment.clear();
            for (String name : launch.inherited()) {
                String value = options.environment().get(name);
                if (value != null) {
                    environment.put(name, value);
                }
            }
            if (launch.walls() instanceof Walls.Sandboxed) {
                environment.put("HOME", folder.toString());
                environment.put("TMPDIR", "/tmp");
            }
            environment.putAll(launch.variables());
            environment.put(MARK, mark);
            boolean kept = launch.walls() instanceof Walls.Sandboxed;
            return new Child(kept ? startKept(builder) : builder.start(), ownFolder, mark);
        } catch (IOException | RuntimeException e) {
            remove(ownFolder);
            throw e;
        }
    }

    /// bubblewrap ends with the thread that started it, so a thread stays for it until it ends.
    private static Process startKept(ProcessBuilder builder) throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("child-keeper").start(() -> {
            try {
                Process process = builder.start();
                started.complete(process);
                process.waitFor();
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return started.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /// Its working directory when that was made for it, else null.
    public @Nullable Path ownFolder() {
        return ownFolder;
    }

    /// Completes with its exit code when it has ended; its descendants may live on.
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    public InputStream output() {
        return process.getInputStream();
    }

    public InputStream errors() {
        return process.getErrorStream();
    }

    public OutputStream input() {
        return process.getOutputStream();
    }

    /// Ends the child and all its descendants: its input is closed, then SIGTERM, then SIGKILL, with `grace` before
    /// each step up. Blocks until they are gone, at most about twice `grace`.
    public void stop(Duration grace) {
        Set<ProcessHandle> family = new LinkedHashSet<>();
        gather(family);
        try {
            // Aside: closing waits for a writer that is stuck in a full pipe.
            Thread.ofPlatform().daemon().name("child-close").start(this::closeInput);
            awaitEnd(Set.of(process.toHandle()), grace);
            gather(family);
            family.forEach(ProcessHandle::destroy);
            awaitEnd(family, grace);
        } finally {
            clear();
        }
    }

    /// Ends at once whatever is left of it, by SIGKILL, and removes its own folder. What starts others faster than it
    /// can be found is hunted for a bounded number of rounds. Blocks until it is gone, at most some seconds.
    public void clear() {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                Set<ProcessHandle> family = new LinkedHashSet<>();
                gather(family);
                if (family.isEmpty()) {
                    return;
                }
                family.forEach(ProcessHandle::destroyForcibly);
                awaitEnd(family, LAST);
            }
        } finally {
            remove(ownFolder);
        }
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // A broken pipe: the child closed its side first.
        }
    }

    /// Adds the child, its present descendants, theirs, and every process that carries the child's mark.
    private void gather(Set<ProcessHandle> family) {
        family.add(process.toHandle());
        for (ProcessHandle member : List.copyOf(family)) {
            member.descendants().forEach(family::add);
        }
        family.addAll(marked());
        family.removeIf(member -> !member.isAlive());
    }

    private List<ProcessHandle> marked() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(this::carriesMark).toList();
        }
    }

    private boolean carriesMark(ProcessHandle candidate) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(candidate.pid()), "environ"));
            return new String(environment, java.nio.charset.StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitEnd(Set<ProcessHandle> family, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (ProcessHandle member : family) {
            try {
                member.onExit().get(Math.max(deadline - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                return;
            }
        }
    }

    /// Removes the folder and what is in it; links are removed, never followed. What cannot be removed stays.
    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // A child that removed its own folder, or filled it with what we may not delete.
        }
    }
}
