package dev.toolkeep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.wire.Definitions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the journal says of calls that came through a door.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallRecordsTest {
    private OpenDoors doors;

    @BeforeAll
    void open(@TempDir Path folder) {
        doors = OpenDoors.open(folder);
    }

    @AfterAll
    void close() {
        doors.close();
    }

    @Test
    void aCallIsRecordedWithCallerKeyVersionAndRuleAndHowItEnded() {
        call("keep.echo", "{\"text\":\"hello\"}");
        JsonNode opened = lastOf("call.opened");
        JsonNode closed = lastOf("call.closed");
        assertThat(opened.path("tool").asString()).isEqualTo("keep.echo");
        assertThat(opened.path("caller").asString()).isEqualTo("ann");
        assertThat(doors.key()).contains(opened.path("key").asString());
        assertThat(opened.path("rule").asString()).isEqualTo("agents");
        assertThat(opened.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(opened.path("door").asString()).isEqualTo("REST");
        assertThat(opened.path("version").asString())
                .isEqualTo(doors.keep().engine().keep().definitions().stream()
                        .filter(tool -> tool.name().text().equals("keep.echo"))
                        .map(tool -> Definitions.digest(tool).text())
                        .findFirst()
                        .orElseThrow());
        assertThat(closed.path("call")).isEqualTo(opened.path("call"));
        assertThat(closed.path("outcome").asString()).isEqualTo("answered");
    }

    @Test
    void aRefusalIsRecordedWithTheRuleThatSaidNo() {
        assertThat(call("keep.echo", "{\"text\":\"forbidden\"}").statusCode()).isEqualTo(403);
        JsonNode refused = lastOf("call.refused");
        assertThat(refused.path("code").asString()).isEqualTo("policy_denied");
        assertThat(refused.path("rule").asString()).isEqualTo("no-secrets");
        assertThat(refused.path("caller").asString()).isEqualTo("ann");
    }

    @Test
    void argumentsAndAnswersAreRecordedAsDigestsAlone() {
        String first = "{\"text\":\"a-word-nobody-else-says\"}";
        call("keep.echo", first);
        String digest = lastOf("call.opened").path("args").asString();
        call("keep.echo", "{\"text\":\"another\"}");
        assertThat(lastOf("call.opened").path("args").asString()).isNotEqualTo(digest);
        call("keep.echo", first);
        assertThat(lastOf("call.opened").path("args").asString())
                .isEqualTo(digest)
                .matches("[0-9a-f]{32}");
        assertThat(doors.journal()).doesNotContain("a-word-nobody-else-says");
    }

    @Test
    void aRequestWithoutAValidKeyIsRecorded() {
        assertThat(doors.get("/v1/tools", "Authorization", "Bearer tk_forged").statusCode())
                .isEqualTo(401);
        await().until(() -> records("door.refused").stream()
                .anyMatch(record -> record.path("code").asString().equals("unauthenticated")));
        assertThat(doors.journal()).doesNotContain("tk_forged");
    }

    private HttpResponse<String> call(String tool, String arguments) {
        return doors.post("/v1/call/" + tool, arguments, "Content-Type", "application/json");
    }

    private JsonNode lastOf(String type) {
        return records(type).getLast();
    }

    private List<JsonNode> records(String type) {
        return doors.journal()
                .lines()
                .filter(line -> line.startsWith("{") && line.contains("\"type\":\"" + type + "\""))
                .map(OpenDoors::json)
                .toList();
    }
}
