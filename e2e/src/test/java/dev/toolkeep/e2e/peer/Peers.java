package dev.toolkeep.e2e.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolkeep.e2e.Checkout;
import dev.toolkeep.e2e.OpenHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The peers that `e2e/peers` pins, run with node. A test that needs them is skipped, with the reason, where node or
/// the peers are not installed.
record Peers(Path folder) {
    static Peers installed() {
        Path folder = Checkout.here().file("e2e/peers");
        assumeTrue(there("node", "--version"), "node is not installed");
        assumeTrue(
                Files.isDirectory(folder.resolve("node_modules")),
                "the npm peers are not installed: npm ci --prefix e2e/peers --ignore-scripts");
        return new Peers(folder);
    }

    /// A program of a peer, as an absolute path.
    Path program(String name) {
        return folder.resolve("node_modules/.bin").resolve(name);
    }

    /// Runs a script beside the peers; the one line of JSON it prints.
    JsonNode run(String script, String key, String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("node", folder.resolve(script).toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TOOLKEEP_KEY", key);
        builder.environment().put("SOURCE", "fixture");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(said).as(script + " prints one line").isNotBlank();
        return OpenHouse.json(said);
    }

    /// Starts a script beside the peers that goes on until it is destroyed.
    Process start(String script) throws IOException {
        return new ProcessBuilder("node", folder.resolve(script).toString())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Whether a program can be started.
    static boolean there(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
