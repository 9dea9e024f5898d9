package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HouseTest {
    @TempDir
    Path temp;

    @Test
    void aFirstStartAnswersAFirstCall() throws Exception {
        Path data = temp.resolve("data");
        try (House house = House.start(HouseOptions.at(data).withPorts(0, 0));
                HttpClient client = HttpClient.newHttpClient()) {
            String key = Files.readString(house.agentKey()).strip();
            HttpRequest call = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + house.gatewayPort() + "/v1/call/keep.clock"))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            HttpResponse<String> answer = client.send(call, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("epochMillis");
            assertThat(DataFolder.running(data)).contains(house.running());
        }
        assertThat(DataFolder.running(data)).isEmpty();
    }
}
