package dev.toolkeep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad input at the socket: a 4xx problem or a JSON-RPC error, never a stack trace, a record, and a gateway that goes
/// on.
class HostileRequestTest {
    private static final String TINY = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @TempDir
    Path folder;

    private OpenDoors doors;

    @BeforeEach
    void open() {
        DoorOptions options = DoorOptions.loopback(0, "1.2.3")
                .withPatience(
                        new DoorOptions.Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(3)));
        doors = OpenDoors.open(folder, options);
    }

    @AfterEach
    void close() {
        doors.close();
    }

    @Test
    void brokenJsonIsAParseErrorAtMcpAndAProblemAtRest() throws Exception {
        byte[] loneSurrogate = "{\"text\":\"\\ud800\"}".getBytes(StandardCharsets.UTF_8);
        byte[] notUtf8 = {'{', '"', 't', '"', ':', '"', (byte) 0xff, '"', '}'};
        byte[] bom = "\ufeff{}".getBytes(StandardCharsets.UTF_8);
        List<byte[]> bodies = List.of(
                ascii("{\"a\":"),
                ascii("{\"a\":1,\"a\":2}"),
                ascii("{\"n\":1e400}"),
                ascii("{} {}"),
                ascii("[".repeat(100_000) + "]".repeat(100_000)),
                ascii("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)),
                ascii("{\"n\":NaN}"),
                ascii("nonsense"),
                loneSurrogate,
                notUtf8,
                bom);
        for (byte[] body : bodies) {
            String what = new String(Arrays.copyOf(body, Math.min(body.length, 20)), StandardCharsets.ISO_8859_1);
            RawPeer.Heard mcp = post("/mcp", body);
            assertThat(mcp.status()).as(what).isEqualTo(400);
            assertThat(OpenDoors.json(mcp.body()).path("error").path("code").asInt())
                    .as(what)
                    .isEqualTo(-32700);
            assertThat(OpenDoors.json(mcp.body()).path("id").isNull()).isTrue();
            RawPeer.Heard rest = post("/v1/call/keep.echo", body);
            assertThat(rest.status()).as(what).isEqualTo(400);
            assertThat(rest.header("content-type")).isEqualTo("application/problem+json");
            assertThat(OpenDoors.json(rest.body()).path("code").asString()).isEqualTo("malformed");
            assertQuiet(mcp);
            assertQuiet(rest);
        }
        recorded("\"malformed\"");
        recorded("rpc-32700");
    }

    @Test
    void aBodyThatSaysItIsTooLongIsRefusedBeforeItIsSent() throws Exception {
        try (RawPeer peer = new RawPeer(doors.port())) {
            RawPeer.Heard heard =
                    peer.say(head("/mcp", "Content-Length: 104857600\r\n")).hear();
            assertThat(heard.status()).isEqualTo(413);
            assertThat(heard.header("connection")).isEqualTo("close");
            assertThat(OpenDoors.json(heard.body()).path("code").asString()).isEqualTo("request_too_large");
            assertThat(peer.ends()).isTrue();
        }
        recorded("request_too_large");
    }

    @Test
    void aChunkedBodyIsRefusedAtTheCapWhateverFollows() throws Exception {
        try (RawPeer peer = new RawPeer(doors.port())) {
            peer.say(head("/v1/call/keep.echo", "Transfer-Encoding: chunked\r\n"));
            byte[] chunk = ascii("10000\r\n" + "x".repeat(0x10000) + "\r\n");
            RawPeer.Heard heard = null;
            try {
                for (int i = 0; i < 1600; i++) {
                    peer.say(chunk);
                }
            } catch (IOException cutOff) {
                // the gateway hung up on us in the middle of 100 MB
            }
            try {
                heard = peer.hear();
            } catch (IOException reset) {
                return; // hung up before its answer could be read
            }
            assertThat(heard.status()).isEqualTo(413);
        } finally {
            recorded("request_too_large");
        }
    }

    @Test
    void aBodyAtTheCapGetsInAndOneByteMoreDoesNot() throws Exception {
        String open = "{\"text\":\"";
        String fill = "x".repeat((1 << 20) - open.length() - 2);
        assertThat(post("/v1/call/keep.facts", ascii(open + fill + "\"}")).status())
                .isEqualTo(422);
        assertThat(post("/v1/call/keep.facts", ascii(open + fill + "x\"}")).status())
                .isEqualTo(413);
    }

    @Test
    void framingTricksNeverSplitOneRequestIntoTwo() throws Exception {
        String smuggled = "GET /healthz HTTP/1.1\r\nHost: " + host() + "\r\n\r\n";
        List<String> framings = List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Content-Length: 0\r\nContent-Length: " + smuggled.length() + "\r\n\r\n",
                "Content-Length: +0\r\n\r\n",
                "Content-Length: 0x0\r\n\r\n",
                "Content-Length: 0, 44\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: identity, chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n0;\n\r\n\r\n");
        for (String framing : framings) {
            try (RawPeer peer = new RawPeer(doors.port())) {
                peer.say("POST /v1/call/keep.clock HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer "
                        + doors.key() + "\r\nContent-Type: application/json\r\n" + framing + smuggled);
                RawPeer.Heard first = peer.hear();
                assertThat(first.status()).as(framing).isIn(0, 400, 413, 501);
                assertThat(peer.ends()).as(framing).isTrue();
            }
        }
    }

    @Test
    void whatIsNotHttpIsAProblemAndTheEnd() throws Exception {
        for (String garbage : List.of("\r\n\r\nhello\r\n\r\n", "GET\r\n\r\n", "\u0000\u0001\r\n\r\n")) {
            try (RawPeer peer = new RawPeer(doors.port())) {
                RawPeer.Heard heard = peer.say(garbage).hear();
                assertThat(heard.status()).as(garbage).isEqualTo(400);
                assertThat(heard.header("content-type")).isEqualTo("application/problem+json");
                assertThat(peer.ends()).isTrue();
                assertQuiet(heard);
            }
        }
    }

    @Test
    void anotherHttpIsNotSpoken() throws Exception {
        for (String preface : List.of("GET / HTTP/9.9\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            try (RawPeer peer = new RawPeer(doors.port())) {
                assertThat(peer.say(preface).hear().status()).as(preface).isIn(0, 400, 501, 505);
                assertThat(peer.ends()).as(preface).isTrue();
            }
        }
    }

    @Test
    void nothingIsReadAfterTheLastAnswer() throws Exception {
        try (RawPeer peer = new RawPeer(doors.port())) {
            String health = "GET /healthz HTTP/1.1\r\nHost: " + host() + "\r\n\r\n";
            peer.say("GET * HTTP/1.1\r\nHost: " + host() + "\r\n\r\n" + health + health);
            assertThat(peer.hear().status()).isEqualTo(400);
            assertThat(peer.ends()).isTrue();
        }
    }

    @Test
    void headersAndLinesHaveBounds() throws Exception {
        String big = "X-Big: " + "a".repeat(33 * 1024) + "\r\n";
        assertThat(RawPeer.ask(doors.port(), "GET /healthz HTTP/1.1\r\nHost: " + host() + "\r\n" + big + "\r\n")
                        .status())
                .isEqualTo(431);
        String fits = "X-Fits: " + "a".repeat(30 * 1024) + "\r\n";
        assertThat(RawPeer.ask(doors.port(), "GET /healthz HTTP/1.1\r\nHost: " + host() + "\r\n" + fits + "\r\n")
                        .status())
                .isEqualTo(200);
        assertThat(RawPeer.ask(doors.port(), "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n")
                        .status())
                .isEqualTo(414);
    }

    @Test
    void aTargetThatIsNoPathIsMalformed() throws Exception {
        for (String target : List.of("http://evil.example/healthz", "*", "healthz")) {
            RawPeer.Heard heard =
                    RawPeer.ask(doors.port(), "GET " + target + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n");
            assertThat(heard.status()).as(target).isEqualTo(400);
        }
    }

    @Test
    void aFormATextAndACompressedBodyAre415() throws Exception {
        for (String type : List.of(
                "Content-Type: text/plain\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: application/json; charset=utf-16\r\n",
                "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
                "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
                "")) {
            for (String path : List.of("/mcp", "/v1/call/keep.clock")) {
                RawPeer.Heard heard = RawPeer.ask(
                        doors.port(),
                        "POST " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer " + doors.key()
                                + "\r\n" + type + "Content-Length: " + TINY.length() + "\r\n\r\n" + TINY);
                assertThat(heard.status()).as(path + " " + type).isEqualTo(415);
            }
        }
    }

    @Test
    void aPeerThatDripsItsHeadIsCutOff() throws Exception {
        try (RawPeer peer = new RawPeer(doors.port())) {
            Thread drip = Thread.startVirtualThread(() -> drip(peer, "GET /healthz HTTP/1.1\r\nX: "));
            assertThat(peer.hear().status()).isZero();
            drip.interrupt();
        }
    }

    @Test
    void aPeerThatDripsItsBodyGets408() throws Exception {
        try (RawPeer peer = new RawPeer(doors.port())) {
            Thread drip = Thread.startVirtualThread(() -> drip(peer, head("/mcp", "Content-Length: 1000\r\n")));
            assertThat(peer.hear().status()).isEqualTo(408);
            assertThat(peer.ends()).isTrue();
            drip.interrupt();
        }
        recorded("request_timeout");
    }

    @Test
    void theConnectionIsKeptAfterARefusalThatWasReadToItsEnd() throws Exception {
        try (RawPeer peer = new RawPeer(doors.port())) {
            String unkeyed = "POST /mcp HTTP/1.1\r\nHost: " + host()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + TINY.length() + "\r\n\r\n" + TINY;
            assertThat(peer.say(unkeyed).hear().status()).isEqualTo(401);
            assertThat(peer.say("GET /healthz HTTP/1.1\r\nHost: " + host() + "\r\n\r\n")
                            .hear()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (RawPeer peer = new RawPeer(doors.port())) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                String ping = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"ping\"}".formatted(i);
                all.append(head("/mcp", "Content-Length: " + ping.length() + "\r\n"))
                        .append(ping);
            }
            peer.say(all.toString());
            for (int i = 0; i < 20; i++) {
                assertThat(OpenDoors.json(peer.hear().body()).path("id").asInt())
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void randomBytesNeverStopTheGateway() throws Exception {
        Random random = new Random(20260728);
        String good = head("/mcp", "Content-Length: " + TINY.length() + "\r\n") + TINY;
        for (int round = 0; round < 300; round++) {
            byte[] bytes = ascii(good);
            int edits = 1 + random.nextInt(6);
            for (int i = 0; i < edits; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try (RawPeer peer = new RawPeer(doors.port())) {
                peer.say(bytes);
                peer.socketEndsOutput();
                RawPeer.Heard heard = peer.hear();
                assertThat(heard.status()).as("round " + round).isNotEqualTo(500);
                assertQuiet(heard);
            }
        }
        assertThat(doors.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void oneConnectionTooManyIsClosed() throws Exception {
        doors.close();
        doors = OpenDoors.open(folder, DoorOptions.loopback(0, "1").withConnections(3));
        String health = "GET /healthz HTTP/1.1\r\nHost: " + host() + "\r\n\r\n";
        try (RawPeer one = new RawPeer(doors.port());
                RawPeer two = new RawPeer(doors.port());
                RawPeer three = new RawPeer(doors.port())) {
            for (RawPeer peer : List.of(one, two, three)) {
                assertThat(peer.say(health).hear().status()).isEqualTo(200);
            }
            try (RawPeer four = new RawPeer(doors.port())) {
                assertThat(four.ends()).isTrue();
            }
        }
        await().until(() -> RawPeer.ask(doors.port(), health).status() == 200);
    }

    private RawPeer.Heard post(String path, byte[] body) throws IOException {
        try (RawPeer peer = new RawPeer(doors.port())) {
            return peer.say(head(path, "Content-Length: " + body.length + "\r\n"))
                    .say(body)
                    .hear();
        }
    }

    private String head(String path, String framing) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + host() + "\r\nAuthorization: Bearer " + doors.key()
                + "\r\nContent-Type: application/json\r\n" + framing + "\r\n";
    }

    private String host() {
        return "127.0.0.1:" + doors.port();
    }

    private void recorded(String what) {
        await().until(() -> doors.journal().contains(what));
    }

    private static void drip(RawPeer peer, String first) {
        try {
            peer.say(first);
            while (!Thread.currentThread().isInterrupted()) {
                peer.say("a");
                Thread.sleep(Duration.ofMillis(50));
            }
        } catch (IOException | InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertQuiet(RawPeer.Heard heard) {
        assertThat(heard.body()).doesNotContain("Exception", "\tat ", "io.vertx", "io.netty", "tools.jackson");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
