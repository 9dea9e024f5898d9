package dev.toolkeep.e2e;

import static org.awaitility.Awaitility.await;

import dev.toolkeep.journal.JournalReader;
import dev.toolkeep.journal.Written;
import dev.toolkeep.start.CannotStart;
import dev.toolkeep.start.House;
import dev.toolkeep.start.HouseOptions;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A whole Toolkeep on loopback with free ports, and an operator and an agent outside it who speak HTTP through the
/// JDK's own client.
public final class OpenHouse implements AutoCloseable {
    private final House house;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String agentKey;
    private final String operatorToken;
    private final Admin admin;

    private OpenHouse(House house) throws IOException {
        this.house = house;
        this.agentKey = Files.readString(house.agentKey()).strip();
        this.operatorToken = Files.readString(house.operatorToken()).strip();
        this.admin = new Admin(house.running().console(), operatorToken);
    }

    public static OpenHouse in(Path folder) throws IOException, CannotStart {
        return new OpenHouse(House.start(HouseOptions.at(folder).withPorts(0, 0)));
    }

    public int gatewayPort() {
        return house.gatewayPort();
    }

    public int consolePort() {
        return house.consolePort();
    }

    public String agentKey() {
        return agentKey;
    }

    public String operatorToken() {
        return operatorToken;
    }

    /// The operator.
    public Admin admin() {
        return admin;
    }

    public HttpRequest.Builder gateway(String path) {
        return HttpRequest.newBuilder(house.running().gateway().resolve(path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return Admin.send(client, request);
    }

    /// `POST /v1/call/{tool}` as the agent.
    public HttpResponse<String> call(String tool, String arguments) {
        return send(gateway("/v1/call/" + tool)
                .header("Authorization", "Bearer " + agentKey)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(arguments)));
    }

    /// The number of the journal's last record.
    public long lastRecord() {
        return records(0, record -> true).stream()
                .mapToLong(Written::sequence)
                .max()
                .orElse(0);
    }

    public List<Written> records(long after, Predicate<Written> wanted) {
        try {
            return new JournalReader(house.folder().resolve("journal")).after(after, Integer.MAX_VALUE, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for a record after number `after`; refusals at a door are written beside the answer, not before it.
    public Written record(long after, Predicate<Written> wanted) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> records(after, wanted), found -> !found.isEmpty())
                .getFirst();
    }

    public static JsonNode json(String text) {
        try {
            return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8), Bounds.DOCUMENT);
        } catch (Malformed e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        house.close();
        client.close();
        admin.close();
    }
}
