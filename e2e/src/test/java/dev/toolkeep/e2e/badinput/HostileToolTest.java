package dev.toolkeep.e2e.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.e2e.badinput.AtTheDoor.Heard;
import dev.toolkeep.journal.Written;
import dev.toolkeep.start.CannotStart;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Sources and tools that mean harm, from the console where they are added to the journal where their calls end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class HostileToolTest {
    private static final String POLICY = """
            rules:
              - id: all
                effect: allow
                callers: { roles: [agent] }
                tools: ["*"]
            limits:
              - tools: ["child.hang"]
                deadline: 300ms
              - tools: ["child.echo"]
                callsPerMinute: 10000
            """;

    private Path folder = Path.of("");
    private OpenHouse house;

    @BeforeAll
    void open(@TempDir Path fresh) throws IOException, CannotStart {
        folder = fresh;
        house = OpenHouse.in(folder.resolve("data"));
        house.admin().policy(POLICY);
        house.admin().source("child", HostileChild.origin());
        house.admin().approve("child");
    }

    @AfterAll
    void close() {
        house.close();
    }

    @Test
    void aChildThatPrintsGarbageIsAFault() throws IOException {
        fault("child.garbage", 502, "tool_unreachable");
        alive();
    }

    @Test
    void aChildThatHangsIsTimedOut() throws IOException {
        fault("child.hang", 504, "tool_timed_out");
        alive();
    }

    @Test
    void aChildThatDiesInACallIsAFaultAndIsStartedAgain() throws IOException {
        fault("child.die", 502, "tool_unreachable");
        alive();
    }

    @Test
    void aChildThatOnlyMakesNoiseIsNoSource() {
        HttpResponse<String> answer = house.admin().trySource("noisy", HostileChild.origin("noise"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
        assertThat(OpenHouse.json(answer.body()).path("code").asString()).isEqualTo("tool_unreachable");
        alive();
    }

    @Test
    void aManualThatPointsAtTheMetadataAddressReachesNothing() throws IOException {
        String[] urls = {
            "http://169.254.169.254/latest/meta-data/",
            "http://2852039166/",
            "http://0xa9fea9fe/",
            "http://[::ffff:169.254.169.254]/",
            "http://169.254.169.254./"
        };
        for (int i = 0; i < urls.length; i++) {
            String source = "meta" + i;
            Path manual = manual(source, "{\"type\":\"object\"}", urls[i]);
            HttpResponse<String> added = house.admin().trySource(source, origin(manual));
            assertThat(added.statusCode()).as(urls[i] + ": " + added.body()).isEqualTo(201);
            if (!house.admin().tools(source).isEmpty()
                    && !house.admin().tools(source).path(0).has("unsupported")) {
                house.admin().approve(source);
                long before = house.lastRecord();
                HttpResponse<String> answer = house.call(source + ".tool", "{}");
                assertThat(answer.statusCode())
                        .as(urls[i] + ": " + answer.body())
                        .isEqualTo(502);
                assertThat(OpenHouse.json(answer.body()).path("code").asString())
                        .isEqualTo("egress_denied");
                closed(before, source + ".tool", "egress_denied");
            }
        }
        HttpResponse<String> answer = house.admin()
                .trySource("meta", "{\"kind\":\"manual\",\"location\":\"http://169.254.169.254/manual.json\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(502);
        assertThat(OpenHouse.json(answer.body()).path("code").asString()).isEqualTo("egress_denied");
    }

    @Test
    void aPatternThatBacktracksForEverIsJudgedInLinearTime() throws IOException {
        Path manual = manual("slow", pattern("^(([a-z])+.)+[A-Z]([a-z])+$"), "https://tools.example/x");
        house.admin().source("slow", origin(manual));
        house.admin().approve("slow");
        long before = house.lastRecord();
        HttpResponse<String> answer = house.call("slow.tool", "{\"a\":\"" + "a".repeat(50_000) + "!\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(OpenHouse.json(answer.body()).path("code").asString()).isEqualTo("bad_arguments");
        house.record(
                before,
                record -> record.type().equals("call.refused")
                        && record.text("tool").equals("slow.tool")
                        && record.text("code").equals("bad_arguments"));
    }

    @Test
    void aPatternThatCannotBeJudgedInLinearTimeMakesNoTool() throws IOException {
        for (String pattern : new String[] {"^(a+)\\\\1$", "(?=a)b", "((a{1,1000}){1,1000}){1,1000}"}) {
            String source = "odd" + Integer.toHexString(pattern.hashCode()).replace("-", "");
            house.admin().source(source, origin(manual(source, pattern(pattern), "https://tools.example/x")));
            HttpResponse<String> answer = house.call(source + ".tool", "{\"a\":\"aa\"}");
            assertThat(answer.statusCode()).as(pattern + ": " + answer.body()).isEqualTo(403);
            JsonNode tool = house.admin().tools(source).path(0);
            assertThat(tool.path("unsupported").asString(""))
                    .as(pattern + ": " + tool)
                    .contains("pattern");
        }
    }

    /// Calls it through every door that calls tools.
    private void fault(String tool, int status, String code) throws IOException {
        long before = house.lastRecord();
        HttpResponse<String> rest = house.call(tool, "{}");
        assertThat(rest.statusCode()).as(rest.body()).isEqualTo(status);
        assertThat(OpenHouse.json(rest.body()).path("code").asString()).isEqualTo(code);
        closed(before, tool, code);
        for (AtTheDoor door : new AtTheDoor[] {AtTheDoor.MCP_2025, AtTheDoor.MCP_2026}) {
            before = house.lastRecord();
            String body = new String(door.body("\"a\""), StandardCharsets.UTF_8).replace("keep.echo", tool);
            Heard heard = door.send(house, body.getBytes(StandardCharsets.UTF_8), Map.of("Mcp-Name", tool));
            JsonNode result = heard.json().path("result");
            assertThat(result.path("isError").asBoolean()).as(heard.body()).isTrue();
            assertThat(result.path("_meta")
                            .path("dev.toolkeep/fault")
                            .path("code")
                            .asString())
                    .isEqualTo(code);
            closed(before, tool, code);
        }
    }

    /// The call was opened before anything happened, and closed as failed.
    private void closed(long before, String tool, String code) {
        Written opened = house.record(
                before,
                record -> record.type().equals("call.opened")
                        && record.text("tool").equals(tool));
        Written closed = house.record(
                before,
                record -> record.type().equals("call.closed")
                        && record.text("call").equals(opened.text("call")));
        assertThat(closed.text("outcome")).isEqualTo("failed");
        assertThat(closed.text("code")).isEqualTo(code);
    }

    /// A server that ended twice in a row is given a pause before it is started again.
    private void alive() {
        HttpResponse<String> answer = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> house.call("child.echo", "{}"), heard -> heard.statusCode() == 200);
        assertThat(answer.body()).contains("still here");
    }

    private Path manual(String name, String inputs, String url) throws IOException {
        Path file = folder.resolve(name + ".json");
        Files.writeString(file, """
                {"utcp_version":"1.1.0","manual_version":"1.0.0","tools":[{"name":"tool","description":"Does it.",
                 "inputs":%s,"outputs":{},
                 "tool_call_template":{"call_template_type":"http","http_method":"GET","url":"%s"}}]}
                """.formatted(inputs, url));
        return file;
    }

    private static String pattern(String pattern) {
        return "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"pattern\":\"" + pattern + "\"}}}";
    }

    private static String origin(Path manual) {
        return "{\"kind\":\"manual\",\"location\":\"" + manual + "\"}";
    }
}
