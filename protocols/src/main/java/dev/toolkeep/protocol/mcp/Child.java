package dev.toolkeep.protocol.mcp;

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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One child process and everything it starts. It is started from an argument vector, without a shell, with
/// [McpOptions#INHERITED] and its own variables as its whole environment; an own empty folder is made when it is given
/// none, and removed with it. Descendants are known by parentage and, where `/proc` tells, by a variable they inherit,
/// so that one whose parent ended first is found too.
final class Child {
    private static final String MARK = "TOOLKEEP_MCP_CHILD";

    private final Process process;
    private final @Nullable Path ownFolder;
    private final String mark;

    private Child(Process process, @Nullable Path ownFolder, String mark) {
        this.process = process;
        this.ownFolder = ownFolder;
        this.mark = mark;
    }

    /// @throws IOException when the command cannot be started
    /// @throws IllegalArgumentException when a variable's name or value cannot be in an environment
    static Child start(List<String> command, Map<String, String> env, String folder, McpOptions options)
            throws IOException {
        Path ownFolder = folder.isEmpty() ? Files.createTempDirectory(options.folder(), "toolkeep-mcp-") : null;
        String mark = UUID.randomUUID().toString();
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.directory(ownFolder == null ? Path.of(folder).toFile() : ownFolder.toFile());
            Map<String, String> environment = builder.environment();
            environment.clear();
            for (String name : McpOptions.INHERITED) {
                String value = options.environment().get(name);
                if (value != null) {
                    environment.put(name, value);
                }
            }
            environment.putAll(env);
            environment.put(MARK, mark);
            return new Child(builder.start(), ownFolder, mark);
        } catch (IOException | RuntimeException e) {
            remove(ownFolder);
            throw e;
        }
    }

    InputStream output() {
        return process.getInputStream();
    }

    InputStream errors() {
        return process.getErrorStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /// Ends the child and all its descendants: its input is closed, then SIGTERM, then SIGKILL, with `grace` before
    /// each step up. Blocks until they are gone, at most about twice `grace`.
    void stop(Duration grace) {
        Set<ProcessHandle> family = new LinkedHashSet<>();
        gather(family);
        try {
            // Aside: closing waits for a writer that is stuck in a full pipe.
            Thread.ofPlatform().daemon().name("mcp-close").start(this::closeInput);
            awaitEnd(Set.of(process.toHandle()), grace);
            gather(family);
            family.forEach(ProcessHandle::destroy);
            awaitEnd(family, grace);
        } finally {
            gather(family);
            family.forEach(ProcessHandle::destroyForcibly);
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
