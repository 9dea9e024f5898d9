package dev.toolkeep.e2e.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.e2e.OpenHouse;
import dev.toolkeep.start.CannotStart;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server of grpc-js with its own reflection and health behind a whole house: asked, approved, called.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class GrpcPeerTest {
    private static final String POLICY = """
            rules:
              - id: all
                effect: allow
                callers: { roles: [agent] }
                tools: ["stock.*"]
            """;

    private final Peers peers = Peers.installed();
    private Process server;
    private OpenHouse house;
    private JsonNode added;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, CannotStart {
        server = peers.start("grpc-server.mjs");
        String address = "127.0.0.1:"
                + OpenHouse.json(server.inputReader().readLine()).path("port").asInt();
        house = OpenHouse.in(folder);
        house.admin().policy(POLICY);
        String origin = "{\"kind\":\"grpc\",\"url\":\"http://" + address + "\",\"headers\":{\"X-Team\":\"books\"}}";
        assertThat(house.admin().trySource("stock", origin).body()).contains("egress_denied");
        HttpResponse<String> answer = house.admin().trySource("stock", origin, address);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        added = OpenHouse.json(answer.body());
        house.admin().approve("stock");
    }

    @AfterAll
    void close() {
        house.close();
        server.destroy();
    }

    @Test
    void reflectionMakesToolsAndNamesWhatIsLeftOut() {
        assertThat(added.path("drift").path("added").toString())
                .contains(
                        "stock.stock.v1.Stock.Find", "stock.stock.v1.Stock.Watch", "stock.grpc.health.v1.Health.Check");
        assertThat(added.path("leftOut").toString()).contains("stock.v1.Stock.Store", "takes a stream");
    }

    @Test
    void aMessageGoesAndComesInItsJsonForm() {
        assertThat(call(
                        "stock.stock.v1.Stock.Find",
                        "{\"id\":\"7\",\"kind\":\"BOOK\",\"also\":[{\"id\":\"8\"}],"
                                + "\"since\":\"2026-01-01T00:00:00Z\"}"))
                .isEqualTo(OpenHouse.json("{\"id\":\"7\",\"kind\":\"BOOK\",\"amount\":\"9007199254740993\","
                        + "\"data\":\"YWJj\",\"shelves\":{\"a\":1,\"b\":2},"
                        + "\"parts\":[{\"id\":\"inner\",\"kind\":\"TOY\",\"amount\":\"0\",\"data\":\"\",\"shelves\":{},"
                        + "\"parts\":[]}],\"since\":\"2023-11-14T22:13:20Z\",\"title\":\"Emma\"}"));
    }

    @Test
    void theOfficialHealthIsCalledLikeAnyOther() {
        assertThat(call("stock.grpc.health.v1.Health.Check", "{\"service\":\"\"}")
                        .path("status")
                        .stringValue())
                .isEqualTo("SERVING");
    }

    @Test
    void aStreamIsToldAsItComes() {
        assertThat(call("stock.stock.v1.Stock.Watch", "{\"most\":3}").size()).isEqualTo(3);
        HttpResponse<String> streamed = house.send(house.gateway("/v1/call/stock.stock.v1.Stock.Watch")
                .header("Authorization", "Bearer " + house.agentKey())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString("{\"most\":2}")));
        assertThat(streamed.body()).contains("\"id\":\"n1\"", "\"id\":\"n2\"");
        assertThat(call("stock.stock.v1.Stock.Watch", "{}").size()).isZero();
    }

    @Test
    void aStatusIsAFaultAndWhatDoesNotFitIsRefused() {
        HttpResponse<String> none = house.call("stock.stock.v1.Stock.Find", "{\"id\":\"none\"}");
        assertThat(none.statusCode()).isEqualTo(502);
        assertThat(none.body()).contains("tool_error", "NOT_FOUND");
        for (String arguments : new String[] {"{\"id\":7}", "{\"kind\":\"CAR\"}", "{\"unknown\":1}"}) {
            assertThat(house.call("stock.stock.v1.Stock.Find", arguments).body())
                    .as(arguments)
                    .contains("bad_arguments");
        }
    }

    private JsonNode call(String tool, String arguments) {
        HttpResponse<String> answer = house.call(tool, arguments);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return OpenHouse.json(answer.body());
    }
}
