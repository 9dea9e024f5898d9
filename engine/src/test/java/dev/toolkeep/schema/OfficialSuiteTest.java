package dev.toolkeep.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Json;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema organisation's own tests. What refers outside itself or brings its own dialect is refused on
/// purpose;
/// every verdict that is given must be the suite's.
class OfficialSuiteTest {
    @Test
    void draft4IsJudgedAsTheSuiteSays() throws Exception {
        Score score = run("draft4", "http://json-schema.org/draft-04/schema");
        assertThat(score.wrong).isEmpty();
        assertThat(score.right).isEqualTo(683);
    }

    @Test
    void draft6IsJudgedAsTheSuiteSays() throws Exception {
        Score score = run("draft6", "http://json-schema.org/draft-06/schema#");
        assertThat(score.wrong).isEmpty();
        assertThat(score.right).isEqualTo(898);
    }

    @Test
    void draft7IsJudgedAsTheSuiteSays() throws Exception {
        Score score = run("draft7", "http://json-schema.org/draft-07/schema#");
        assertThat(score.wrong).isEmpty();
        assertThat(score.right).isEqualTo(986);
    }

    @Test
    void draft201909IsJudgedAsTheSuiteSays() throws Exception {
        Score score = run("draft2019-09", "https://json-schema.org/draft/2019-09/schema");
        assertThat(score.wrong).isEmpty();
        assertThat(score.right).isEqualTo(1305);
    }

    @Test
    void draft202012IsJudgedAsTheSuiteSays() throws Exception {
        Score score = run("draft2020-12", "https://json-schema.org/draft/2020-12/schema");
        assertThat(score.wrong).isEmpty();
        assertThat(score.right).isEqualTo(1332);
    }

    private static final class Score {
        private final List<String> wrong = new ArrayList<>();
        private int right;
    }

    private static Score run(String draft, String dialect) throws IOException, URISyntaxException, Malformed {
        Score score = new Score();
        Path folder = Path.of(Objects.requireNonNull(OfficialSuiteTest.class.getResource("/json-schema-test-suite"))
                        .toURI())
                .resolve(draft);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode group : StrictJson.parse(Files.readAllBytes(file), Bounds.DOCUMENT)) {
                    judge(file.getFileName() + ": " + group.get("description").asString(), group, dialect, score);
                }
            }
        }
        return score;
    }

    private static void judge(String name, JsonNode group, String dialect, Score score) {
        CompiledSchema schema;
        try {
            schema = CompiledSchema.compile(in(dialect, group.get("schema")));
        } catch (Malformed refused) {
            if (!String.valueOf(refused.getMessage()).matches(".*(leads outside|dialect that is not understood).*")) {
                score.wrong.add(name + ": " + refused.getMessage());
            }
            return;
        }
        for (JsonNode test : group.get("tests")) {
            boolean valid = schema.problems(test.get("data")).isEmpty();
            if (valid == test.get("valid").booleanValue()) {
                score.right++;
            } else {
                score.wrong.add(name + " / " + test.get("description").asString());
            }
        }
    }

    private static JsonNode in(String dialect, JsonNode schema) {
        if (!schema.isObject() || schema.has("$schema")) {
            return schema;
        }
        ObjectNode named = Json.object().put("$schema", dialect);
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            named.set(member.getKey(), member.getValue());
        }
        return named;
    }
}
