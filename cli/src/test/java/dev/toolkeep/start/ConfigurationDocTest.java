package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationDocTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");

    @Test
    void theTableIsTheSettings() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Setting.all().stream().map(ConfigurationDocTest::row).toList());
    }

    @Test
    void theExampleIsReadWithoutAComplaint(@TempDir Path temp) throws Exception {
        String document = Files.readString(DOCUMENT);
        String example = document.split("```yaml\n", 2)[1].split("```", 2)[0];
        Files.writeString(temp.resolve("keep.yaml"), example);
        Settings.Flags flags = new Settings.Flags(temp, "keep.yaml", null, null, null, null, null);
        assertThat(Settings.read(flags, Map.of(), temp.resolve("data")).options("1"))
                .isNotEqualTo(HouseOptions.at(temp.resolve("data")));
    }

    private static String row(Setting<?> setting) {
        String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
        return "| `" + setting.key() + "` | `" + setting.variable() + "` | " + standard + " | " + setting.meaning()
                + " |";
    }
}
