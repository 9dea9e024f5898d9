package dev.toolkeep.protocol.mcp;

import static dev.toolkeep.protocol.mcp.FakeHttpServer.answerEvent;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.content;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.error;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.events;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.legacy;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.modern;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.more;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.result;
import static dev.toolkeep.protocol.mcp.FakeHttpServer.send;
import static dev.toolkeep.protocol.mcp.McpHouse.fault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.tool.ToolFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HttpServersTest extends HttpFixture {
    @Test
    void aModernCallSaysWhatItIsInHeadersAndBody() {
        FakeHttpServer server = serve(modern((request, exchange) -> result(request, exchange, content("hi"))));
        assertThat(house.text(server.record(), "größe")).isEqualTo("hi");
        FakeHttpServer.Seen call = server.seen("tools/call").getFirst();
        assertThat(call.header("MCP-Protocol-Version")).isEqualTo("2026-07-28");
        assertThat(call.header("Mcp-Method")).isEqualTo("tools/call");
        assertThat(call.header("Mcp-Name")).isEqualTo("=?base64?Z3LDtsOfZQ==?=");
        assertThat(call.header("Accept")).isEqualTo("application/json, text/event-stream");
        assertThat(call.header("Mcp-Session-Id")).isEmpty();
        assertThat(call.body().path("params").path("_meta").path("io.modelcontextprotocol/protocolVersion"))
                .hasToString("\"2026-07-28\"");
        assertThat(server.seen("initialize")).isEmpty();
    }

    @Test
    void aLegacySessionIsOpenedOnceCarriedAlongAndEnded() {
        FakeHttpServer server = serve(legacy("s-1", (request, exchange) -> result(request, exchange, content("hi"))));
        house.text(server.record(), "a");
        house.text(server.record(), "b");
        house.servers.close();
        assertThat(server.seen("initialize")).hasSize(1);
        assertThat(server.seen("notifications/initialized")).hasSize(1);
        assertThat(server.seen("tools/call")).hasSize(2).allSatisfy(call -> {
            assertThat(call.header("Mcp-Session-Id")).isEqualTo("s-1");
            assertThat(call.header("MCP-Protocol-Version")).isEqualTo("2025-11-25");
            assertThat(call.header("Mcp-Method")).isEmpty();
        });
        assertThat(server.seen.getLast().verb()).isEqualTo("DELETE");
        assertThat(server.seen.getLast().header("Mcp-Session-Id")).isEqualTo("s-1");
    }

    @Test
    void aForgottenSessionIsOpenedAgainAndTheCallRepeatedOnce() {
        AtomicBoolean forgotten = new AtomicBoolean(true);
        FakeHttpServer server = serve(legacy("s", (request, exchange) -> {
            if (forgotten.getAndSet(false)) {
                send(exchange, 404, "");
            } else {
                result(request, exchange, content("back"));
            }
        }));
        assertThat(house.text(server.record(), "a")).isEqualTo("back");
        assertThat(server.seen("initialize")).hasSize(2);
    }

    @Test
    void aSessionForgottenAgainAndAgainIsAFault() {
        FakeHttpServer server = serve(legacy("s", (request, exchange) -> send(exchange, 404, "")));
        assertThat(fault(house.send(server.record(), "a")).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(server.seen("tools/call")).hasSize(2);
        assertThat(house.list(server.record())).isInstanceOf(McpListed.Failed.class);
    }

    @Test
    void anUnknownMethodIsNoForgottenSession() {
        FakeHttpServer server = serve(legacy("s", (request, exchange) -> error(request, exchange, 404, -32601)));
        assertThat(fault(house.send(server.record(), "a")).kind()).isEqualTo(Kind.UPSTREAM_ERROR);
        assertThat(server.seen("tools/call")).hasSize(1);
    }

    @Test
    void aReplacedServerThatAnswers400IsNegotiatedWithByTheNextCall() {
        AtomicBoolean replaced = new AtomicBoolean(true);
        FakeHttpServer server = serve(legacy("s", (request, exchange) -> {
            if (replaced.getAndSet(false)) {
                error(request, exchange, 400, -32000);
            } else {
                result(request, exchange, content("back"));
            }
        }));
        assertThat(fault(house.send(server.record(), "a")).kind()).isEqualTo(Kind.UPSTREAM_ERROR);
        assertThat(house.text(server.record(), "a")).isEqualTo("back");
        assertThat(server.seen("initialize")).hasSize(2);
    }

    @Test
    void aStreamBringsProgressThenTheAnswer() {
        List<String> progress = new ArrayList<>();
        house.progress = event -> progress.add(event.toString());
        FakeHttpServer server = serve(modern((request, exchange) -> events(
                exchange,
                ": keep-alive\r\n\r\n",
                "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\r\nda",
                "ta: \"params\":{\"progressToken\":" + request.id() + ",\"progress\":1}}\r\n\r\n",
                "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":-5}}\n\n",
                "event: other\ndata: not json\n\n",
                "data: not json\n\n",
                answerEvent(request, "done"))));
        assertThat(house.text(server.record(), "a")).isEqualTo("done");
        assertThat(progress).containsExactly("{\"progress\":1}");
    }

    @Test
    void questionsOnTheStreamAreAnsweredByPostAndOnlyPingsWithYes() {
        List<String> answers = new CopyOnWriteArrayList<>();
        FakeHttpServer server = serve(legacy("s", (request, exchange) -> {
            if (request.method().isEmpty()) {
                answers.add(request.body().toString());
                exchange.sendResponseHeaders(202, -1);
                return;
            }
            events(
                    exchange,
                    "data: {\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}\n\n",
                    "data: {\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"elicitation/create\",\"params\":{}}\n\n");
            await().until(() -> answers.size() == 2);
            more(exchange, answerEvent(request, "done"));
        }));
        assertThat(house.text(server.record(), "a")).isEqualTo("done");
        assertThat(answers)
                .anyMatch(answer -> answer.contains("\"id\":\"p\",\"result\":{}"))
                .anyMatch(answer -> answer.contains("\"id\":0,\"error\":{\"code\":-32601"));
    }

    @Test
    void aBrokenLegacyStreamIsTakenUpAgainWhereItStopped() {
        FakeHttpServer server = serve(legacy("s", (request, exchange) -> {
            if (request.verb().equals("GET")) {
                String id = request.header("Last-Event-ID").replace("event-of-", "");
                events(
                        exchange,
                        "data: {\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + content("late") + "}\n\n");
            } else {
                events(exchange, "retry: 1\nid: event-of-" + request.id() + "\ndata:\n\n");
            }
        }));
        assertThat(house.text(server.record(), "a")).isEqualTo("late");
    }

    @Test
    void aStreamThatEndsWithoutAnAnswerIsAFault() {
        FakeHttpServer server = serve(modern((request, exchange) -> events(exchange, "id: 1\ndata:\n\n")));
        assertThat(fault(house.send(server.record(), "a")).kind()).isEqualTo(Kind.UNREACHABLE);
        FakeHttpServer old = serve(legacy("s", (request, exchange) -> events(exchange, "retry: 1\nid: 1\ndata:\n\n")));
        assertThat(fault(house.send(old.record(), "a")).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void argumentsAreRepeatedAsHeadersOnceTheServerInsists() {
        FakeHttpServer server = serve(modern((request, exchange) -> {
            switch (request.method()) {
                case "tools/list" ->
                    result(
                            request,
                            exchange,
                            "{\"resultType\":\"complete\",\"tools\":[{\"name\":\"a\",\"inputSchema\":"
                                    + "{\"type\":\"object\",\"properties\":{\"message\":{\"type\":\"string\","
                                    + "\"x-mcp-header\":\"Message\"}}}}]}");
                default -> {
                    if (request.header("Mcp-Param-Message").equals("hello")) {
                        result(request, exchange, content("seen"));
                    } else {
                        error(request, exchange, 400, -32020);
                    }
                }
            }
        }));
        assertThat(house.text(server.record(), "a")).isEqualTo("seen");
        assertThat(house.text(server.record(), "a")).isEqualTo("seen");
        assertThat(server.seen("tools/call")).hasSize(3);
    }

    @Test
    void secretsAreFilledIntoHeadersAndOtherSecretsGetAnotherSession() {
        FakeHttpServer server = serve(legacy("s", (request, exchange) -> result(request, exchange, content("hi"))));
        var record = server.record(Map.of("Authorization", "Bearer ${TOKEN}"));
        assertThat(fault(house.send(record, "a")).kind()).isEqualTo(Kind.MISSING_SECRET);
        house.secrets = name -> "one";
        house.text(record, "a");
        house.secrets = name -> "two";
        house.text(record, "a");
        assertThat(server.seen("tools/call"))
                .extracting(call -> call.header("Authorization"))
                .containsExactly("Bearer one", "Bearer two");
        assertThat(server.seen("initialize")).hasSize(2);
        house.secrets = name -> "three\r\nEvil: yes";
        assertThat(fault(house.send(record, "a")).kind()).isEqualTo(Kind.BAD_REQUEST);
    }
}
