package dev.toolkeep.e2e.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.start.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The official conformance suite through the whole house, with a server behind it. What may fail stands in
/// `conformance-baseline.txt`; a scenario there that passes breaks this test too, so the list only shrinks.
@Timeout(300)
class ConformanceTest {
    private static final String POLICY = """
            rules:
              - id: all
                effect: allow
                callers: { roles: [agent] }
                tools: ["fixture.*"]
            limits:
              - tools: ["*"]
                callsPerMinute: 100000
                asks: [elicitation, sampling, roots]
            """;

    private final Peers peers = Peers.installed();

    @ParameterizedTest
    @CsvSource({"dual, req:2025-11-25", "dual, req:2026-07-28"})
    void theSuiteFindsNothingThatIsNotKnown(String era, String spec, @TempDir Path folder)
            throws IOException, CannotStart, InterruptedException {
        try (ConformanceServer server = ConformanceServer.start(peers.folder(), era);
                OpenHouse house = OpenHouse.in(folder)) {
            house.admin().policy(POLICY);
            house.admin().source("fixture", "{\"kind\":\"mcp\",\"url\":\"" + server.url() + "\"}", server.reach());
            house.admin().approve("fixture");
            JsonNode said = peers.run(
                    "conformance.mjs", house.agentKey(), "http://127.0.0.1:" + house.gatewayPort() + "/mcp", spec);
            assertThat(said.path("passed")).as(said.toString()).isNotEmpty();
            Set<String> failed = said.path("failed")
                    .propertyStream()
                    .map(entry -> entry.getKey())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(failed).as(said.toPrettyString()).isEqualTo(known(era, spec));
        }
    }

    private Set<String> known(String era, String spec) throws IOException {
        String start = era + " " + spec + " ";
        try (var lines = Files.lines(peers.folder().resolve("conformance-baseline.txt"))) {
            return lines.filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
