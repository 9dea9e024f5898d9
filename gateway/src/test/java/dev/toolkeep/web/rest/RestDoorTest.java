package dev.toolkeep.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.Reply;
import dev.toolkeep.web.OpenDoors;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RestDoorTest {
    @TempDir
    Path folder;

    private OpenDoors doors;

    @BeforeEach
    void open() {
        doors = OpenDoors.open(folder);
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void aJsonAnswerIsPassedOnByteForByte() {
        doors.offer("pet", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/pet", Reply.json("{ \"n\" : 1.50,\n \"big\": 12345678901234567890 }"));
        HttpResponse<String> answer = call("fake.pet", "{\"body\":{}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{ \"n\" : 1.50,\n \"big\": 12345678901234567890 }");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Toolkeep-Call-Id").orElse("")).matches("[A-Za-z0-9_-]{22}");
    }

    @Test
    void anEmptyBodyMeansNoArguments() {
        HttpResponse<String> answer = doors.post("/v1/call/keep.clock", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(OpenDoors.json(answer.body()).has("epochMillis")).isTrue();
    }

    @Test
    void textIsTextAndOtherBytesAreAnAttachment() {
        doors.offer("note", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/note", Reply.text("grüß <b>dich</b>"));
        HttpResponse<String> text = call("fake.note", "{}");
        assertThat(text.body()).isEqualTo("grüß <b>dich</b>");
        assertThat(text.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
        doors.tool().answer("/note", new Reply.Fixed(200, Map.of("Content-Type", "image/png"), new byte[] {1, 2, 3}));
        HttpResponse<String> bytes = call("fake.note", "{}");
        assertThat(bytes.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(bytes.headers().firstValue("Content-Disposition")).hasValue("attachment");
        assertThat(bytes.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void refusalsAreProblemsWithCodeRuleAdviceAndInstance() {
        HttpResponse<String> answer = call("keep.echo", "{\"text\":\"forbidden\"}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = OpenDoors.json(answer.body());
        assertThat(problem.path("type").asString()).isEqualTo("urn:toolkeep:problem:policy_denied");
        assertThat(problem.path("title").asString()).isEqualTo("Policy denied");
        assertThat(problem.path("status").asInt()).isEqualTo(403);
        assertThat(problem.path("code").asString()).isEqualTo("policy_denied");
        assertThat(problem.path("rule").asString()).contains("no-secrets");
        assertThat(problem.path("detail").asString()).isNotEmpty();
        assertThat(problem.path("advice").asString()).isNotEmpty();
        assertThat(problem.path("instance").asString())
                .isEqualTo(answer.headers().firstValue("Toolkeep-Call-Id").orElseThrow());
        assertThat(call("keep.echo", "{}").statusCode()).isEqualTo(422);
        assertThat(call("no.such", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void faultsAreProblemsOfTheServerKind() {
        doors.offer("broken", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/broken", Reply.json(500, "{}"));
        HttpResponse<String> answer = call("fake.broken", "{}");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(OpenDoors.json(answer.body()).path("code").asString()).isEqualTo("tool_failed");
    }

    @Test
    void aToolNameMayHoldSlashesPlainOrEscaped() {
        doors.offer("pets/list", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/pets/list", Reply.json("[]"));
        assertThat(call("fake.pets/list", "{}").body()).isEqualTo("[]");
        assertThat(call("fake.pets%2Flist", "{}").body()).isEqualTo("[]");
        assertThat(call("fake.pets%252Flist", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void argumentsMustBeAnObject() {
        for (String body : List.of("[]", "5", "null", "\"x\"")) {
            assertThat(call("keep.clock", body).statusCode()).as(body).isEqualTo(400);
        }
    }

    @Test
    void aStreamedCallEndsWithItsResultOrHasItsOwnStatus() {
        HttpResponse<String> answer = stream("keep.echo", "{\"text\":\"hi\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(answer.body()).isEqualTo("event: result\ndata: {\"text\":\"hi\"}\n\n");
        assertThat(stream("keep.echo", "{\"text\":\"forbidden\"}").statusCode()).isEqualTo(403);
    }

    @Test
    void aStreamedTextIsAJsonString() {
        doors.offer("note", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/note", Reply.text("one\ntwo"));
        assertThat(stream("fake.note", "{}").body()).isEqualTo("event: result\ndata: \"one\\ntwo\"\n\n");
    }

    @Test
    void toolsAreListedInPages() {
        for (String name : List.of("a", "b", "c")) {
            doors.offer(name, "{\"type\":\"object\"}", "{}");
        }
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    OpenDoors.json(doors.get("/v1/tools?limit=4" + cursor).body());
            page.path("tools").forEach(tool -> names.add(tool.path("name").asString()));
            cursor = page.has("next") ? "&cursor=" + page.path("next").asString() : "";
        } while (!cursor.isEmpty());
        assertThat(names).containsExactly("fake.a", "fake.b", "fake.c", "keep.clock", "keep.echo", "keep.facts");
    }

    @Test
    void searchFindsByNameTagAndDescriptionInThatOrder() {
        JsonNode found = OpenDoors.json(doors.get("/v1/tools/search?q=echo").body());
        assertThat(found.path("tools").path(0).path("name").asString()).isEqualTo("keep.echo");
        assertThat(OpenDoors.json(
                                doors.get("/v1/tools/search?q=builtin&limit=2").body())
                        .path("tools")
                        .size())
                .isEqualTo(2);
        assertThat(OpenDoors.json(doors.get("/v1/tools/search?q=zzz").body())
                        .path("tools")
                        .size())
                .isZero();
    }

    @Test
    void wrongQueriesAreProblems() {
        for (String path : List.of(
                "/v1/tools?limit=0",
                "/v1/tools?limit=501",
                "/v1/tools?limit=x",
                "/v1/tools?limit=1&limit=2",
                "/v1/tools?cursor=x",
                "/v1/tools?other=1",
                "/v1/tools/search",
                "/v1/tools/search?q=",
                "/v1/tools/search?q=" + "a".repeat(201),
                "/v1/tools/search?q=%ff")) {
            HttpResponse<String> answer = doors.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(OpenDoors.json(answer.body()).path("code").asString()).isEqualTo("malformed");
        }
    }

    @Test
    void whatTheCallerMayNotCallIsNowhereListed() {
        doors.keep().pending(List.of(doors.definition("waiting", "{\"type\":\"object\"}", "{}")));
        String other = doors.keep().agent("stranger");
        assertThat(doors.get("/v1/tools").body()).doesNotContain("waiting");
        assertThat(OpenDoors.json(doors.get("/v1/tools", "Authorization", "Bearer " + other)
                                .body())
                        .path("tools")
                        .size())
                .isZero();
    }

    private HttpResponse<String> call(String tool, String body) {
        return doors.post("/v1/call/" + tool, body, "Content-Type", "application/json");
    }

    private HttpResponse<String> stream(String tool, String body) {
        return doors.post("/v1/call/" + tool, body, "Content-Type", "application/json", "Accept", "text/event-stream");
    }
}
