package dev.toolkeep.registry;

import static dev.toolkeep.policy.Given.object;
import static dev.toolkeep.registry.Offers.NOW;
import static dev.toolkeep.registry.Offers.PETS;
import static dev.toolkeep.registry.Offers.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.registry.Registry.Broken;
import dev.toolkeep.schema.SchemaCache;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private final MemoryCatalog catalog = new MemoryCatalog();
    private final SchemaCache schemas = new SchemaCache(100);

    private ToolVersion keep(ToolDefinition definition) {
        ToolVersion version = Offers.version(definition);
        catalog.saveVersions(List.of(version));
        return version;
    }

    private void stand(Standing standing) {
        catalog.save(new Source(standing.tool().source(), PETS.origin(), PETS.reach(), NOW));
        catalog.saveStandings(List.of(standing));
    }

    private Tool found(String name) {
        return Objects.requireNonNull(Registry.build(catalog, schemas).find(name));
    }

    @Test
    void toolsAreFoundByFullNameAndListedInOrder() {
        for (String name : List.of("pets.b", "pets.a", "cats.z")) {
            ToolVersion version = keep(draft().name(name).definition());
            stand(Standing.first(version.definition().name(), version.digest(), ""));
        }
        Registry registry = Registry.build(catalog, schemas);
        assertThat(registry.tools())
                .extracting(tool -> tool.name().text())
                .containsExactly("cats.z", "pets.a", "pets.b");
        assertThat(Objects.requireNonNull(registry.find("pets.b")).definition().name())
                .isEqualTo(ToolName.parse("pets.b"));
        assertThat(registry.find("pets.B")).isNull();
        assertThat(registry.find("b")).isNull();
        assertThat(registry.broken()).isEmpty();
    }

    @Test
    void theApprovedVersionIsShownWhileAnotherIsOffered() {
        ToolVersion approved = keep(draft().definition());
        ToolVersion offered = keep(draft().description("Other.").definition());
        stand(Standing.first(ToolName.parse("pets.find"), offered.digest(), "").approved(Offers.approval(approved)));
        assertThat(found("pets.find").digest()).isEqualTo(approved.digest());
        stand(Standing.first(ToolName.parse("pets.find"), offered.digest(), ""));
        assertThat(found("pets.find").digest()).isEqualTo(offered.digest());
    }

    @Test
    void aStoredDefinitionThatWasEditedIsNotThereAndBreaksNoOther() {
        ToolVersion honest = keep(draft().definition());
        ToolVersion other = keep(draft().name("pets.other").definition());
        stand(Standing.first(honest.definition().name(), honest.digest(), "").approved(Offers.approval(honest)));
        stand(Standing.first(other.definition().name(), other.digest(), ""));
        ToolDefinition edited = draft().description("Finds pets by their kind!").definition();
        Catalog forged = new EditedCatalog(catalog, new ToolVersion(honest.digest(), edited, NOW));
        Registry registry = Registry.build(forged, schemas);
        assertThat(registry.find("pets.find")).isNull();
        assertThat(registry.find("pets.other")).isNotNull();
        assertThat(registry.broken())
                .containsExactly(new Broken(
                        edited.name(), "its definition is not what its digest says: somebody changed what is stored"));
    }

    @Test
    void aWarmSchemaCacheDoesNotHideAnEditedDefinition() throws Exception {
        ToolVersion honest = Offers.version(draft().definition());
        Standing standing =
                Standing.first(honest.definition().name(), honest.digest(), "").approved(Offers.approval(honest));
        Tool.of(PETS, standing, honest, schemas);
        ToolVersion forged =
                new ToolVersion(honest.digest(), draft().inputs("{}").definition(), NOW);
        assertThatThrownBy(() -> Tool.of(PETS, standing, forged, schemas)).isInstanceOf(Malformed.class);
    }

    @Test
    void sourceStandingAndVersionMustBelongTogether() {
        ToolVersion version = Offers.version(draft().definition());
        ToolVersion other = Offers.version(draft().name("pets.other").definition());
        Standing standing = Standing.first(version.definition().name(), version.digest(), "");
        Source elsewhere = new Source("cats", PETS.origin(), PETS.reach(), NOW);
        assertThatThrownBy(() -> Tool.of(elsewhere, standing, version, schemas)).hasMessageContaining("cats");
        assertThatThrownBy(() -> Tool.of(PETS, standing, other, schemas)).hasMessageContaining("pets.other");
        Standing stray =
                standing.offering(Offers.version(draft().tags("x").definition()).digest());
        assertThatThrownBy(() -> Tool.of(PETS, stray, version, schemas)).hasMessageContaining("not the one");
    }

    @Test
    void aToolThatCannotBeCalledIsListedWithTheReason() {
        ToolVersion template = keep(draft().name("pets.tcp")
                .template(new CallTemplate.Unsupported("tcp", "tcp is not spoken here", Json.object()))
                .definition());
        ToolVersion pattern = keep(draft().name("pets.evil")
                .inputs("{\"properties\":{\"q\":{\"pattern\":\"^(?=.*x)\"}}}")
                .definition());
        stand(Standing.first(template.definition().name(), template.digest(), "")
                .approved(Offers.approval(template)));
        stand(Standing.first(pattern.definition().name(), pattern.digest(), "").approved(Offers.approval(pattern)));
        assertThat(found("pets.tcp").unsupported()).isEqualTo("tcp is not spoken here");
        assertThat(found("pets.evil").unsupported())
                .isEqualTo("its inputs schema cannot be used: the pattern at /properties/q/pattern cannot be used: "
                        + "it looks ahead, (?= or (?!, which cannot run in linear time");
        assertThat(found("pets.evil").problems(Json.object())).isNotEmpty();
        stand(Standing.first(pattern.definition().name(), pattern.digest(), ""));
        assertThat(found("pets.evil").unsupported()).contains("looks ahead");
    }

    @Test
    void anUnapprovedToolAcceptsNoArguments() {
        ToolVersion version = keep(draft().inputs("{}").definition());
        stand(Standing.first(version.definition().name(), version.digest(), ""));
        assertThat(found("pets.find").unsupported()).isEmpty();
        assertThat(found("pets.find").problems(Json.object())).isNotEmpty();
        stand(Standing.first(version.definition().name(), version.digest(), "").approved(Offers.approval(version)));
        assertThat(found("pets.find").problems(Json.object())).isEmpty();
    }

    /// An http tool would send what its schema does not mention as query parameters nobody approved.
    @Test
    void anHttpToolIsSentOnlyArgumentsThatItDeclares() {
        String named = "{\"properties\":{\"q\":{}}}";
        assertThat(problems(named, "{\"q\":1,\"admin\":true}"))
                .containsExactly("/ must not have the property admin, which the tool does not declare");
        assertThat(problems(named, "{\"q\":1}")).isEmpty();
        assertThat(problems("{}", "{\"q\":1}")).hasSize(1);
        assertThat(problems(
                        named,
                        "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1}"))
                .hasSize(10);
        for (String open : List.of(
                "\"additionalProperties\":true",
                "\"additionalProperties\":{\"type\":\"boolean\"}",
                "\"patternProperties\":{\"^x\":{}}",
                "\"allOf\":[{\"properties\":{\"admin\":{}}}]",
                "\"$defs\":{\"a\":{}},\"$ref\":\"#/$defs/a\"")) {
            assertThat(problems("{" + open + "}", "{\"admin\":true}")).as(open).isEmpty();
        }
    }

    @Test
    void whatATemplateNamesIsDeclared() {
        CallTemplate.Http template = new CallTemplate.Http(
                HttpCall.Method.POST,
                "https://pets.example/{kind}/${SECRET}?page={page}",
                "application/json",
                Map.of(),
                "pet",
                List.of("X-Trace"),
                new Auth.None(),
                Duration.ofSeconds(1));
        ToolVersion version = keep(draft().inputs("{}").template(template).definition());
        stand(Standing.first(version.definition().name(), version.digest(), "").approved(Offers.approval(version)));
        Tool tool = found("pets.find");
        assertThat(tool.problems(object("{\"kind\":1,\"page\":1,\"pet\":{},\"X-Trace\":\"a\"}")))
                .isEmpty();
        assertThat(tool.problems(object("{\"SECRET\":1}"))).hasSize(1);
    }

    private List<String> problems(String inputs, String arguments) {
        ToolVersion version = keep(draft().inputs(inputs).definition());
        stand(Standing.first(version.definition().name(), version.digest(), "").approved(Offers.approval(version)));
        return found("pets.find").problems(object(arguments));
    }

    @Test
    void aToolGoneBeforeAnybodyApprovedItIsNotListed() {
        ToolVersion version = keep(draft().definition());
        stand(Standing.first(version.definition().name(), version.digest(), "").offering(null));
        assertThat(Registry.build(catalog, schemas).tools()).isEmpty();
        assertThat(Registry.build(catalog, schemas).broken()).isEmpty();
    }

    @Test
    void aCacheTooSmallForTheCatalogStillJudges() {
        List<Standing> standings = new ArrayList<>();
        catalog.save(PETS);
        for (int i = 0; i < 300; i++) {
            ToolVersion version = keep(draft().name("pets.t" + i)
                    .inputs("{\"properties\":{\"limit\":{\"maximum\":" + i + "}}}")
                    .definition());
            standings.add(Standing.first(version.definition().name(), version.digest(), "")
                    .approved(Offers.approval(version)));
        }
        catalog.saveStandings(standings);
        Registry registry = Registry.build(catalog, new SchemaCache(2));
        for (int i = 0; i < 300; i++) {
            assertThat(Objects.requireNonNull(registry.find("pets.t" + i))
                            .problems(Json.object().put("limit", i + 1)))
                    .containsExactly("/limit must be at most " + i);
        }
    }
}
