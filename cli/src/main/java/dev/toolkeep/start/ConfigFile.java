package dev.toolkeep.start;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictYaml;
import dev.toolkeep.wire.YamlLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads `keep.yaml` strictly: whatever it does not know is an error that names the key and the line, never a value.
final class ConfigFile {
    private static final Bounds BOUNDS = new Bounds(1 << 20, 8, 16_000, 20);

    private final Path file;
    private final YamlLines lines;
    private final Map<Setting<?>, Given> given = new HashMap<>();

    private ConfigFile(Path file, YamlLines lines) {
        this.file = file;
        this.lines = lines;
    }

    /// What an absolute `file` sets.
    static Map<Setting<?>, Given> read(Path file) throws CannotStart {
        byte[] bytes = bytes(file);
        try {
            if (new String(bytes, StandardCharsets.UTF_8).lines().allMatch(ConfigFile::idle)) {
                return Map.of();
            }
            JsonNode document = StrictYaml.parse(bytes, BOUNDS);
            ConfigFile config = new ConfigFile(file, YamlLines.of(bytes));
            config.section(document, "", "");
            return config.given;
        } catch (Malformed e) {
            throw new CannotStart(file + ": " + e.getMessage());
        }
    }

    private static byte[] bytes(Path file) throws CannotStart {
        try {
            if (Files.size(file) > BOUNDS.bytes()) {
                throw new CannotStart(file + " is larger than " + BOUNDS.bytes() + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CannotStart("there is no configuration file " + file, e);
        } catch (IOException e) {
            throw new CannotStart("the configuration file " + file + " cannot be read", e);
        }
    }

    /// Whether a line says nothing.
    private static boolean idle(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private void section(JsonNode node, String prefix, String pointer) throws Malformed {
        if (!(node instanceof ObjectNode section)) {
            throw at(pointer, prefix.isEmpty() ? "must be a mapping" : called(prefix) + ": must be a mapping");
        }
        for (Map.Entry<String, JsonNode> entry : section.properties()) {
            String key = prefix + entry.getKey();
            String place = pointer + YamlLines.step(entry.getKey());
            Optional<Setting<?>> setting =
                    Setting.all().stream().filter(one -> one.key().equals(key)).findFirst();
            if (setting.isPresent()) {
                String text = text(setting.get(), entry.getValue(), place);
                given.put(setting.get(), new Given(text, where(place) + key, folder()));
            } else if (Setting.all().stream().anyMatch(one -> one.key().startsWith(key + "."))) {
                section(entry.getValue(), key + ".", place);
            } else {
                throw unknown(key, prefix, place);
            }
        }
    }

    private String text(Setting<?> setting, JsonNode value, String place) throws Malformed {
        try {
            return setting.form().text(value);
        } catch (Malformed e) {
            throw at(place, setting.key() + " " + e.getMessage());
        }
    }

    private Malformed unknown(String key, String prefix, String place) {
        List<String> known = Setting.all().stream()
                .map(Setting::key)
                .filter(one -> one.startsWith(prefix))
                .map(one -> prefix + one.substring(prefix.length()).split("\\.", 2)[0])
                .distinct()
                .toList();
        return at(place, "unknown key " + Words.printable(key) + "; " + Words.nearest(key, known));
    }

    private Malformed at(String pointer, String what) {
        int line = lines.of(pointer);
        return new Malformed(line == 0 ? what : "line " + line + ": " + what);
    }

    private String where(String pointer) {
        int line = lines.of(pointer);
        return line == 0 ? file + ": " : file + ", line " + line + ": ";
    }

    private static String called(String prefix) {
        return prefix.substring(0, prefix.length() - 1);
    }

    private Path folder() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
