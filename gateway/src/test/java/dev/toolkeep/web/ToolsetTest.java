package dev.toolkeep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.Reply;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A toolset selects what its endpoint shows and calls, at every door, and grants nothing.
class ToolsetTest {
    private static final String META =
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

    @TempDir
    Path folder;

    private OpenDoors doors;

    @BeforeEach
    void open() {
        doors = OpenDoors.open(folder);
        doors.offer("one", "{\"type\":\"object\"}", "{}");
        doors.offer("pets/list", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/one", Reply.json("{\"done\":1}"));
        doors.tool().answer("/pets/list", Reply.json("{\"done\":2}"));
        doors.keep().toolset("fakes", List.of("fake"));
        doors.keep().toolset("mixed", List.of(), "fake.one", "keep.c*");
        doors.keep().toolset("secret", List.of("nobodys"));
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void aToolsetOfOneSourceServesItsToolsUnderTheirOwnNames() {
        assertThat(legacyNames("/mcp/fakes")).containsExactly("one", "pets/list");
        assertThat(modernNames("/mcp/fakes")).containsExactly("one", "pets/list");
        assertThat(restNames("/v1/tools?toolset=fakes")).containsExactly("one", "pets/list");
        assertThat(restNames("/v1/tools/search?q=pets&toolset=fakes")).containsExactly("pets/list");
        assertThat(called("/mcp/fakes", "pets/list")).contains("\\\"done\\\":2");
        assertThat(modern("/mcp/fakes", "tools/call", "\"name\":\"one\",\"arguments\":{}", "Mcp-Name", "one")
                        .body())
                .contains("\\\"done\\\":1");
        assertThat(doors.post("/v1/call/pets%2Flist?toolset=fakes", "").body()).isEqualTo("{\"done\":2}");
        for (String wrong : List.of("fake.one", "keep.clock", "fake.fake.one", "clock", ".one", "")) {
            assertThat(called("/mcp/fakes", wrong)).as(wrong).contains("no such tool for this caller");
        }
    }

    @Test
    void aToolsetOfSeveralSourcesKeepsFullNames() {
        assertThat(legacyNames("/mcp/mixed")).containsExactly("fake.one", "keep.clock");
        assertThat(called("/mcp/mixed", "fake.one")).contains("\\\"done\\\":1");
        assertThat(called("/mcp/mixed", "fake.pets/list")).contains("no such tool for this caller");
        assertThat(doors.post(
                                "/v1/call/keep.echo?toolset=mixed",
                                "{\"text\":\"x\"}",
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aToolsetNeverGrants() {
        doors.keep().toolset("all", List.of(), "*");
        String key = doors.keep().agent("outsider", "nothing");
        assertThat(doors.get("/v1/tools?toolset=all", "Authorization", "Bearer " + key)
                        .statusCode())
                .isEqualTo(404);
        assertThat(doors.post("/v1/call/fake.one?toolset=all", "", "Authorization", "Bearer " + key)
                        .statusCode())
                .isEqualTo(404);
        doors.keep().policy(OpenDoors.POLICY.replace("tools: [\"keep.*\", \"fake.*\"]", "tools: [\"keep.clock\"]"));
        assertThat(legacyNames("/mcp/all")).containsExactly("keep.clock");
    }

    @Test
    void unknownAndHiddenToolsetsGetTheSameRefusalAtEveryDoor() {
        for (String door : List.of("/utcp/", "/v1/tools?toolset=", "/v1/tools/search?q=x&toolset=")) {
            HttpResponse<String> hidden = doors.get(door + "secret");
            HttpResponse<String> unknown = doors.get(door + "nosuch");
            assertThat(hidden.statusCode()).as(door).isEqualTo(404);
            assertThat(bare(unknown)).isEqualTo(bare(hidden)).contains("toolset_not_found");
        }
        HttpResponse<String> hidden = doors.rpcAt("/mcp/secret", "tools/list", "{}");
        HttpResponse<String> unknown = doors.rpcAt("/mcp/no%2Fsuch", "tools/list", "{}");
        assertThat(hidden.statusCode()).isEqualTo(404);
        assertThat(bare(unknown)).isEqualTo(bare(hidden));
        assertThat(doors.rpcAt("/mcp/", "tools/list", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void theManualOfAToolsetHoldsItsToolsAndLeadsBackThroughIt() {
        JsonNode manual = OpenDoors.json(doors.get("/utcp/fakes").body());
        assertThat(names(manual.path("tools"))).containsExactly("one", "pets/list");
        for (JsonNode tool : manual.path("tools")) {
            URI url = URI.create(tool.path("tool_call_template").path("url").asString());
            assertThat(doors.post(url.getRawPath() + "?" + url.getRawQuery(), "{}", "Content-Type", "application/json")
                            .body())
                    .contains("done");
        }
    }

    @Test
    void aCursorOfOneEndpointIsWorthlessAtAnother() {
        String cursor = OpenDoors.json(
                        doors.get("/v1/tools?toolset=fakes&limit=1").body())
                .path("next")
                .asString();
        assertThat(doors.get("/v1/tools?toolset=fakes&limit=1&cursor=" + cursor).statusCode())
                .isEqualTo(200);
        doors.keep().toolset("twin", List.of("fake"));
        assertThat(doors.get("/v1/tools?toolset=twin&limit=1&cursor=" + cursor).statusCode())
                .isEqualTo(400);
        assertThat(doors.get("/v1/tools?limit=1&cursor=" + cursor).statusCode()).isEqualTo(400);
    }

    @Test
    void theJournalSaysByWhichToolsetACallCameAndTheFullName() {
        called("/mcp/fakes", "one");
        assertThat(doors.journal()).contains("\"tool\":\"fake.one\",\"toolset\":\"fakes\"");
    }

    private static String bare(HttpResponse<String> answer) {
        return answer.body().replaceAll("\"instance\":\"[^\"]*\"", "");
    }

    private String called(String path, String tool) {
        return doors.rpcAt(path, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":{}}")
                .body();
    }

    private List<String> legacyNames(String path) {
        return names(OpenDoors.json(doors.rpcAt(path, "tools/list", "{}").body())
                .path("result")
                .path("tools"));
    }

    private List<String> modernNames(String path) {
        return names(OpenDoors.json(modern(path, "tools/list", "").body())
                .path("result")
                .path("tools"));
    }

    private List<String> restNames(String path) {
        return names(OpenDoors.json(doors.get(path).body()).path("tools"));
    }

    private HttpResponse<String> modern(String path, String method, String params, String... headers) {
        List<String> all = new ArrayList<>(List.of(
                "Content-Type",
                "application/json",
                "Accept",
                "application/json, text/event-stream",
                "MCP-Protocol-Version",
                "2026-07-28",
                "Mcp-Method",
                method));
        all.addAll(List.of(headers));
        String members = params.isEmpty() ? META : META + "," + params;
        return doors.post(
                path,
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":{" + members + "}}",
                all.toArray(String[]::new));
    }

    private static List<String> names(JsonNode tools) {
        List<String> names = new ArrayList<>();
        tools.forEach(tool -> names.add(tool.path("name").asString()));
        return names;
    }
}
