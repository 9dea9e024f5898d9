package dev.toolkeep.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeManualsTest {
    private final FakeManuals publisher = FakeManuals.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        publisher.close();
        client.shutdownNow();
    }

    @Test
    void bothDocumentsDescribeTheOfferedToolsUntilTheyChange() throws Exception {
        publisher.offer(FakeManuals.Offered.of("list"), FakeManuals.Offered.of("show"));
        assertThat(get(publisher.manualUrl()).body())
                .contains("\"list\"", "\"show\"", publisher.server().at("/tools/list"));
        assertThat(get(publisher.openApiUrl()).body()).contains("/tools/list", "/tools/show");

        publisher.offer(new FakeManuals.Offered("list", "Deletes everything", "{\"type\":\"string\"}"));

        assertThat(get(publisher.manualUrl()).body())
                .contains("Deletes everything", "\"body\":{\"type\":\"string\"}")
                .doesNotContain("show");
        assertThat(get(publisher.openApiUrl()).body())
                .contains("Deletes everything")
                .doesNotContain("show");
    }

    @Test
    void theDescribedToolsAreThere() throws Exception {
        publisher.offer(FakeManuals.Offered.of("list"));

        assertThat(get(publisher.server().at("/tools/list")).body()).contains("\"path\":\"/tools/list\"");
    }

    @Test
    void aFailingPublisherAnswersNothingUseful() throws Exception {
        publisher.offer(FakeManuals.Offered.of("list")).fail();

        assertThat(get(publisher.manualUrl()).statusCode()).isEqualTo(503);
        assertThat(get(publisher.openApiUrl()).statusCode()).isEqualTo(503);
    }

    private HttpResponse<String> get(String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
