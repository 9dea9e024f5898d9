package dev.toolkeep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `docs/policy.md` shows is what the reader takes.
class PolicyDocumentTest {
    @Test
    void everyExampleCompiles() throws Exception {
        List<String> policies = blocks("yaml");
        assertThat(policies).isNotEmpty();
        for (String policy : policies) {
            assertThat(Policy.compile(policy).summary().rules()).isNotEmpty();
        }
    }

    @Test
    void everyConditionCompiles() throws Exception {
        List<String> conditions = blocks("cel").stream().flatMap(String::lines).toList();
        assertThat(conditions).hasSizeGreaterThan(5);
        for (String condition : conditions) {
            assertThat(new Conditions().compile(condition)).as(condition).isNotNull();
        }
    }

    @Test
    void everyDefaultIsTheCodes() throws Exception {
        String document = document();
        Allowance usual = Allowance.DEFAULT;
        assertThat(document)
                .contains("| `callsPerMinute` | " + usual.callsPerMinute() + " |")
                .contains("| `concurrent` | " + usual.concurrent() + " |")
                .contains("| `deadline` | " + usual.deadline().toSeconds() + "s |")
                .contains("| `requestBytes` | " + (usual.requestBytes() >> 20) + "MiB |")
                .contains("| `answerBytes` | " + (usual.answerBytes() >> 20) + "MiB |");
    }

    private static List<String> blocks(String language) throws Exception {
        Matcher found = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(document());
        List<String> blocks = new ArrayList<>();
        while (found.find()) {
            blocks.add(found.group(1));
        }
        return blocks;
    }

    private static String document() throws Exception {
        return Files.readString(Path.of("..", "docs", "policy.md"));
    }
}
