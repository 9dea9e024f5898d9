package dev.toolkeep.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeHttpToolTest {
    private final FakeHttpTool tool = FakeHttpTool.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        tool.close();
        client.shutdownNow();
    }

    @Test
    void echoRepeatsMethodPathQueryHeadersAndBody() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(tool.uri("/pets/7?limit=%C3%A4"))
                        .header("X-Trace", "one")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"a\":\"ü\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body())
                .contains(
                        "\"method\":\"POST\"",
                        "\"path\":\"/pets/7\"",
                        "\"query\":\"limit=%C3%A4\"",
                        "\"x-trace\":\"one\"")
                .contains("\"body\":\"{\\\"a\\\":\\\"ü\\\"}\"");
        assertThat(tool.last().header("X-TRACE")).contains("one");
        assertThat(tool.last().text()).isEqualTo("{\"a\":\"ü\"}");
        assertThat(tool.count()).isEqualTo(1);
    }

    @Test
    void onePathAnswersItsOwnAndTheOthersTheDefault() throws Exception {
        tool.answer(Reply.json(404, "{}")).answer("/there", Reply.text("here").with("X-Made-By", "fake"));

        assertThat(get("/there").body()).isEqualTo("here");
        assertThat(get("/there").headers().firstValue("x-made-by")).contains("fake");
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void anAnswerCanBeChangedBetweenRequests() throws Exception {
        tool.answer(Reply.text("one"));
        String first = get("/").body();
        tool.answer(Reply.text("two"));

        assertThat(first + get("/").body()).isEqualTo("onetwo");
    }

    @Test
    void aHeldAnswerWaitsForItsRelease() {
        tool.answer(new Reply.Held(Reply.text("late")));
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(HttpRequest.newBuilder(tool.uri("/")).build(), HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(() -> tool.open() == 1);

        assertThat(answer).isNotDone();
        tool.release();

        assertThat(answer.join().body()).isEqualTo("late");
        Awaitility.await().until(() -> tool.open() == 0);
    }

    @Test
    void closingLetsNoHeldRequestHang() {
        tool.answer(new Reply.Held(Reply.text("late")));
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(HttpRequest.newBuilder(tool.uri("/")).build(), HttpResponse.BodyHandlers.ofString());
        Awaitility.await().until(() -> tool.open() == 1);

        tool.close();

        Awaitility.await().until(answer::isDone);
    }

    @Test
    void hugeSendsExactlyAsManyBytesAsAsked() throws Exception {
        tool.answer(new Reply.Huge(1_000_001));

        assertThat(get("/").body()).hasSize(1_000_001).startsWith("\"x").endsWith("x\"");
    }

    @Test
    void anEndlessAnswerEndsWhenThePeerLeaves() throws Exception {
        tool.answer(new Reply.Huge(Long.MAX_VALUE));
        try (InputStream body = client.send(
                        HttpRequest.newBuilder(tool.uri("/")).build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.readNBytes(100_000)).hasSize(100_000);
        }

        Awaitility.await().until(() -> tool.open() == 0);
    }

    @Test
    void aDripComesByteByByte() throws Exception {
        tool.answer(new Reply.Drip(Duration.ofMillis(1)));
        try (InputStream body = client.send(
                        HttpRequest.newBuilder(tool.uri("/")).build(), HttpResponse.BodyHandlers.ofInputStream())
                .body()) {
            assertThat(body.readNBytes(5)).isEqualTo("\"....".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aBombIsSmallOnTheWireAndOpensToItsSize() throws Exception {
        tool.answer(new Reply.Bomb(10_000_000));
        byte[] wire = client.send(
                        HttpRequest.newBuilder(tool.uri("/")).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();

        assertThat(wire.length).isLessThan(20_000);
        try (InputStream opened = new GZIPInputStream(new ByteArrayInputStream(wire))) {
            assertThat(opened.readAllBytes()).hasSize(10_000_000);
        }
    }

    @Test
    void aCutAnswerEndsBeforeItsPromise() {
        tool.answer(new Reply.Cut(100, new byte[] {'{'}));

        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    }

    @Test
    void aForgetfulToolCountsAndKeepsNothing() throws Exception {
        try (FakeHttpTool forgetful = FakeHttpTool.startForgetful()) {
            client.send(HttpRequest.newBuilder(forgetful.uri("/")).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(forgetful.count()).isEqualTo(1);
            assertThat(forgetful.received()).isEmpty();
        }
    }

    @Test
    void aRawServerSendsBytesNoLibraryWould() {
        try (FakeRawServer raw = FakeRawServer.answering("NOT HTTP\r\n\r\n")) {
            HttpRequest request =
                    HttpRequest.newBuilder(java.net.URI.create(raw.at("/"))).build();

            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(raw.connections()).isEqualTo(1);
        }
    }

    @Test
    void aSilentServerNeverAnswers() {
        try (FakeRawServer raw = FakeRawServer.silent()) {
            HttpRequest request =
                    HttpRequest.newBuilder(java.net.URI.create(raw.at("/"))).build();
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
            Awaitility.await().until(() -> raw.connections() == 1);

            assertThat(answer).isNotDone();
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(tool.uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
