package dev.toolkeep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.testkit.fake.Reply;
import io.vertx.core.Future;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppingTest {
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
    void anOpenCallEndsAndANewOneFindsNobody() {
        doors.offer("slow", "{\"type\":\"object\"}", "{}");
        doors.tool().answer("/slow", new Reply.Held(Reply.json("\"done\"")));
        CompletableFuture<HttpResponse<String>> open = doors.client()
                .sendAsync(
                        doors.request(
                                "POST",
                                "/v1/call/fake.slow",
                                HttpRequest.BodyPublishers.ofString("{}"),
                                "Content-Type",
                                "application/json"),
                        HttpResponse.BodyHandlers.ofString());
        await().until(() -> doors.tool().open() == 1);
        int port = doors.port();
        Future<Void> stopped = doors.server().stop(Duration.ofSeconds(20));
        await().untilAsserted(() ->
                assertThatThrownBy(() -> new RawPeer(port).close()).isInstanceOf(java.io.IOException.class));
        assertThat(stopped.isComplete()).isFalse();
        doors.tool().release();
        assertThat(open.join().body()).isEqualTo("\"done\"");
        await().until(stopped::succeeded);
    }

    @Test
    void aPortThatIsTakenIsAFailureThatSaysSo() {
        DoorOptions same = DoorOptions.loopback(doors.port(), "1");
        Future<GatewayServer> second =
                GatewayServer.start(io.vertx.core.Vertx.vertx(), doors.keep().gateway(), same);
        await().until(second::isComplete);
        assertThat(second.failed()).isTrue();
        assertThat(second.cause()).isInstanceOf(java.net.BindException.class);
    }
}
