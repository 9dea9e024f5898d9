package dev.toolkeep.testkit.contract;

import static dev.toolkeep.testkit.contract.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.McpServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Catalog] does with sources and standings; [VersionsContract] has its versions and [BusyCatalogContract]
/// many of everything at once.
public abstract class CatalogContract {
    private Catalog catalog;

    /// An empty catalog of its own for every test.
    protected abstract Catalog open() throws Exception;

    @BeforeEach
    void openCatalog() throws Exception {
        catalog = open();
    }

    @Test
    void aNewCatalogIsEmpty() {
        assertThat(catalog.sources()).isEmpty();
        assertThat(catalog.standings()).isEmpty();
    }

    @Test
    void everyKindOfSourceComesBackAsItWasSaved() {
        String text = Samples.ALL_KINDS_OF_TEXT;
        Reach reach = new Reach(Set.of("localhost:9000", "10.1.0.0/16", "fd00::/8"));
        List<Source> saved = List.of(
                new Source("a", new Origin.Builtin(), Reach.PUBLIC, NOON),
                new Source("b", new Origin.Manual("/srv/" + text), reach, NOON),
                new Source("c", new Origin.OpenApi("https://c.example/openapi.json", ""), reach, NOON),
                new Source("d", new Origin.OpenApi("https://d.example/o", "https://api.d.example"), reach, NOON),
                new Source("e", new Origin.Mcp(new McpServer.Http("https://e.example", Map.of())), reach, NOON),
                new Source("f", new Origin.Mcp(new McpServer.Http("https://f", Map.of("X", text))), reach, NOON),
                new Source("g", stdio(List.of("npx", "-y", text, ""), Map.of("K", text, "J", ""), text), reach, NOON),
                new Source("h", stdio(List.of("run"), Map.of(), ""), reach, NOON),
                new Source("i", new Origin.GraphQl("https://i.example/graphql", Map.of("X", text)), reach, NOON),
                new Source("j", new Origin.Grpc("https://j.example:443", Map.of("X", text)), reach, NOON));

        saved.forEach(catalog::save);

        assertThat(catalog.sources()).isEqualTo(saved);
    }

    private static Origin stdio(List<String> command, Map<String, String> env, String folder) {
        return new Origin.Mcp(new McpServer.Stdio(command, env, folder));
    }

    @Test
    void sourcesComeByNameByteByByte() {
        List.of("b", "a_1", "a1", "a-1", "1", "ab").forEach(name -> catalog.save(Samples.source(name)));

        assertThat(catalog.sources()).extracting(Source::name).containsExactly("1", "a-1", "a1", "a_1", "ab", "b");
    }

    @Test
    void savingASourceAgainReplacesItAndLeavesItsStandings() {
        Standing standing = keep("pets.list");
        Source moved =
                new Source("pets", new Origin.Manual("https://moved.example"), Reach.PUBLIC, NOON.plusSeconds(1));

        catalog.save(moved);

        assertThat(catalog.sources()).containsExactly(moved);
        assertThat(catalog.standings()).containsExactly(standing);
    }

    @Test
    void removingASourceRemovesItsStandingsAndNothingElse() {
        Standing list = keep("pets.list");
        keep("pets.show");
        Standing other = keep("pets-2.list");

        catalog.removeSource("pets");

        assertThat(catalog.sources()).extracting(Source::name).containsExactly("pets-2");
        assertThat(catalog.standings()).containsExactly(other);
        assertThat(list.offered())
                .isNotNull()
                .satisfies(digest -> assertThat(catalog.version(digest)).isPresent());
    }

    @Test
    void aRemovedSourceComesBackWithoutItsOldApprovals() {
        keep("pets.list");
        catalog.removeSource("pets");

        catalog.save(Samples.source("pets"));

        assertThat(catalog.standings()).isEmpty();
    }

    @Test
    void removingWhatIsNotThereChangesNothing() {
        Standing standing = keep("pets.list");

        catalog.removeSource("other");

        assertThat(catalog.sources()).hasSize(1);
        assertThat(catalog.standings()).containsExactly(standing);
    }

