package dev.toolkeep.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.e2e.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds every rule of [SourceRules] against the project, and shows that it finds what was planted in another folder.
class SourceTest {
    private static final Path ROOM = Path.of("engine/src/main/java/dev/toolkeep/attic");

    @TempDir
    private Path elsewhere;

    @Test
    void noFileIsTooLong() throws IOException {
        plant(ROOM.resolve("Long.java"), "// line\n".repeat(SourceRules.LONGEST_FILE + 1));
        plant(ROOM.resolve("Fits.java"), "// line\n".repeat(SourceRules.LONGEST_FILE));
        holds(SourceRules::tooLongFiles, "Long.java: 501");
    }

    @Test
    void noRoomIsTooLarge() throws IOException {
        for (int i = 0; i <= SourceRules.LARGEST_ROOM; i++) {
            plant(ROOM.resolve("Type" + i + ".java"), "");
        }
        plant(ROOM.resolve("package-info.java"), "");
        plant(Path.of("engine/src/main/java/dev/toolkeep/cellar/One.java"), "");
        holds(SourceRules::tooLargeRooms, "dev.toolkeep.attic: 26");
    }

    @Test
    void everyExceptionIsNeeded() throws IOException {
        plant(Path.of("engine/src/main/java/dev/toolkeep/admin/One.java"), "");
        assertThat(planted().exceptionsNotNeeded()).contains("dev.toolkeep.admin");
        assertThat(real().exceptionsNotNeeded()).isEmpty();
    }

    @Test
    void noForbiddenNameIsUsed() throws IOException {
        plant(ROOM.resolve("KeyManager.java"), "");
        plant(ROOM.resolve("StringUtils.java"), "");
        plant(ROOM.resolve("helper/Mend.java"), "");
        plant(ROOM.resolve("GatewayImpl.java"), "");
        plant(ROOM.resolve("Score.java"), "");
        plant(ROOM.resolve("Base64Text.java"), "");
        holds(SourceRules::forbiddenNames, "Manager", "Utils", "helper", "Impl");
    }

    @Test
    void everyRoomSaysWhatItIs() throws IOException {
        plant(ROOM.resolve("Silent.java"), "");
        plant(Path.of("engine/src/main/java/dev/toolkeep/cellar/One.java"), "");
        plant(
                Path.of("engine/src/main/java/dev/toolkeep/cellar/package-info.java"),
                "/// Where wine lies.\npackage dev.toolkeep.cellar;\n");
        plant(Path.of("engine/src/main/java/dev/toolkeep/hall/One.java"), "");
        plant(
                Path.of("engine/src/main/java/dev/toolkeep/hall/package-info.java"),
                "/// Where people meet.\n@NullMarked\npackage dev.toolkeep.hall;\n");
        holds(SourceRules::roomsWithoutASentence, "dev.toolkeep.attic", "dev.toolkeep.cellar");
    }

    @Test
    void noPatternIsPutTogetherAtRunTime() throws IOException {
        plant(ROOM.resolve("Splits.java"), "class Splits { String[] of(String a, String b) { return a.split(b); } }");
        plant(ROOM.resolve("Fine.java"), "class Fine { String[] of(String a) { return a.split(\",\"); } }");
        holds(SourceRules::patternsOfVariables, "Splits.java:1");
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        plant(Path.of("docs/a.md"), "fine\nsee /ro" + "ot/x\n");
        plant(Path.of("docs/b.md"), "later: TO" + "DO mend\n");
        plant(Path.of("c.json"), "\"https://registry." + "npmjs.org/x\"\n");
        plant(ROOM.resolve("DTest.java"), "@" + "Disabled(\"broken\")\n");
        plant(Path.of("e.sh"), "cd /wo" + "rk/main\n");
        holds(SourceRules::leftBehind, "a.md:2", "b.md:1", "c.json:1", "DTest.java:1", "e.sh:1");
    }

    /// The project keeps the rule; in the planted folder it finds these places and no other.
    private void holds(Function<SourceRules, List<String>> rule, String... places) {
        List<String> found = rule.apply(planted());
        assertThat(found).hasSameSizeAs(places);
        for (String place : places) {
            assertThat(found).anySatisfy(line -> assertThat(line).contains(place));
        }
        assertThat(rule.apply(real())).isEmpty();
    }

    private static SourceRules real() {
        return new SourceRules(Checkout.here());
    }

    private SourceRules planted() {
        return new SourceRules(new Checkout(elsewhere));
    }

    private void plant(Path file, String text) throws IOException {
        Path at = elsewhere.resolve(file);
        Files.createDirectories(at.getParent());
        Files.writeString(at, text);
    }
}
