package dev.toolkeep.testkit.contract;

import static dev.toolkeep.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Catalog] does with versions.
public abstract class VersionsContract {
    private Catalog catalog;

    /// An empty catalog of its own for every test.
    protected abstract Catalog open() throws Exception;

    @BeforeEach
    void openCatalog() throws Exception {
        catalog = open();
    }

    @Test
    void everyPartOfADefinitionComesBackAsItWasSaved() {
        String text = Samples.ALL_KINDS_OF_TEXT;
        ToolDefinition whole = new ToolDefinition(
                ToolName.parse("pets.list/all.v1"),
                text,
                text,
                Samples.json(
                        "{\"type\":\"object\",\"b\":[1,2.50,1e-7,-0.0,9007199254740993,123456789012345678901234567890],"
                                + "\"a\":{\"\":null,\"\\u0000 é\":true}}"),
                Samples.json("{\"type\":[\"object\",\"null\"],\"x\":1.00}"),
                Samples.json("{\"readOnlyHint\":true,\"title\":\"\\u2028\"}"),
                List.of("z", "a", text),
                new CallTemplate.Text(text),
                new TreeSet<>(List.of("b.example:443", "a.example:80")),
                "1.2.3-rc.1+" + text);
        ToolVersion saved = Samples.version(whole, NOON);

        catalog.saveVersions(List.of(saved));

        ToolVersion read = catalog.version(saved.digest()).orElseThrow();
        assertThat(Samples.text(read.definition())).isEqualTo(Samples.text(whole));
        assertThat(read.definition().label()).isEqualTo(whole.label());
        assertThat(read.seen()).isEqualTo(NOON);
        assertThat(read.digest()).isEqualTo(saved.digest());
    }

    @Test
    void everyKindOfTemplateComesBackAsItWasSaved() {
        List<CallTemplate> templates = List.of(
                http(new Auth.None(), "GET", null),
                http(new Auth.ApiKey("Bearer ${KEY}", "Authorization", Auth.Location.HEADER), "POST", "body"),
                http(new Auth.ApiKey("${KEY}", "key", Auth.Location.QUERY), "PUT", "b"),
                http(new Auth.ApiKey("${KEY}", "key", Auth.Location.COOKIE), "PATCH", "b"),
                http(new Auth.Basic("${USER}", "${PASSWORD}"), "DELETE", null),
                new CallTemplate.Text(""),
                new CallTemplate.Mcp(new McpServer.Http("https://mcp.example/", Map.of("X-A", "${A}")), "list pets!"),
                new CallTemplate.Mcp(new McpServer.Stdio(List.of("npx", "-y", "x"), Map.of("A", "b"), "/tmp"), "t"),
                new CallTemplate.Builtin("clock"),
                new CallTemplate.Unsupported(
                        "grpc", "no such protocol", Samples.json("{\"call_template_type\":\"grpc\"}")));

        for (CallTemplate template : templates) {
            ToolVersion saved = Samples.version(Samples.tool("pets.one", "x", template, null), NOON);
            catalog.saveVersions(List.of(saved));

            assertThat(catalog.version(saved.digest()))
                    .get()
                    .extracting(version -> version.definition().template())
                    .isEqualTo(template);
        }
        assertThat(catalog.versions(ToolName.parse("pets.one"))).hasSize(templates.size());
    }

    private static CallTemplate http(Auth auth, String method, @Nullable String body) {
        return new CallTemplate.Http(
                HttpCall.Method.valueOf(method),
                "https://api.example/pets/{id}",
                "application/json",
                Map.of("Accept", "application/json", "X-B", "${B}"),
                body,
                List.of("X-Trace"),
                auth,
                Duration.ofMillis(1500));
    }

    @Test
    void anUnknownVersionIsNotThere() {
        assertThat(catalog.version(Digest.of(new byte[] {1}))).isEmpty();
        assertThat(catalog.versions(ToolName.parse("pets.list"))).isEmpty();
    }

    @Test
    void savingAVersionAgainKeepsTheFirst() {
        CallTemplate template = new CallTemplate.Text("x");
        ToolVersion first = Samples.version(Samples.tool("pets.list", "x", template, "1.0.0"), NOON);
        ToolVersion again = Samples.version(Samples.tool("pets.list", "x", template, "2.0.0"), NOON.plusSeconds(9));
        catalog.saveVersions(List.of(first));

        catalog.saveVersions(List.of(again));

        ToolVersion read = catalog.version(first.digest()).orElseThrow();
        assertThat(read.seen()).isEqualTo(NOON);
        assertThat(read.definition().label()).isEqualTo("1.0.0");
    }

    @Test
    void theSameVersionTwiceInOneBatchIsOne() {
        ToolVersion version = Samples.version("pets.list", "x");

        catalog.saveVersions(List.of(version, version));

        assertThat(catalog.versions(ToolName.parse("pets.list"))).hasSize(1);
    }

    @Test
    void versionsOfOneToolComeOldestFirstAndAlone() {
        ToolVersion third = Samples.version(Samples.tool("pets.list", "3"), NOON.plusMillis(2));
        ToolVersion first = Samples.version(Samples.tool("pets.list", "1"), NOON);
        ToolVersion second = Samples.version(Samples.tool("pets.list", "2"), NOON.plusMillis(1));
        catalog.saveVersions(
                List.of(third, Samples.version("pets.List", "x"), Samples.version("pets.list2", "x"), first, second));
        catalog.saveVersions(List.of(Samples.version("pets2.list", "x")));

        assertThat(catalog.versions(ToolName.parse("pets.list")))
                .extracting(version -> version.definition().description())
                .containsExactly("1", "2", "3");
    }

    @Test
    void manyVersionsAreReadTogetherWithoutTheUnknownOnes() {
        ToolVersion list = Samples.version("pets.list", "x");
        ToolVersion show = Samples.version("pets.show", "x");
        catalog.saveVersions(List.of(list, show));

        Map<Digest, ToolVersion> read =
                catalog.versions(List.of(show.digest(), Digest.of(new byte[0]), list.digest(), show.digest()));

        assertThat(read).containsOnlyKeys(list.digest(), show.digest());
        assertThat(read.values())
                .extracting(version -> version.definition().name().text())
                .containsExactlyInAnyOrder("pets.list", "pets.show");
        assertThat(catalog.versions(List.of())).isEmpty();
    }

    @Test
    void aBatchWithOneWrongDigestLeavesNothing() {
        ToolVersion good = Samples.version("pets.list", "x");
        ToolVersion other = Samples.version("pets.show", "x");
        for (int i = 0; i < 8; i++) {
            // The wrong one before and after the good one in whatever order a storage writes them.
            ToolVersion wrong = new ToolVersion(Digest.of(new byte[] {(byte) i}), other.definition(), NOON);

            assertThatThrownBy(() -> catalog.saveVersions(List.of(good, wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("pets.show");
        }

        assertThat(catalog.version(good.digest())).isEmpty();
        assertThat(catalog.versions(ToolName.parse("pets.show"))).isEmpty();
    }
}
