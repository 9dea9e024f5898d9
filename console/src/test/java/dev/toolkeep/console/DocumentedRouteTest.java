package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.console.api.DocumentedApi;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/api.md lists exactly the routes there are.
class DocumentedRouteTest {
    @Test
    void thePageAndTheTableOfRoutesAreTheSame(@TempDir Path folder) {
        DocumentedApi docs = DocumentedApi.read();
        List<String> documented = Stream.concat(
                        docs.routes().keySet().stream().map(route -> route.replaceFirst(" ", " " + OpenConsole.API)),
                        docs.beside().stream())
                .map(DocumentedRouteTest::bare)
                .toList();
        try (OpenConsole console = OpenConsole.open(folder)) {
            assertThat(RouteWalk.of(console.server().context()).routes())
                    .extracting(route -> bare(route.toString()))
                    .containsExactlyInAnyOrderElementsOf(documented);
        }
        assertThat(docs.beside()).containsAll(RouteWalk.OPEN);
    }

    /// Whatever its variables are called.
    private static String bare(String route) {
        return route.replaceAll("\\{[^}]*}", "{}");
    }
}
