package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.JournalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes at the socket that are no honest request: each ends in a problem or a closed connection, and the console goes
/// on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBytesTest {
    private OpenConsole console;

    @BeforeAll
    void open(@TempDir Path folder) {
        console = OpenConsole.open(
                folder,
                Stores.inMemory(),
                ConsoleOptions.loopback(0).withPatience(Duration.ofMillis(1500)),
                new JournalOptions(1 << 20, 65_536, false));
    }

    @AfterAll
    void close() {
        console.close();
    }

    /// Framings of which two readers could see two different bodies; `HIDDEN` is a second request in the first's body.
    static List<String> framings() {
        return List.of(
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nHIDDEN",
                "Content-Length: 0\r\nContent-Length: 60\r\n\r\nHIDDEN",
                "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}HIDDEN",
                "Content-Length: 0, 60\r\n\r\nHIDDEN",
                "Content-Length: +0\r\n\r\nHIDDEN",
                "Content-Length: -1\r\n\r\nHIDDEN",
                "Content-Length: 0x0\r\n\r\nHIDDEN",
                "Content-Length: 99999999999999999999\r\n\r\nHIDDEN",
                "Content-Length: a\r\n\r\nHIDDEN",
                "Content-Length : 0\r\n\r\nHIDDEN",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\nHIDDEN",
                "X: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\nHIDDEN",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\nHIDDEN");
    }

    @ParameterizedTest
    @MethodSource("framings")
    void aBodyOfTwoReadingsIsRefusedAndTheConnectionEnds(String framing) throws Exception {
        int added = console.rooms().agents().list().size();
        String body = "{\"id\":\"smuggled\"}";
        String hidden = head("POST /api/v1/agents") + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawClient client = new RawClient(console.port())) {
            client.say(head("POST /api/v1/policy/check") + framing.replace("HIDDEN", hidden));
            RawClient.Heard heard = client.hear();
            assertThat(heard.status()).isIn(0, 400, 405, 413);
            assertThat(client.ends()).isTrue();
        }
        assertThat(console.rooms().agents().list()).hasSize(added);
    }

    @Test
    void whatIsNotHttpIsAProblemOrTheEnd() throws Exception {
        List<String> garbage = List.of(
                "hello\r\n\r\n",
                "GET\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET / FTP/1.1\r\n\r\n",
                "\u0000\u0000\u0000\u0000\r\n\r\n");
        for (String bytes : garbage) {
            RawClient.Heard heard = RawClient.ask(console.port(), bytes);
            assertThat(heard.status()).as(bytes).isIn(0, 400, 421);
            assertThat(heard.body()).doesNotContain("Exception", "Tomcat");
        }
        assertAlive();
    }

    @Test
    void headersOverTheirBoundAreAProblem() throws Exception {
        String start = "GET /api/v1/facts HTTP/1.1\r\nHost: " + console.host() + "\r\n";
        for (String headers : List.of(
                "X-Long: " + "x".repeat(40_000) + "\r\n",
                "X-Many: y\r\n".repeat(2000),
                "X".repeat(40_000) + ": y\r\n")) {
            console.nextSecond();
            RawClient.Heard heard = RawClient.ask(console.port(), start + headers + "\r\n");
            assertThat(heard.status()).isIn(0, 400, 431);
        }
        assertThat(RawClient.ask(console.port(), "GET /" + "a".repeat(40_000) + " HTTP/1.1\r\n\r\n")
                        .status())
                .isIn(0, 400, 414);
        assertAlive();
    }

    @Test
    void aHeadAtTheBoundGetsIn() throws Exception {
        RawClient.Heard heard =
                RawClient.ask(console.port(), head("GET /api/v1/facts") + "X-Long: " + "x".repeat(12_000) + "\r\n\r\n");
        assertThat(heard.status()).isEqualTo(200);
    }

    @Test
    void twoRequestsOnOneConnectionAreJudgedEachByItsOwnKey() throws Exception {
        try (RawClient client = new RawClient(console.port())) {
            client.say(head("GET /api/v1/facts") + "\r\nGET /api/v1/facts HTTP/1.1\r\nHost: " + console.host()
                    + "\r\n\r\n");
            assertThat(client.hear().status()).isEqualTo(200);
            assertThat(client.hear().status()).isEqualTo(401);
        }
    }

    @Test
    void aSilentConnectionIsClosed() throws Exception {
        try (RawClient nothing = new RawClient(console.port());
                RawClient half = new RawClient(console.port())) {
            half.say("GET /api/v1/facts HTTP/1.1\r\nHo");
            assertThat(nothing.ends()).isTrue();
            assertThat(half.hear().status()).isIn(0, 400, 408);
        }
    }

    @Test
    void aBodyThatNeverComesIsAProblem() throws Exception {
        console.refused("request_timed_out", () -> {
            try (RawClient client = new RawClient(console.port())) {
                client.say(head("POST /api/v1/policy/check") + "Content-Length: 100\r\n\r\n{\"yaml\":");
                RawClient.Heard heard = client.hear();
                assertThat(heard.status()).isEqualTo(408);
                assertThat(heard.body()).contains("\"code\":\"request_timed_out\"", "\"advice\":");
                assertThat(client.ends()).isTrue();
            }
        });
    }

    @Test
    void aBodyThatDripsGainsNoTime() throws Exception {
        try (RawClient client = new RawClient(console.port());
                ExecutorService dripping = Executors.newVirtualThreadPerTaskExecutor()) {
            client.say(head("POST /api/v1/policy/check") + "Content-Length: 1000000\r\n\r\n");
            CountDownLatch heard = new CountDownLatch(1);
            Future<?> drip = dripping.submit(() -> drip(client, heard));
            try {
                assertThat(client.hear().status()).isEqualTo(408);
            } finally {
                heard.countDown();
            }
            drip.get();
        }
    }

    @Test
    void aBodyThatEndsEarlyIsForgotten() throws Exception {
        int before = console.rooms().agents().list().size();
        try (RawClient client = new RawClient(console.port())) {
            client.say(head("POST /api/v1/agents") + "Content-Length: 100\r\n\r\n{\"id\":\"early\"}");
            client.endOutput();
            assertThat(client.hear().status()).isIn(0, 400);
        }
        assertThat(console.rooms().agents().list()).hasSize(before);
    }

    @Test
    void manyIdleConnectionsKeepNobodyOut() throws Exception {
        List<RawClient> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                idle.add(new RawClient(console.port()).say("GET / HTTP/1.1\r\n"));
            }
            assertAlive();
        } finally {
            for (RawClient client : idle) {
                client.close();
            }
        }
    }

    /// A byte now and then, each well within the patience for the next.
    private static boolean drip(RawClient client, CountDownLatch heard) throws Exception {
        try {
            while (!heard.await(20, TimeUnit.MILLISECONDS)) {
                client.say(" ");
            }
        } catch (IOException e) {
            // closed, as it should be
        }
        return true;
    }

    private void assertAlive() {
        assertThat(console.get("/facts").status()).isEqualTo(200);
    }

    private String head(String target) {
        return target + " HTTP/1.1\r\nHost: " + console.host() + "\r\nAuthorization: Bearer " + console.operatorKey()
                + "\r\nContent-Type: application/json\r\n";
    }
}