    @Test
    void everyShapeOfStandingComesBackAsItWasSaved() {
        ToolVersion one = version("pets.a", "one");
        ToolVersion two = version("pets.a", "two");
        String text = Samples.ALL_KINDS_OF_TEXT;
        Standing.Approval approval = new Standing.Approval(one.digest(), text, NOON, NOON.plusMillis(1));
        Standing first = Samples.standing(one);
        List<Standing> shapes = List.of(
                first,
                first.flagged(text),
                first.approved(approval),
                first.approved(new Standing.Approval(one.digest(), "eve", NOON, null)),
                first.approved(approval).offering(two.digest()),
                first.approved(approval).offering(null),
                first.approved(approval).offering(two.digest()).rejected(two.digest()),
                first.rejected(one.digest()),
                first.held(new Standing.Hold(text, NOON, text)),
                first.approved(approval).held(new Standing.Hold("eve", NOON, "")),
                first.offering(null));

        for (Standing shape : shapes) {
            catalog.saveStandings(List.of(shape));
            assertThat(catalog.standings()).containsExactly(shape);
        }
    }

    @Test
    void standingsComeByToolNameByteByByte() {
        List.of("pets.b", "pets.a.b", "pets.B", "pets.a", "a.z", "pets.a/b", "pets-2.a")
                .forEach(this::keep);

        assertThat(catalog.standings())
                .extracting(standing -> standing.tool().text())
                .containsExactly("a.z", "pets.B", "pets.a", "pets.a.b", "pets.a/b", "pets.b", "pets-2.a");
    }

    @Test
    void savingStandingsLeavesTheOthersAsTheyAre() {
        Standing list = keep("pets.list");
        Standing show = keep("pets.show");

        catalog.saveStandings(List.of(show.flagged("looks like pets.list")));

        assertThat(catalog.standings()).containsExactly(list, show.flagged("looks like pets.list"));
    }

    @Test
    void aBatchWithOneUnknownSourceLeavesNothing() {
        Standing list = keep("pets.list");
        catalog.save(Samples.source("gone"));
        Standing orphan = Samples.standing(version("gone.tool", "x"));
        catalog.removeSource("gone");

        assertThatThrownBy(() -> catalog.saveStandings(List.of(list.flagged("a"), orphan, list.flagged("b"))))
                .isInstanceOf(IllegalStateException.class);

        assertThat(catalog.standings()).containsExactly(list);
    }

    @Test
    void aBatchWithOneUnknownVersionLeavesNothing() {
        Standing list = keep("pets.list");
        Standing show = keep("pets.show");
        ToolVersion unsaved = Samples.version("pets.show", "never saved");
        Standing.Approval approval = new Standing.Approval(unsaved.digest(), "eve", NOON, null);

        for (Standing wrong :
                List.of(show.offering(unsaved.digest()), show.approved(approval), show.rejected(unsaved.digest()))) {
            assertThatThrownBy(() -> catalog.saveStandings(List.of(list.flagged("changed"), wrong)))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(catalog.standings()).containsExactly(list, show);
    }

    @Test
    void anEmptyBatchChangesNothing() {
        Standing list = keep("pets.list");

        catalog.saveStandings(List.of());
        catalog.saveVersions(List.of());

        assertThat(catalog.standings()).containsExactly(list);
    }

    @Test
    void timesAreKeptToTheMillisecond() {
        for (Instant time : List.of(
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                Instant.parse("2026-11-21T12:00:00.123987654Z"),
                Instant.parse("9999-12-31T23:59:59.999Z"))) {
            catalog.save(new Source("pets", new Origin.Builtin(), Reach.PUBLIC, time));

            assertThat(catalog.sources().getFirst().added().toEpochMilli()).isEqualTo(time.toEpochMilli());
        }
    }

    @Test
    void whatWasReadDoesNotChangeWithTheCatalog() {
        keep("pets.list");
        List<Source> sources = catalog.sources();
        List<Standing> standings = catalog.standings();

        catalog.removeSource("pets");

        assertThat(sources).hasSize(1);
        assertThat(standings).hasSize(1);
    }

    /// Saves a source, a version and its first standing.
    private Standing keep(String tool) {
        Standing standing = Samples.standing(version(tool, "a tool"));
        catalog.saveStandings(List.of(standing));
        return standing;
    }

    private ToolVersion version(String tool, String description) {
        ToolVersion version = Samples.version(tool, description);
        if (catalog.sources().stream()
                .noneMatch(source ->
                        source.name().equals(version.definition().name().source()))) {
            catalog.save(Samples.source(version.definition().name().source()));
        }
        catalog.saveVersions(List.of(version));
        return version;
    }
}
