package dev.toolkeep.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whatever JSON the strict reader accepts, a lint answers.
class LintFuzzTest {
    private static final List<String> TEXTS = List.of(
            "",
            "http",
            "cli",
            "mcp",
            "text",
            "tcp",
            "http://",
            "://",
            "https://[",
            "https://[::1]:99999/",
            "https://@/",
            "https://a@b@c/",
            "\u0000",
            "\ud83d\ude00",
            "${",
            "${X}",
            "$X",
            "{",
            "}",
            "{{x}}",
            "UTCP_ARG_",
            "-",
            "--",
            "--token",
            "a=b",
            "?token=x",
            "(?=",
            "(a)\\1",
            "((((",
            "#",
            "#/x",
            "https://json-schema.org/draft/2020-12/schema",
            "string",
            "object",
            "\u202e",
            "xn--a",
            "0x7f.1",
            "/",
            "\\",
            "sh",
            "-c",
            "bearer 0123456789abcdef",
            " ");
    private static final List<String> NAMES = List.of(
            "tools",
            "name",
            "description",
            "inputs",
            "parameters",
            "outputs",
            "tags",
            "tool_call_template",
            "provider",
            "tool_provider",
            "call_template_type",
            "provider_type",
            "url",
            "token_url",
            "host",
            "port",
            "auth",
            "auth_type",
            "api_key",
            "password",
            "headers",
            "command",
            "commands",
            "args",
            "config",
            "mcpServers",
            "server_config",
            "file_path",
            "content",
            "verify_ssl",
            "shell",
            "type",
            "properties",
            "items",
            "pattern",
            "patternProperties",
            "$ref",
            "$id",
            "$schema",
            "$defs",
            "allOf",
            "enum",
            "additionalProperties",
            "required",
            "version",
            "",
            "/",
            "~");

    @Test
    void everyTreeGetsAnAnswer() throws Exception {
        Random random = new Random(20_260_701);
        int findings = 0;
        for (int i = 0; i < 20_000; i++) {
            JsonNode tree = tree(random, 0);
            JsonNode manual =
                    i % 2 == 0 ? tree : Json.object().set("tools", Json.array().add(tree));
            assertThat(StrictJson.parse(Json.bytes(manual), Bounds.DOCUMENT)).isNotNull();
            findings += Lint.manual(manual).size();
        }
        assertThat(findings).isGreaterThan(20_000);
    }

    @Test
    void everyDamagedVectorThatIsStillJsonGetsAnAnswer() throws Exception {
        Random random = new Random(7);
        int read = 0;
        for (Rule rule : Rule.values()) {
            if (rule == Rule.LONG_TEXT) {
                continue;
            }
            JsonNode bad = LintTest.read(rule.id() + ".json").get("bad");
            for (int i = 0; i < 200; i++) {
                JsonNode damaged = bad.deepCopy();
                damage(damaged, random);
                assertThat(Lint.manual(damaged)).isNotNull();
                read++;
            }
        }
        assertThat(read).isEqualTo(200 * (Rule.values().length - 1));
    }

    @Test
    void theDeepestDocumentGetsAnAnswer() throws Malformed {
        int depth = Bounds.DOCUMENT.depth() - 4;
        for (String open : List.of("{\"items\":", "[", "{\"mcpServers\":", "{\"allOf\":[")) {
            String close = open.replaceAll("[^\\[{]", "").replace("{", "}").replace("[", "]");
            int times = depth / (open.contains(":[") ? 2 : 1);
            String nested = open.repeat(times) + "1"
                    + new StringBuilder(close).reverse().toString().repeat(times);
            String manual =
                    "{\"tools\":[{\"name\":\"a\",\"inputs\":" + nested + ",\"tool_call_template\":" + nested + "}]}";
            assertThat(Lint.manual(StrictJson.parse(manual.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT)))
                    .isNotEmpty();
        }
    }

    private static JsonNode tree(Random random, int depth) {
        int kind = random.nextInt(depth > 6 ? 4 : 8);
        return switch (kind) {
            case 0 -> Json.array().add(random.nextInt()).get(0);
            case 1 -> Json.array().add(random.nextBoolean()).get(0);
            case 2 -> Json.array().addNull().get(0);
            case 3 -> Json.array().add(TEXTS.get(random.nextInt(TEXTS.size()))).get(0);
            case 4 -> {
                ArrayNode array = Json.array();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(tree(random, depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = Json.object();
                for (int i = random.nextInt(7); i > 0; i--) {
                    object.set(NAMES.get(random.nextInt(NAMES.size())), tree(random, depth + 1));
                }
                yield object;
            }
        };
    }

    /// Puts a random tree in a random place.
    private static void damage(JsonNode node, Random random) {
        List<ObjectNode> objects = new ArrayList<>();
        collect(node, objects);
        ObjectNode chosen = objects.get(random.nextInt(objects.size()));
        List<Map.Entry<String, JsonNode>> members = List.copyOf(chosen.properties());
        String name = members.isEmpty()
                ? "name"
                : members.get(random.nextInt(members.size())).getKey();
        chosen.set(name, tree(random, 3));
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }
}
