package dev.toolkeep.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The project's own folder, as the tests find it: the nearest one above that holds the launcher.
public record Checkout(Path root) {
    private static final List<String> MADE = List.of("target", "node_modules", ".git", ".idea", ".vscode", ".settings");

    /// @throws IllegalStateException when the tests run outside a checkout
    public static Checkout here() {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("toolkeep")) && Files.isRegularFile(at.resolve("pom.xml"))) {
                return new Checkout(at);
            }
        }
        throw new IllegalStateException("no Toolkeep checkout above " + start);
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    /// Every file of the project, relative to the root, sorted: those git tracks where there is one, otherwise
    /// everything
    /// but what builds and editors make.
    public List<Path> files() {
        if (!Files.exists(root.resolve(".git"))) {
            return walked();
        }
        try {
            Process git = new ProcessBuilder("git", "ls-files", "-z")
                    .directory(root.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return git.waitFor() == 0
                    ? Stream.of(said.split("\0", -1))
                            .filter(name -> !name.isEmpty() && Files.isRegularFile(root.resolve(name)))
                            .map(Path::of)
                            .sorted()
                            .toList()
                    : walked();
        } catch (IOException e) {
            return walked();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return walked();
        }
    }

    private List<Path> walked() {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(file -> Stream.of(file.toString().split("/", -1)).noneMatch(MADE::contains))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
