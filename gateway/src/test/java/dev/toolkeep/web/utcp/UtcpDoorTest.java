package dev.toolkeep.web.utcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.Reply;
import dev.toolkeep.web.OpenDoors;
import dev.toolkeep.web.RawPeer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class UtcpDoorTest {
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
    void theManualHoldsExactlyWhatTheCallerMayCall() {
        doors.keep().pending(List.of(doors.definition("waiting", "{\"type\":\"object\"}", "{}")));
        JsonNode manual = OpenDoors.json(doors.get("/utcp").body());
        assertThat(manual.path("tools").size()).isEqualTo(3);
        assertThat(manual.toString()).contains("Bearer ${TOOLKEEP_KEY}").doesNotContain("waiting", doors.key());
    }

    @Test
    void everyTemplateLeadsBackToTheAddressTheReaderUsed() throws Exception {
        doors.offer("pets/list", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/pets/list", Reply.json("[]"));
        JsonNode manual = OpenDoors.json(doors.get("/utcp").body());
        for (JsonNode tool : manual.path("tools")) {
            String url = tool.path("tool_call_template").path("url").asString();
            assertThat(url).startsWith(doors.url("/v1/call/"));
            String path = URI.create(url).getRawPath();
            assertThat(doors.post(path, "{\"text\":\"x\"}", "Content-Type", "application/json")
                            .statusCode())
                    .as(path)
                    .isIn(200, 422);
        }
        RawPeer.Heard named = RawPeer.ask(
                doors.port(),
                "GET /utcp HTTP/1.1\r\nHost: localhost:" + doors.port() + "\r\nAuthorization: Bearer " + doors.key()
                        + "\r\n\r\n");
        assertThat(named.body()).contains("http://localhost:" + doors.port() + "/v1/call/");
    }

    @Test
    void anUnchangedManualIs304AndAChangedOneIsNot() {
        HttpResponse<String> first = doors.get("/utcp");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("private");
        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            HttpResponse<String> again = doors.get("/utcp", "If-None-Match", known);
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        }
        assertThat(doors.get("/utcp", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
        doors.offer("new", "{\"type\":\"object\"}", "{}");
        assertThat(doors.get("/utcp", "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void theDirectoryNamesTheManualsThatHaveSomethingForItsReader() {
        doors.keep().toolset("clocks", List.of(), "keep.clock");
        doors.keep().toolset("hidden", List.of("nobodys"));
        JsonNode document = OpenDoors.json(doors.get("/.well-known/utcp").body());
        List<String> urls = new ArrayList<>();
        document.path("manual_call_templates")
                .forEach(one -> urls.add(
                        one.path("name").asString() + " " + one.path("url").asString()));
        assertThat(urls).containsExactly("toolkeep " + doors.url("/utcp"), "clocks " + doors.url("/utcp/clocks"));
        String before =
                doors.get("/.well-known/utcp").headers().firstValue("ETag").orElseThrow();
        doors.keep().toolset("echoes", List.of(), "keep.echo");
        assertThat(doors.get("/.well-known/utcp", "If-None-Match", before).body())
                .contains("/utcp/echoes");
    }

    @Test
    void whoMayNotDiscoverIsToldSoInTheWordsOfTheGuide() {
        for (String path : List.of("/utcp", "/utcp/any", "/.well-known/utcp")) {
            for (String key : List.of("", "Bearer nonsense", "Basic YTpi")) {
                HttpResponse<String> answer = doors.get(path, "Authorization", key);
                assertThat(answer.statusCode()).isEqualTo(401);
                assertThat(OpenDoors.json(answer.body()).path("detail").asString())
                        .isEqualTo("Invalid discovery token");
            }
        }
    }

    @Test
    void headSaysWhatGetWouldWithoutTheBody() {
        for (String path : List.of("/utcp", "/.well-known/utcp")) {
            HttpResponse<String> whole = doors.get(path);
            HttpResponse<String> head = doors.send(doors.request("HEAD", path, HttpRequest.BodyPublishers.noBody()));
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("ETag"))
                    .isEqualTo(whole.headers().firstValue("ETag"));
            assertThat(head.headers().firstValue("Content-Type")).hasValue("application/json");
        }
    }
}
