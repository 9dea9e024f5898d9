package dev.toolkeep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.testkit.fake.Reply;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A caller that hangs up or cancels takes its call back: the tool's server sees its connection end, the journal says
/// that the call was cancelled, and the caller's share is free again.
class WithdrawnCallTest {
    @TempDir
    Path folder;

    private OpenDoors doors;

    @BeforeEach
    void open() {
        doors = OpenDoors.open(folder);
        doors.tool().answer("/slow", new Reply.Held(Reply.json("{\"done\":true}")));
        doors.offer("slow", "{}", "{}");
        doors.keep().policy(OpenDoors.POLICY.replace("concurrent: 1000", "concurrent: 1"));
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void aPeerThatHangsUpCancelsItsCallAtEveryDoor() throws IOException {
        hangUp("POST /v1/call/fake.slow HTTP/1.1\r\n", "{}", 1);
        hangUp("POST /v1/call/fake.slow HTTP/1.1\r\nAccept: text/event-stream\r\n", "{}", 2);
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"fake.slow\"}}";
        hangUp("POST /mcp HTTP/1.1\r\n", call, 3);
        String modern = call.replace(
                "\"fake.slow\"",
                "\"fake.slow\",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}}");
        String head = String.join(
                "\r\n",
                "POST /mcp HTTP/1.1",
                "MCP-Protocol-Version: 2026-07-28",
                "Mcp-Method: tools/call",
                "Mcp-Name: fake.slow",
                "");
        hangUp(head, modern, 4);
    }

    private void hangUp(String head, String body, int cancelled) throws IOException {
        int before = doors.tool().count();
        try (RawPeer peer = new RawPeer(doors.port())) {
            peer.say((head + "Host: 127.0.0.1:" + doors.port() + "\r\nAuthorization: Bearer " + doors.key()
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body)
                    .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> doors.tool().count() > before);
        }
        await().untilAsserted(
                        () -> assertThat(count("\"outcome\":\"cancelled\"")).isEqualTo(cancelled));
        assertThat(count("call.opened")).isEqualTo(count("call.closed"));
    }

    @Test
    void aLegacyClientCancelsByTheIdOfItsRequest() {
        CompletableFuture<HttpResponse<String>> call = rpc("\"one\"");
        await().until(() -> doors.tool().count() == 1);
        assertThat(cancel("\"two\"").statusCode()).isEqualTo(202);
        assertThat(cancel("\"one\"", doors.keep().agent("bob", "agent")).statusCode())
                .isEqualTo(202);
        assertThat(call).isNotDone();
        assertThat(cancel("\"one\"").statusCode()).isEqualTo(202);
        assertThat(OpenDoors.json(call.join().body())
                        .at("/result/_meta/dev.toolkeep~1fault/code")
                        .asString())
                .isEqualTo("cancelled");
        assertThat(doors.journal()).contains("\"outcome\":\"cancelled\"");
    }

    @Test
    void whereTwoOpenRequestsShareAnIdNeitherIsCancelled() {
        doors.keep().policy(OpenDoors.POLICY);
        CompletableFuture<HttpResponse<String>> one = rpc("5");
        CompletableFuture<HttpResponse<String>> other = rpc("5");
        await().until(() -> doors.tool().count() == 2);
        cancel("5");
        doors.tool().release();
        assertThat(one.join().body()).contains("done");
        assertThat(other.join().body()).contains("done");
        assertThat(doors.journal()).doesNotContain("\"outcome\":\"cancelled\"");
    }

    @Test
    void aCancellationOfNothingIsNoError() {
        for (String params : new String[] {"{}", "{\"requestId\":null}", "{\"requestId\":{}}", "{\"requestId\":99}"}) {
            assertThat(notify(params, doors.key()).statusCode()).isEqualTo(202);
        }
    }

    private CompletableFuture<HttpResponse<String>> rpc(String id) {
        return CompletableFuture.supplyAsync(
                () -> doors.post(
                        "/mcp",
                        "{\"jsonrpc\":\"2.0\",\"id\":" + id
                                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"fake.slow\"}}",
                        "Content-Type",
                        "application/json"),
                Thread::startVirtualThread);
    }

    private HttpResponse<String> cancel(String id) {
        return cancel(id, doors.key());
    }

    private HttpResponse<String> cancel(String id, String key) {
        return notify("{\"requestId\":" + id + ",\"reason\":\"enough\"}", key);
    }

    private HttpResponse<String> notify(String params, String key) {
        return doors.post(
                "/mcp",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":" + params + "}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + key);
    }

    private long count(String text) {
        return doors.journal().lines().filter(line -> line.contains(text)).count();
    }
}
