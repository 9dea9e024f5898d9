package dev.toolkeep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.console.Answer;
import dev.toolkeep.console.OpenConsole;
import dev.toolkeep.engine.Stores;
import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.testkit.fake.FakeRawServer;
import dev.toolkeep.testkit.fake.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Orders that cannot stand: each with the code docs/api.md gives it, and nothing changed.
class RefusedOrderTest {
    private OpenConsole console;

    @BeforeEach
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder, Stores.inMemory());
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void aPolicyIsSavedOnlyOverTheRevisionItsWriterSaw() {
        console.put("/policy", "{\"yaml\":\"rules: []\",\"expected\":0}").require(200);
        for (int expected : new int[] {0, 2, -1}) {
            assertRefused(
                    console.put("/policy", "{\"yaml\":\"limits: []\",\"expected\":" + expected + "}"), 409, "conflict");
        }
        assertThat(console.get("/policy").require(200).path("yaml").asString()).isEqualTo("rules: []");
    }

    @Test
    void aPolicyWhoseConditionDoesNotCompileIsInvalid() {
        String yaml = "rules:\\n  - id: a\\n    effect: allow\\n    tools: ['*']\\n    when: caller.nonsense ==\\n";
        Answer answer = console.put("/policy", "{\"yaml\":\"" + yaml + "\",\"expected\":0}");
        assertRefused(answer, 422, "invalid");
        assertThat(console.post("/policy/check", "{\"yaml\":\"" + yaml + "\"}")
                        .require(200)
                        .path("valid")
                        .asBoolean())
                .isFalse();
        assertRefused(
                console.post("/policy/rules", "{\"effect\":\"allow\",\"tools\":[\"*\"],\"when\":\"1 +\"}"),
                422,
                "invalid");
        assertRefused(console.post("/policy/rules", "{\"effect\":\"maybe\",\"tools\":[\"*\"]}"), 422, "invalid");
        assertThat(console.get("/policy").require(200).path("revision").asInt()).isZero();
    }

    @Test
    void whatIsNotThereIs404() {
        assertRefused(console.get("/sources/none"), 404, "not_found");
        assertRefused(console.post("/sources/none/refresh", ""), 404, "not_found");
        assertRefused(console.delete("/sources/none"), 404, "not_found");
        assertRefused(console.get("/tools/versions?name=keep.none"), 404, "not_found");
        assertRefused(console.put("/agents/none", "{\"roles\":[],\"scopes\":[]}"), 404, "not_found");
        assertRefused(console.delete("/agents/none"), 404, "not_found");
        assertRefused(console.delete("/agents/ann/keys/none"), 404, "not_found");
        assertRefused(console.delete("/secrets?name=NONE&grant=source:x"), 404, "not_found");
        assertRefused(
                console.post("/policy/explain", "{\"caller\":\"none\",\"tool\":\"keep.clock\"}"), 404, "not_found");
        assertRefused(console.post("/policy/explain", "{\"caller\":\"ann\",\"tool\":\"keep.none\"}"), 404, "not_found");
    }

    @Test
    void whatIsThereAlreadyIs409() {
        assertRefused(console.post("/agents", "{\"id\":\"ann\"}"), 409, "conflict");
        assertRefused(console.delete("/sources/keep"), 409, "conflict");
        try (FakeManuals manuals = FakeManuals.start()) {
            console.post("/sources", Publisher.source("pets", manuals)).require(201);
            assertRefused(console.post("/sources", Publisher.source("pets", manuals)), 409, "conflict");
        }
    }

    @Test
    void theLastOperatorsKeyStays() {
        String key = console.operatorKey().substring(3, 15);
        assertRefused(console.delete("/agents/boss/keys/" + key), 409, "conflict");
        assertRefused(console.delete("/agents/boss"), 409, "conflict");
        assertThat(console.get("/facts").status()).isEqualTo(200);
        console.post("/agents", "{\"id\":\"chief\",\"kind\":\"operator\"}").require(201);
        assertRefused(console.delete("/agents/boss/keys/" + key), 409, "conflict");
        console.post("/agents/chief/keys", "{}").require(201);
        assertThat(console.delete("/agents/boss/keys/" + key).status()).isEqualTo(200);
        assertThat(console.get("/facts").status()).isEqualTo(401);
    }

    @Test
    void aSourceThatCannotBeReadIs502WithTheFaultsOwnCode() {
        try (FakeManuals manuals = FakeManuals.start()) {
            manuals.fail();
            assertRefused(console.post("/sources", Publisher.source("down", manuals)), 502, "tool_failed");
            manuals.manual(Reply.badJson());
            assertRefused(console.post("/sources/preview", Publisher.source("bad", manuals)), 502, "bad_answer");
            String unreached = Publisher.source("far", manuals).replaceFirst(",\"reach\":.*", "}");
            assertRefused(console.post("/sources", unreached), 502, "egress_denied");
        }
        assertRefused(
                console.post(
                        "/sources",
                        "{\"name\":\"meta\",\"origin\":{\"kind\":\"manual\",\"location\":\"http://169.254.169.254/\"}}"),
                502,
                "egress_denied");
        assertThat(console.get("/sources").require(200).path("sources")).hasSize(1);
    }

    @Test
    void aSourceThatSaysNothingIs504(@TempDir Path other) {
        try (FakeRawServer silent = FakeRawServer.silent();
                OpenConsole hasty = OpenConsole.open(other, java.time.Duration.ofMillis(300))) {
            Answer answer = hasty.post(
                    "/sources",
                    "{\"name\":\"mute\",\"origin\":{\"kind\":\"manual\",\"location\":\"" + silent.at("/utcp")
                            + "\"},\"reach\":[\"" + silent.hostAndPort() + "\"]}");
            assertRefused(answer, 504, "tool_timed_out");
        }
    }

    @Test
    void whenTheJournalCannotBeWrittenNothingChanges() {
        console.engine().journal().close();
        assertRefused(console.post("/agents", "{\"id\":\"bob\"}"), 503, "unavailable");
        assertRefused(console.put("/policy", "{\"yaml\":\"rules: []\",\"expected\":0}"), 503, "unavailable");
        assertRefused(
                console.put("/secrets", "{\"name\":\"A\",\"grant\":\"source:a\",\"value\":\"0123456789\"}"),
                503,
                "unavailable");
        assertThat(console.rooms().agents().list()).hasSize(2);
        assertThat(console.rooms().secrets().list()).isEmpty();
        assertThat(console.rooms().policy().show()).isEmpty();
    }

    @Test
    void aCredentialInClearIsNotTaken() {
        Answer answer = console.post(
                "/sources",
                "{\"name\":\"m\",\"origin\":{\"kind\":\"mcp\",\"command\":[\"srv\",\"--token\",\"abcdefgh12345\"]}}");
        assertRefused(answer, 422, "invalid");
        assertThat(answer.text()).doesNotContain("abcdefgh12345");
        assertThat(console.journal()).doesNotContain("abcdefgh12345");
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("detail")).isNotEmpty();
        assertThat(answer.text("advice")).isNotEmpty();
    }
}
