package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.engine.Stores;
import dev.toolkeep.store.SqlStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A secret goes in and is in no answer, no file and no line of the log afterwards.
class SecretStaysInTest {
    private static final String VALUE = "correct-horse-battery-staple";

    @TempDir
    Path folder;

    @Test
    void noAnswerNoFileAndNoLogHoldsTheValue() throws Exception {
        List<Answer> answers = new ArrayList<>();
        try (CapturedLog log = CapturedLog.open();
                SqlStore store = SqlStore.sqlite(folder);
                OpenConsole console = OpenConsole.open(
                        folder,
                        new Stores(
                                store.catalog(),
                                store.callers(),
                                store.policies(),
                                store.sealedSecrets(),
                                store.toolsets()))) {
            String order = "{\"name\":\"TOKEN\",\"grant\":\"source:keep\",\"value\":\"" + VALUE + "\"}";
            answers.add(console.put("/secrets", order));
            answers.add(console.put("/secrets", order));
            answers.add(console.put("/secrets", order.replace("source:keep", "nowhere")));
            answers.add(console.put("/secrets", order.replace("\"name\"", "\"more\":1,\"name\"")));
            answers.add(console.put("/secrets", order + "x"));
            answers.add(console.put(
                    "/secrets", order.replace("\"value\":\"" + VALUE, "\"value\":[\"" + VALUE + "\"],\"x\":\"")));
            for (String path : List.of("/secrets", "/log", "/doctor", "/facts", "/sources")) {
                answers.add(console.get(path));
            }
            assertThat(answers).extracting(Answer::status).containsSequence(200, 200, 422, 400, 400, 400, 200);
            assertThat(console.records("secret.added")).hasSize(1);
            assertThat(console.records("secret.rotated")).hasSize(1);
            assertThat(log.text()).doesNotContain(VALUE);
        }
        assertThat(answers).noneMatch(answer -> answer.text().contains(VALUE));
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> kept = files.filter(Files::isRegularFile).toList();
            assertThat(kept).extracting(file -> file.getFileName().toString()).contains(SqlStore.FILE);
            for (Path file : kept) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("" + file)
                        .doesNotContain(VALUE);
            }
        }
    }
}
