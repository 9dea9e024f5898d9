package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.engine.Engine;
import dev.toolkeep.journal.JournalVerifier;
import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.testkit.fake.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppingTest {
    @TempDir
    Path temp;

    private final FakeManuals publisher = FakeManuals.start();
    private Path data = Path.of("");

    @BeforeEach
    void offer() {
        data = temp.resolve("data");
        publisher.offer(FakeManuals.Offered.of("slow"));
        publisher.server().answer("/tools/slow", new Reply.Held(Reply.json("\"done\"")));
    }

    @AfterEach
    void close() {
        publisher.close();
    }

    private House start(Duration drain) throws CannotStart {
        return House.start(HouseOptions.at(data).withPorts(0, 0).withDrain(drain));
    }

    private CompletableFuture<HttpResponse<String>> openCall(Client client) throws Exception {
        client.use(publisher);
        CompletableFuture<HttpResponse<String>> call = client.begin("fake.slow", "{\"body\":{}}");
        await().atMost(Duration.ofMinutes(1)).until(() -> publisher.server().open() == 1);
        return call;
    }

    @Test
    void anOpenCallEndsBeforeTheHouseDoes() throws Exception {
        House house = start(Duration.ofMinutes(2));
        try (Client client = new Client(house.running(), data)) {
            CompletableFuture<HttpResponse<String>> call = openCall(client);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(house::close);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThatThrownBy(() -> knock(house.gatewayPort()))
                            .as("nobody new comes in")
                            .isInstanceOf(ConnectException.class));
            assertThat(closing.isDone()).isFalse();
            knock(house.consolePort());
            publisher.server().release();
            assertThat(call.join().body()).isEqualTo("\"done\"");
            closing.join();
            assertThatThrownBy(() -> knock(house.consolePort())).isInstanceOf(ConnectException.class);
        }
        assertThat(DataFolder.presence(data)).isEqualTo(new Presence.Nobody());
        assertThat(records()).contains("call.closed").doesNotContain("call.unknown");
        assertWhole();
    }

    @Test
    void aCallThatDoesNotEndIsCutOffAndTheStopIsBounded() throws Exception {
        House house = start(Duration.ofMillis(1));
        try (Client client = new Client(house.running(), data)) {
            CompletableFuture<HttpResponse<String>> call = openCall(client);
            house.close();
            assertThatThrownBy(call::join).isInstanceOf(CompletionException.class);
        }
        assertThat(data.resolve(DataFolder.SERVER)).doesNotExist();
        assertWhole();
        try (House again = start(Duration.ofSeconds(1))) {
            assertThat(again.unknown())
                    .as("how it ended is known, or said to be unknown")
                    .hasSizeLessThan(2);
            assertThat(records()).containsAnyOf("call.closed", "call.unknown");
        }
        assertWhole();
    }

    private static void knock(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    private void assertWhole() throws IOException {
        assertThat(new JournalVerifier(data.resolve("journal"), Engine.journalKey(data)).verify())
                .isInstanceOf(JournalVerifier.Verdict.Whole.class);
    }

    private String records() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
