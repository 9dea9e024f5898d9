package dev.toolkeep.registry;

import static dev.toolkeep.registry.Offers.NOW;
import static dev.toolkeep.registry.Offers.PETS;
import static dev.toolkeep.registry.Offers.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.registry.DriftReport.Renamed;
import dev.toolkeep.registry.Standing.Status;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.McpServer;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final ToolName FIND = ToolName.parse("pets.find");
    private static final Instant LATER = NOW.plusSeconds(60);

    private final Catalog catalog = new MemoryCatalog();

    private Drift refresh(Source source, ToolDefinition... offered) {
        catalog.save(source);
        Drift drift = Drift.apply(source, List.of(offered), catalog, NOW);
        catalog.saveVersions(drift.versions());
        catalog.saveStandings(drift.standings());
        return drift;
    }

    private Drift refresh(ToolDefinition... offered) {
        return refresh(PETS, offered);
    }

    private Standing standing(ToolName tool) {
        return catalog.standings().stream()
                .filter(one -> one.tool().equals(tool))
                .findFirst()
                .orElseThrow();
    }

    private void approve(ToolName tool) {
        Standing standing = standing(tool);
        catalog.saveStandings(List.of(standing.approved(
                new Standing.Approval(Objects.requireNonNull(standing.offered()), "ann", NOW, null))));
    }

    private Status status(String tool) {
        return standing(ToolName.parse(tool)).status(LATER);
    }

    @Test
    void aNewToolWaits() {
        Drift drift = refresh(draft().definition());
        assertThat(drift.report().added()).containsExactly(FIND);
        assertThat(drift.versions()).hasSize(1);
        assertThat(status("pets.find")).isEqualTo(Status.PENDING);
    }

    @Test
    void theSameOfferAgainChangesNothing() {
        refresh(draft().definition());
        approve(FIND);
        Drift drift = refresh(draft().label("1.0.1").definition());
        assertThat(drift.report().quiet()).isTrue();
        assertThat(drift.report().unchanged()).containsExactly(FIND);
        assertThat(drift.standings()).isEmpty();
        assertThat(drift.versions()).isEmpty();
        assertThat(status("pets.find")).isEqualTo(Status.APPROVED);
    }

    /// One change at a time, as small as it can be, to each part of a definition.
    @Test
    void theSmallestChangeOfAnyPartPutsTheToolToRest() {
        Map<String, Function<Offers.Draft, Offers.Draft>> changes = Map.ofEntries(
                Map.entry("title", d -> d.title("Find petz")),
                Map.entry("description", d -> d.description("Finds pets by their kind,")),
                Map.entry("description, invisibly", d -> d.description("Finds pets by their kind.\u200b")),
                Map.entry("inputs", d -> d.inputs(limited("limit", 101))),
                Map.entry("argument's name", d -> d.inputs(limited("limi", 100))),
                Map.entry("outputs", d -> d.outputs("{\"type\":\"array\"}")),
                Map.entry("annotation", d -> d.annotations("{\"readOnlyHint\":false}")),
                Map.entry("tag", d -> d.tags("reads")),
                Map.entry(
                        "method",
                        d -> d.template(Offers.http(
                                "https://api.pets.example/v1/find", HttpCall.Method.POST, new Auth.None()))),
                Map.entry(
                        "url",
                        d -> d.template(
                                Offers.http("https://api.pets.example/v2/find", HttpCall.Method.GET, new Auth.None()))),
                Map.entry(
                        "auth",
                        d -> d.template(Offers.http(
                                "https://api.pets.example/v1/find",
                                HttpCall.Method.GET,
                                new Auth.ApiKey("${KEY}", "X-Key", Auth.Location.HEADER)))),
                Map.entry("host", d -> d.hosts("api.pets.example:444")),
                Map.entry("kind of protocol", d -> d.template(new CallTemplate.Text("Finds pets"))),
                Map.entry(
                        "unsupported",
                        d -> d.template(new CallTemplate.Unsupported("http", "for a reason", Json.object()))));
        changes.forEach((part, change) -> {
            refresh(draft().definition());
            approve(FIND);
            ToolDefinition changed = change.apply(draft()).definition();
            Drift drift =
                    refresh(changed, draft().name("pets.other").title(part).definition());
            assertThat(drift.report().changed()).as(part).containsExactly(FIND);
            assertThat(status("pets.find")).as(part).isEqualTo(Status.DRIFTED);
            assertThat(SemanticDiff.of(draft().definition(), changed)).as(part).isNotEmpty();
        });
    }

    private static String limited(String argument, int most) {
        return "{\"type\":\"object\",\"properties\":{\"%s\":{\"type\":\"integer\",\"maximum\":%d}}}"
                .formatted(argument, most);
    }

    @Test
    void onlyTheChangedToolRests() {
        refresh(draft().definition(), draft().name("pets.feed").definition());
        approve(FIND);
        approve(ToolName.parse("pets.feed"));
        Drift drift = refresh(
                draft().description("Other.").definition(),
                draft().name("pets.feed").definition());
        assertThat(drift.report().unchanged()).containsExactly(ToolName.parse("pets.feed"));
        assertThat(status("pets.find")).isEqualTo(Status.DRIFTED);
        assertThat(status("pets.feed")).isEqualTo(Status.APPROVED);
        assertThat(Objects.requireNonNull(standing(FIND).approval()).version())
                .isEqualTo(Offers.version(draft().definition()).digest());
    }

    @Test
    void aChangeTakenBackNeedsNoNewApproval() {
        refresh(draft().definition());
        approve(FIND);
        refresh(draft().description("Other.").definition());
        assertThat(status("pets.find")).isEqualTo(Status.DRIFTED);
        refresh(draft().definition());
        assertThat(status("pets.find")).isEqualTo(Status.APPROVED);
    }

    @Test
    void aRemovedToolThatComesBackIsApprovedOnlyIfItIsTheSame() {
        refresh(draft().definition());
        approve(FIND);
        assertThat(refresh().report().removed()).containsExactly(FIND);
        assertThat(status("pets.find")).isEqualTo(Status.REMOVED);
        assertThat(refresh().report().quiet()).isTrue();
        Drift back = refresh(draft().definition());
        assertThat(back.report().added()).containsExactly(FIND);
        assertThat(status("pets.find")).isEqualTo(Status.APPROVED);
        refresh();
        refresh(draft().description("Other.").definition());
        assertThat(status("pets.find")).isEqualTo(Status.DRIFTED);
    }

    @Test
    void holdsAndRejectionsOutliveARefresh() {
        refresh(draft().definition());
        approve(FIND);
        catalog.saveStandings(List.of(standing(FIND).held(new Standing.Hold("ann", NOW, "odd"))));
        refresh(draft().description("Other.").definition());
        refresh(draft().definition());
        assertThat(status("pets.find")).isEqualTo(Status.QUARANTINED);
    }

    @Test
    void aRenamedToolIsSeenAsOneAndWaits() {
        refresh(draft().definition());
        approve(FIND);
        Drift drift = refresh(draft().name("pets.search").definition());
        assertThat(drift.report().renamed()).containsExactly(new Renamed(FIND, ToolName.parse("pets.search")));
        assertThat(drift.report().added()).isEmpty();
        assertThat(drift.report().removed()).isEmpty();
        assertThat(status("pets.find")).isEqualTo(Status.REMOVED);
        assertThat(status("pets.search")).isEqualTo(Status.PENDING);
        assertThat(standing(ToolName.parse("pets.search")).flag()).isEqualTo("was pets.find");
    }

    @Test
    void anMcpToolIsRenamedAlthoughItsServerCallsItByTheNewName() {
        Origin origin = new Origin.Mcp(new McpServer.Stdio(List.of("run"), Map.of(), ""));
        Source source = new Source("pets", origin, Reach.PUBLIC, NOW);
        refresh(source, draft().template(Offers.stdio("find", "run")).definition());
        Drift drift = refresh(
                source,
                draft().name("pets.search")
                        .template(Offers.stdio("search", "run"))
                        .definition());
        assertThat(drift.report().renamed()).hasSize(1);
    }

    @Test
    void aRenameWithAnyOtherChangeIsNone() {
        refresh(draft().definition());
        Drift drift = refresh(draft().name("pets.search").description("Other.").definition());
        assertThat(drift.report().renamed()).isEmpty();
        assertThat(drift.report().added()).hasSize(1);
        assertThat(drift.report().removed()).hasSize(1);
    }

    @Test
    void twoDifferentToolsOfOneNameAreBothRefused() {
        refresh(draft().definition());
        approve(FIND);
        Drift drift =
                refresh(draft().definition(), draft().description("Evil twin.").definition());
        assertThat(drift.report().leftOut()).hasSize(1);
        assertThat(status("pets.find")).isEqualTo(Status.REMOVED);
        assertThat(refresh(draft().definition(), draft().definition()).report().leftOut())
                .isEmpty();
        assertThat(status("pets.find")).isEqualTo(Status.APPROVED);
    }

    @Test
    void namesThatDifferOnlyInCaseAreRefusedAndCannotPushAnApprovedToolOut() {
        Drift both = refresh(
                draft().name("pets.Feed").definition(),
                draft().name("pets.feed").definition());
        assertThat(both.report().leftOut()).hasSize(2);
        assertThat(catalog.standings()).isEmpty();
        refresh(draft().definition());
        approve(FIND);
        Drift drift = refresh(draft().definition(), draft().name("pets.FIND").definition());
        assertThat(drift.report().leftOut())
                .containsExactly(new DriftReport.Refused(
                        ToolName.parse("pets.FIND"), "its name is that of pets.find in other letters' case"));
        assertThat(status("pets.find")).isEqualTo(Status.APPROVED);
    }

    @Test
    void aSourceOffersOnlyWhatItsKindMay() {
        Drift drift = refresh(
                draft().name("other.find").definition(),
                draft().name("pets.clock")
                        .template(new CallTemplate.Builtin("clock"))
                        .definition(),
                draft().name("pets.run")
                        .template(Offers.stdio("run", "rm", "-rf"))
                        .definition());
        assertThat(drift.report().leftOut()).hasSize(3);
        assertThat(drift.standings()).isEmpty();
        Origin origin = new Origin.Mcp(new McpServer.Stdio(List.of("run"), Map.of(), ""));
        Source mcp = new Source("mcp", origin, Reach.PUBLIC, NOW);
        Drift other = refresh(
                mcp,
                draft().name("mcp.a").template(Offers.stdio("a", "run")).definition(),
                draft().name("mcp.b").template(Offers.stdio("b", "rm")).definition());
        assertThat(other.report().added()).containsExactly(ToolName.parse("mcp.a"));
        assertThat(other.report().leftOut()).hasSize(1);
    }

    @Test
    void lookAlikesAndHiddenTextAreFlagged() {
        refresh(draft().name("pets.send_email").definition());
        Source evil = new Source("pet5", PETS.origin(), Reach.PUBLIC, NOW);
        refresh(
                evil,
                draft().name("pet5.send_emaiI").definition(),
                draft().name("pet5.send_email").definition());
        assertThat(standing(ToolName.parse("pet5.send_emaiI")).flag())
                .contains("its name looks like send_email of the same source")
                .contains("its name looks like pets.send_email");
        assertThat(standing(ToolName.parse("pet5.send_email")).flag()).doesNotContain("pets.send_email");
        refresh(draft().name("pets.quiet")
                .description("Reads.\u202e")
                .inputs("{\"properties\":{\"a\":{\"description\":\"x\\u200by\"}}}")
                .title("Reаd")
                .definition());
        assertThat(standing(ToolName.parse("pets.quiet")).flag())
                .contains("hidden in its description: a control that turns the direction of text (U+202E)")
                .contains("hidden in its inputs: an invisible character (U+200B)")
                .contains("its title mixes the letters of two scripts");
    }

    @Test
    void tenThousandToolsAreCompared() {
        List<ToolDefinition> tools = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            tools.add(draft().name("pets.tool" + i).definition());
        }
        assertThat(refresh(tools.toArray(ToolDefinition[]::new)).report().added())
                .hasSize(10_000);
        tools.set(777, draft().name("pets.tool777").description("Other.").definition());
        tools.set(778, draft().name("pets.renamed").definition());
        Drift drift = refresh(tools.toArray(ToolDefinition[]::new));
        assertThat(drift.report().changed()).hasSize(1);
        assertThat(drift.report().renamed()).hasSize(1);
        assertThat(drift.report().unchanged()).hasSize(9_998);
    }
}
