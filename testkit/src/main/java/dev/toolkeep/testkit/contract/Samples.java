package dev.toolkeep.testkit.contract;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.registry.Origin;
import dev.toolkeep.registry.Source;
import dev.toolkeep.registry.Standing;
import dev.toolkeep.registry.ToolVersion;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolDefinition;
import dev.toolkeep.tool.ToolName;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.CanonicalJson;
import dev.toolkeep.wire.Definitions;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Small values to store.
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");

    /// Text that a careless storage changes: quotes, line ends, several scripts, an emoji beyond the basic plane,
    /// letters that look alike composed and decomposed, a right-to-left override.
    public static final String ALL_KINDS_OF_TEXT =
            "it's \"q\" \\ \r\n\t; -- %_ Грюße 漢字 עברית 👩‍🚀 \u00e9 e\u0301 \u202e :name ? <list> ${X} \ufffd";

    private Samples() {}

    public static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
        } catch (Malformed e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static Source source(String name) {
        return new Source(name, new Origin.Manual("https://" + name + ".example/utcp"), Reach.PUBLIC, NOON);
    }

    /// A text tool: `fullName` is `source.name`.
    public static ToolDefinition tool(String fullName, String description) {
        return tool(fullName, description, new CallTemplate.Text("hello"), null);
    }

    public static ToolDefinition tool(
            String fullName, String description, CallTemplate template, @Nullable String label) {
        return new ToolDefinition(
                ToolName.parse(fullName),
                "",
                description,
                json("{\"type\":\"object\",\"properties\":{\"limit\":{\"type\":\"integer\",\"maximum\":100}}}"),
                Json.object(),
                Json.object(),
                List.of("sample"),
                template,
                new TreeSet<>(),
                label);
    }

    public static ToolVersion version(ToolDefinition definition, Instant seen) {
        return new ToolVersion(Definitions.digest(definition), definition, seen);
    }

    public static ToolVersion version(String fullName, String description) {
        return version(tool(fullName, description), NOON);
    }

    /// What a new version's tool stands at.
    public static Standing standing(ToolVersion version) {
        return Standing.first(version.definition().name(), version.digest(), "");
    }

    /// A definition as text, all of it, to compare.
    public static String text(ToolDefinition definition) {
        JsonNode json = Definitions.toJson(definition);
        return new String(CanonicalJson.bytes(json), StandardCharsets.UTF_8) + "\n" + digits(json);
    }

    /// Every number with all its digits, in the order of its pointer: the canonical form alone rounds them to doubles.
    private static String digits(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue().stripTrailingZeros().toPlainString();
        }
        StringBuilder all = new StringBuilder();
        if (node.isObject()) {
            new TreeSet<>(node.propertyNames())
                    .forEach(name -> all.append(digits(node.get(name))).append(' '));
        } else {
            node.forEach(element -> all.append(digits(element)).append(' '));
        }
        return all.toString().strip();
    }
}
