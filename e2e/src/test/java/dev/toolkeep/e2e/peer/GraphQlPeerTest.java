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

/// A GraphQL server of graphql-js and GraphQL Yoga behind a whole house: asked for its schema, approved, called.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class GraphQlPeerTest {
    private static final String POLICY = """
            rules:
              - id: reading
                effect: allow
                callers: { roles: [agent] }
                tools: ["books.query.*", "books.subscription.*", "books.mutation.add"]
            """;

    private final Peers peers = Peers.installed();
    private Process server;
    private OpenHouse house;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, CannotStart {
        server = peers.start("graphql-server.mjs");
        String address = "127.0.0.1:"
                + OpenHouse.json(server.inputReader().readLine()).path("port").asInt();
        house = OpenHouse.in(folder);
        house.admin().policy(POLICY);
        String origin = "{\"kind\":\"graphql\",\"url\":\"http://" + address + "/graphql\"}";
        assertThat(house.admin().trySource("books", origin).body()).contains("egress_denied");
        assertThat(house.admin().trySource("books", origin, address).statusCode())
                .isEqualTo(201);
        house.admin().approve("books");
    }

    @AfterAll
    void close() {
        house.close();
        server.destroy();
    }

    @Test
    void aQuerySelectsWhatObjectsHold() {
        assertThat(call("books.query.book", "{\"id\":\"1\"}"))
                .isEqualTo(
                        OpenHouse.json("{\"book\":{\"id\":\"1\",\"title\":\"Emma\",\"shelf\":\"NOVEL\",\"year\":1815,"
                                + "\"broken\":\"whole\",\"by\":{\"name\":\"Jane Austen\"}}}"));
        JsonNode found =
                call("books.query.search", "{\"text\":\"Emma\",\"most\":2}").path("search");
        assertThat(found.path(0).path("title").stringValue()).isEqualTo("Emma");
        assertThat(found.path(1).path("__typename").stringValue()).isEqualTo("Author");
    }

    @Test
    void aMutationTakesItsInputAsAVariableWhateverIsInIt() {
        String title = "\\\") { id } } mutation { x } #${HOME}";
        JsonNode added = call(
                "books.mutation.add",
                "{\"wish\":{\"title\":\"" + title + "\",\"and\":[{\"title\":\"more\",\"shelf\":\"POETRY\"}]}}");
        JsonNode book = added.path("data").path("add");
        assertThat(book.path("title").stringValue()).isEqualTo("\") { id } } mutation { x } #${HOME}");
        assertThat(book.path("shelf").stringValue()).isEqualTo("NOVEL");
        assertThat(book.path("broken").isNull()).isTrue();
        assertThat(added.path("errors").path(0).path("message").stringValue())
                .as("data with errors is kept and marked")
                .isEqualTo("this book is broken");
    }

    @Test
    void argumentsThatTheSchemaDoesNotTakeNeverLeaveTheHouse() {
        for (String arguments : new String[] {"{}", "{\"id\":true}", "{\"id\":\"1\",\"query\":\"{ whoami }\"}"}) {
            HttpResponse<String> refused = house.call("books.query.book", arguments);
            assertThat(refused.body()).as(arguments).contains("bad_arguments");
        }
        assertThat(house.call("books.mutation.add", "{\"wish\":{\"title\":\"a\",\"shelf\":\"DRAMA\"}}")
                        .body())
                .contains("bad_arguments");
    }

    @Test
    void errorsWithoutDataAreAFaultWithTheServersWords() {
        HttpResponse<String> failed = house.call("books.query.fails", "{}");
        assertThat(failed.statusCode()).isEqualTo(502);
        assertThat(failed.body()).contains("tool_error");
    }

    @Test
    void aSubscriptionIsStreamedToTheCaller() {
        HttpResponse<String> streamed = house.send(house.gateway("/v1/call/books.subscription.pages")
                .header("Authorization", "Bearer " + house.agentKey())
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString("{\"from\":1,\"to\":3}")));
        assertThat(streamed.body())
                .contains(
                        "{\"pages\":{\"number\":1,\"text\":\"page 1\"}}",
                        "{\"pages\":{\"number\":3,\"text\":\"page 3\"}}");
        assertThat(call("books.subscription.pages", "{\"from\":1,\"to\":2}").size())
                .isEqualTo(2);
        assertThat(house.call("books.subscription.fail", "{}").body()).contains("tool_error");
    }

    private JsonNode call(String tool, String arguments) {
        HttpResponse<String> answer = house.call(tool, arguments);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return OpenHouse.json(answer.body());
    }
}
