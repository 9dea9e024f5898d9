package dev.toolkeep.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.e2e.badinput.AtTheDoor.Heard;
import dev.toolkeep.journal.Written;
import dev.toolkeep.start.CannotStart;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.databind.JsonNode;

/// Requests that are well-formed and ask for what is not, or say who they are not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class RefusedRequestTest {
    private OpenHouse house;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, CannotStart {
        house = OpenHouse.in(folder);
    }

    @AfterAll
    void close() {
        house.close();
    }

    @ParameterizedTest
    @EnumSource
    void aForgedKeyIsRefusedEverywhereInTheSameWords(AtTheDoor door) throws IOException {
        String good = door == AtTheDoor.CONSOLE ? house.operatorToken() : house.agentKey();
        String last = good.endsWith("A") ? "B" : "A";
        String forged = good.substring(0, good.length() - 1) + last;
        String words = unauthenticated(door, "Bearer " + forged);
        assertThat(unauthenticated(door, "Bearer tk_nobody")).isEqualTo(words);
        assertThat(unauthenticated(door, "Basic " + good)).isEqualTo(words);
        unauthenticated(door, "");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "CONSOLE")
    void anOperatorsKeyOpensNoDoorOfTheGateway(AtTheDoor door) throws IOException {
        unauthenticated(door, "Bearer " + house.operatorToken());
    }

    @Test
    void anAgentsKeyOpensNoDoorOfTheConsole() throws IOException {
        long before = house.lastRecord();
        Heard heard = AtTheDoor.CONSOLE.send(
                house, AtTheDoor.CONSOLE.body("\"a\""), Map.of("Authorization", "Bearer " + house.agentKey()));
        assertThat(heard.status()).isEqualTo(403);
        AtTheDoor.CONSOLE.assertProblem(heard, "forbidden");
        recorded(before, AtTheDoor.CONSOLE::recorded);
    }

    @ParameterizedTest
    @EnumSource
    void aForgedHostIsRefused(AtTheDoor door) throws IOException {
        long before = house.lastRecord();
        Heard heard = door.send(house, door.body("\"a\""), Map.of("Host", "evil.example"));
        assertThat(heard.status()).as(heard.body()).isBetween(400, 499);
        recorded(before, door::recorded);
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfAnotherOriginIsRefused(AtTheDoor door) throws IOException {
        long before = house.lastRecord();
        Heard heard = door.send(house, door.body("\"a\""), Map.of("Origin", "https://evil.example"));
        assertThat(heard.status()).as(heard.body()).isEqualTo(403);
        recorded(before, door::recorded);
    }

    @Test
    void anUnknownToolIsRefusedInEveryDoorsForm() throws IOException {
        long before = house.lastRecord();
        HttpResponse<String> rest = house.call("keep.none", "{}");
        assertThat(rest.statusCode()).isEqualTo(404);
        assertThat(OpenHouse.json(rest.body()).path("code").asString()).isEqualTo("tool_not_found");
        recorded(before, refused("tool_not_found", "REST"));

        for (AtTheDoor door : new AtTheDoor[] {AtTheDoor.MCP_2025, AtTheDoor.MCP_2026}) {
            before = house.lastRecord();
            Heard heard = door.send(house, renamed(door, "keep.none"), Map.of("Mcp-Name", "keep.none"));
            assertThat(heard.json().path("error").path("code").asInt())
                    .as(heard.body())
                    .isEqualTo(-32602);
            recorded(before, refused("tool_not_found", "MCP"));
        }
        HttpResponse<String> console = house.admin().tryAsk("GET", "/tools/show?name=keep.none", Json.object());
        assertThat(console.statusCode()).isEqualTo(404);
    }

    @Test
    void wrongArgumentsAreRefusedInEveryDoorsForm() throws IOException {
        long before = house.lastRecord();
        Heard rest = AtTheDoor.REST.send(house, AtTheDoor.REST.body("7"), Map.of());
        assertThat(rest.status()).isEqualTo(422);
        AtTheDoor.REST.assertProblem(rest, "bad_arguments");
        recorded(before, refused("bad_arguments", "REST"));

        for (AtTheDoor door : new AtTheDoor[] {AtTheDoor.MCP_2025, AtTheDoor.MCP_2026}) {
            before = house.lastRecord();
            JsonNode result = door.send(house, door.body("7"), Map.of()).json().path("result");
            assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
            assertThat(result.path("_meta")
                            .path("dev.toolkeep/refusal")
                            .path("code")
                            .asString())
                    .isEqualTo("bad_arguments");
            recorded(before, refused("bad_arguments", "MCP"));
        }
        before = house.lastRecord();
        Heard console = AtTheDoor.CONSOLE.send(house, AtTheDoor.CONSOLE.body("7"), Map.of());
        assertThat(console.status()).as(console.body()).isBetween(400, 499);
        recorded(before, AtTheDoor.CONSOLE::recorded);
    }

    @Test
    void anUnsupportedRevisionIsRefusedWithThoseThatAreSpoken() throws IOException {
        long before = house.lastRecord();
        Heard heard = AtTheDoor.MCP_2026.send(
                house,
                text(AtTheDoor.MCP_2026).replace("2026-07-28", "1999-12-31").getBytes(StandardCharsets.UTF_8),
                Map.of("MCP-Protocol-Version", "1999-12-31"));
        assertThat(heard.status()).isEqualTo(400);
        JsonNode error = heard.json().path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32022);
        assertThat(error.path("data").path("supported").toString()).contains("2026-07-28");
        recorded(before, AtTheDoor.MCP_2026::recorded);
    }

    @ParameterizedTest
    @EnumSource(names = "MCP_2026")
    void aHeaderThatSaysOtherThanTheBodyIsRefused(AtTheDoor door) throws IOException {
        for (Map<String, String> lie :
                List.of(Map.of("Mcp-Name", "keep.clock"), Map.of("Mcp-Method", "tools/list"), Map.of("Mcp-Name", ""))) {
            long before = house.lastRecord();
            Heard heard = door.send(house, door.body("\"a\""), lie);
            assertThat(heard.status()).as(lie + ": " + heard.body()).isEqualTo(400);
            assertThat(heard.json().path("error").path("code").asInt()).isEqualTo(-32020);
            recorded(before, door::recorded);
        }
    }

    private String unauthenticated(AtTheDoor door, String authorization) throws IOException {
        long before = house.lastRecord();
        Heard heard = door.send(house, door.body("\"a\""), Map.of("Authorization", authorization));
        assertThat(heard.status()).as(heard.body()).isEqualTo(401);
        assertThat(heard.headers()).containsKey("WWW-Authenticate");
        door.assertProblem(heard, "unauthenticated");
        recorded(before, door::recorded);
        return heard.json().path("detail").asString();
    }

    private void recorded(long before, Predicate<Written> wanted) {
        assertThat(house.record(before, wanted).text("address")).isEqualTo("127.0.0.1");
    }

    private static Predicate<Written> refused(String code, String door) {
        return record -> record.type().equals("call.refused")
                && record.text("code").equals(code)
                && record.text("door").equals(door)
                && record.text("caller").equals("agent");
    }

    private static byte[] renamed(AtTheDoor door, String tool) {
        return text(door).replace("keep.echo", tool).getBytes(StandardCharsets.UTF_8);
    }

    private static String text(AtTheDoor door) {
        return new String(door.body("\"a\""), StandardCharsets.UTF_8);
    }
}
