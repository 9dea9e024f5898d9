package dev.toolkeep.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.toolkeep.e2e.Checkout;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Holds every rule of [HouseRules] against the house, and shows that the same rule finds what was planted to break it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/dev/toolkeep/testkit/"))
            .importPackages("dev.toolkeep");
    private final JavaClasses planted = new ClassFileImporter().importPackages("planted.toolkeep");

    @Test
    void everyRoomOfTheHouseWasLookedAt() {
        Set<String> written = new SourceRules(Checkout.here()).rooms().keySet();
        Set<String> seen = house.stream().map(type -> type.getPackageName()).collect(Collectors.toSet());
        assertThat(written.stream()
                        .filter(room -> !room.startsWith("dev.toolkeep.testkit"))
                        .filter(room -> !room.contains(".bench")))
                .isNotEmpty()
                .allMatch(seen::contains);
        assertThat(house).hasSizeGreaterThan(300);
    }

    @Test
    void roomsKnowOnlyRoomsBelow() {
        holds(HouseRules.ROOMS_KNOW_ONLY_ROOMS_BELOW, "wire.LooksUpward", "web.mcp.AsksNextDoor");
    }

    @Test
    void everyTypeLiesInARoomOfTheHouse() {
        holds(HouseRules.EVERY_ROOM_HAS_ITS_PLACE, "toolkeep.Loose", "attic.Lost");
    }

    @Test
    void modulesKnowOnlyModulesBelow() {
        holds(HouseRules.MODULES_KNOW_ONLY_MODULES_BELOW, "policy.KeepsItself");
    }

    @Test
    void roomsMakeNoCircles() {
        holds(HouseRules.ROOMS_MAKE_NO_CIRCLES, "east.Sunrise", "west.Sunset");
    }

    @Test
    void onlyNetReachesOut() {
        String[] ways = {
            "vertxHttp", "vertxBuilder", "vertxNet", "vertxWebSocket", "vertxDatagram", "vertxDns", "byName", "jdkHttp",
            "url", "urlStream", "socket", "factory", "datagram", "channel", "asynchronousChannel", "datagramChannel",
            "name", "netty", "springTemplate", "springClient"
        };
        holds(HouseRules.ONLY_NET_REACHES_OUT, methods("web.PhonesHome", ways));
    }

    @Test
    void onlyTheDoorListens() {
        holds(
                HouseRules.ONLY_THE_DOOR_LISTENS,
                methods("policy.Listens", "vertxHttp", "vertxNet", "socket", "channel", "jdkHttp"));
    }

    @Test
    void onlyOneTypeStartsPrograms() {
        holds(
                HouseRules.ONLY_CHILD_STARTS_PROGRAMS,
                methods("protocol.mcp.StartsPrograms", "builder", "runtime", "pipeline"));
    }

    @Test
    void noTextBecomesCode() {
        holds(
                HouseRules.NO_TEXT_BECOMES_CODE,
                methods("policy.RunsText", "byName", "loaded", "deserialized", "handles", "compiler"));
    }

    @Test
    void nobodyUsesReflection() {
        holds(HouseRules.NO_REFLECTION, methods("policy.RunsText", "reflected"));
    }

    @Test
    void onlyCommandsPrint() {
        holds(HouseRules.ONLY_COMMANDS_PRINT, methods("start.Chatters", "out", "err", "trace"));
    }

    @Test
    void onlySqlTypesTouchJdbc() {
        holds(HouseRules.ONLY_SQL_TYPES_TOUCH_JDBC, "admin.QueriesItself", "store.Rows");
    }

    @Test
    void springLivesInTheConsoleAlone() {
        holds(HouseRules.SPRING_ONLY_IN_THE_CONSOLE, "web.rest.SpringDoor");
    }

    @Test
    void vertxStaysOutOfTheConsole() {
        holds(HouseRules.THE_CONSOLE_HAS_NO_VERTX, "console.VertxPage");
    }

    @Test
    void decidingIsPure() {
        holds(HouseRules.DECIDING_IS_PURE, "trust.Peeks.vault", "trust.Peeks.secret", "trust.Peeks.journal");
        holds(HouseRules.DECIDING_IS_PURE, "trust.Peeks.vertx", "trust.Peeks.file");
    }

    @Test
    void doorsDecideNothing() {
        holds(HouseRules.DOORS_DECIDE_NOTHING, "DoorThatJudges.policy", "DoorThatJudges.vault");
        holds(HouseRules.DOORS_DECIDE_NOTHING, "DoorThatJudges.admin", "DoorThatJudges.egress");
    }

    @Test
    void onlyTrustMakesTrustedTools() {
        holds(HouseRules.ONLY_TRUST_MAKES_TRUSTED_TOOLS, "call.Forger.trusted");
    }

    @Test
    void onlyPolicyMakesPermittedCalls() {
        holds(HouseRules.ONLY_POLICY_MAKES_PERMITTED_CALLS, "call.Forger.permitted");
    }

    @Test
    void ticketsCannotBeForged() {
        holds(HouseRules.TICKETS_CANNOT_BE_FORGED, "trust.TrustedTool", "policy.PermittedCall");
    }

    @Test
    void onlyTheCallRoomOpensTheVault() {
        holds(HouseRules.ONLY_THE_CALL_ROOM_OPENS_THE_VAULT, methods("admin.Burglar", "one", "all", "key"));
    }

    @Test
    void patternsAreConstants() {
        holds(HouseRules.PATTERNS_ARE_CONSTANTS, "policy.ForeignPattern.compile");
    }

    @Test
    void onlySchemaCompilesForeignPatterns() {
        holds(HouseRules.ONLY_SCHEMA_COMPILES_FOREIGN_PATTERNS, "policy.ForeignPattern.linear");
    }

    @Test
    void thereIsNoStaticState() {
        holds(HouseRules.NO_STATIC_STATE, "limits.Remembers.calls");
    }

    @Test
    void nobodySleeps() {
        holds(HouseRules.NOBODY_SLEEPS, "journal.Dozes.wink");
    }

    /// The house keeps the rule; each of these planted places breaks it.
    private void holds(ArchRule rule, String... places) {
        EvaluationResult found = rule.evaluate(planted);
        String report = String.join("\n", found.getFailureReport().getDetails());
        assertThat(places).isNotEmpty().allSatisfy(place -> assertThat(report).contains(place));
        rule.check(house);
    }

    private static String[] methods(String type, String... names) {
        return List.of(names).stream().map(name -> type + "." + name + "(").toArray(String[]::new);
    }
}
