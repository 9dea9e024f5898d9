package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.StrictJson;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class LintCommandTest {
    private static final Path EXAMPLES =
            Path.of("..", "examples", "lint").toAbsolutePath().normalize();

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aCleanManualEndsWith0AndACarelessOneWith1() {
        assertThat(lint("careful.yaml", "--fail-on", "low")).isEqualTo(Main.DONE);
        assertThat(out.toString()).isEqualToIgnoringNewLines("0 high, 0 medium, 0 low");
        assertThat(lint("careless.yaml")).isEqualTo(Main.FAILED);
        assertThat(out.toString())
                .contains("high    plain-http  /tools/0/tool_call_template/url")
                .contains("forecast: it uses insecure http")
                .doesNotContain("3f0c9d1e7b5a48c6");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void onlyFindingsOfTheLevelAskedForCount() throws Exception {
        Path manual = folder.resolve("manual.yaml");
        Files.writeString(
                manual,
                Files.readString(EXAMPLES.resolve("careful.yaml")).replace("      additionalProperties: false\n", ""));
        assertThat(lint(manual.toString())).isEqualTo(Main.DONE);
        assertThat(lint(manual.toString(), "--fail-on", "low")).isEqualTo(Main.FAILED);
        assertThat(out.toString()).contains("open-schema");
    }

    @Test
    void jsonIsOneObjectWithEveryFinding() throws Exception {
        assertThat(lint("careless.yaml", "--json")).isEqualTo(Main.FAILED);
        JsonNode shown =
                StrictJson.parse(out.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), Bounds.ANSWER);
        assertThat(shown.get("findings"))
                .hasSizeGreaterThan(5)
                .allSatisfy(finding ->
                        assertThat(finding.propertyNames()).contains("severity", "rule", "place", "message", "advice"));
    }

    @Test
    void whatCannotBeReadEndsWith2AndOneLine() throws Exception {
        Path twice = folder.resolve("twice.json");
        Files.writeString(twice, "{\"tools\": [], \"tools\": []}");
        for (String location :
                new String[] {"nowhere.yaml", twice.toString(), folder.toString(), "https://[nonsense/"}) {
            err.getBuffer().setLength(0);
            assertThat(lint(location)).as(location).isEqualTo(Main.USAGE);
            assertThat(err.toString().lines())
                    .as(location)
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("toolkeep: ");
        }
        assertThat(lint()).isEqualTo(Main.USAGE);
        assertThat(lint("careful.yaml", "--fail-on", "grave")).isEqualTo(Main.USAGE);
        assertThat(lint("careful.yaml", "--reach", "not a host")).isEqualTo(Main.USAGE);
    }

    @Test
    void aUrlIsFetchedOnlyWhereItWasGranted() {
        try (FakeManuals publisher = FakeManuals.start()) {
            publisher.offer(FakeManuals.Offered.of("look"));
            URI url = URI.create(publisher.manualUrl());
            assertThat(lint(url.toString())).isEqualTo(Main.USAGE);
            assertThat(err.toString()).contains("loopback");
            assertThat(publisher.server().received()).isEmpty();
            assertThat(lint(url.toString(), "--reach", url.getAuthority(), "--fail-on", "high"))
                    .isEqualTo(Main.DONE);
            assertThat(out.toString()).contains("loopback-host");
        }
    }

    private int lint(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "lint";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Surroundings around = new Surroundings(
                Map.of(),
                EXAMPLES,
                EXAMPLES,
                "toolkeep",
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
        return new Main(around).run(all);
    }
}
