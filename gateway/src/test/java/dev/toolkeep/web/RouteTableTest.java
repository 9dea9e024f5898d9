package dev.toolkeep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.web.exchange.Route;
import io.vertx.core.http.HttpMethod;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteTableTest {
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
    void everyRouteButHealthAnswers401WithoutAKey() {
        List<Route> open = doors.server().routes().stream().filter(Route::open).toList();
        assertThat(open).extracting(Route::path).containsExactlyInAnyOrder("/healthz", "/readyz");
        for (Route route : doors.server().routes()) {
            HttpResponse<String> answer = knock(route, "");
            if (route.open()) {
                assertThat(answer.statusCode()).as(route.path()).isEqualTo(200);
            } else {
                assertThat(answer.statusCode()).as(route.path()).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"toolkeep\"");
                if (route.method().equals(HttpMethod.HEAD)) {
                    assertThat(answer.body()).isEmpty();
                } else {
                    assertThat(OpenDoors.json(answer.body()).path("code").asString())
                            .isEqualTo("unauthenticated");
                }
            }
        }
    }

    @Test
    void everyRouteButHealthAnswers401WithAForgedKey() {
        String forged = doors.key().substring(0, doors.key().length() - 3) + "AAA";
        for (Route route : doors.server().routes()) {
            HttpResponse<String> answer = knock(route, "Bearer " + forged);
            assertThat(answer.statusCode()).as(route.path()).isEqualTo(route.open() ? 200 : 401);
            if (!route.open()) {
                assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                        .contains("error=\"invalid_token\"");
                assertThat(answer.body()).doesNotContain(forged);
            }
        }
    }

    @Test
    void theTableHasNoMoreRoutesThanAreDocumented() {
        assertThat(doors.server().routes())
                .extracting(route -> route.method() + " " + route.path())
                .containsExactlyInAnyOrder(
                        "GET /healthz",
                        "GET /readyz",
                        "POST /mcp",
                        "POST /mcp/{toolset}",
                        "DELETE /mcp",
                        "DELETE /mcp/{toolset}",
                        "GET /utcp",
                        "HEAD /utcp",
                        "GET /utcp/{toolset}",
                        "HEAD /utcp/{toolset}",
                        "GET /.well-known/utcp",
                        "HEAD /.well-known/utcp",
                        "GET /v1/tools",
                        "GET /v1/tools/search",
                        "POST /v1/call/{tool}");
    }

    @Test
    void anUnknownPathIs401WithoutAKeyAnd404WithOne() {
        assertThat(doors.get("/nothing", "Authorization", "").statusCode()).isEqualTo(401);
        assertThat(doors.get("/v1/call/", "Authorization", "").statusCode()).isEqualTo(401);
        HttpResponse<String> answer = doors.get("/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(OpenDoors.json(answer.body()).path("code").asString()).isEqualTo("not_found");
    }

    @Test
    void aPathIsNeverNormalised() throws Exception {
        for (String path :
                List.of("//healthz", "/healthz/", "/x/../healthz", "/healthz%2e", "/%68ealthz", "/HEALTHZ")) {
            assertThat(RawPeer.ask(
                                    doors.port(),
                                    "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + doors.port() + "\r\n\r\n")
                            .status())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    void anotherMethodIs405AndNamesTheRightOne() {
        for (String method : List.of("GET", "PUT")) {
            HttpResponse<String> answer =
                    doors.send(doors.request(method, "/mcp", HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).hasValue("POST, DELETE");
        }
    }

    @Test
    void aKeyInTheUrlIsRefusedEvenBesideAGoodHeader() {
        assertThat(doors.get("/v1/tools?access_token=x", "Authorization", "").statusCode())
                .isEqualTo(400);
        HttpResponse<String> answer = doors.get("/v1/tools?key=" + doors.key());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(OpenDoors.json(answer.body()).path("code").asString()).isEqualTo("key_in_url");
        assertThat(answer.body()).doesNotContain(doors.key());
    }

    @Test
    void twoAuthorizationHeadersAreNone() throws Exception {
        String request = "GET /v1/tools HTTP/1.1\r\nHost: 127.0.0.1:" + doors.port() + "\r\nAuthorization: Bearer "
                + doors.key() + "\r\nAuthorization: Bearer " + doors.key() + "\r\n\r\n";
        assertThat(RawPeer.ask(doors.port(), request).status()).isEqualTo(401);
    }

    @Test
    void aRevokedKeyAndAnOperatorsKeyOpenNothing() {
        String operator = doors.keep().operator("boss");
        assertThat(doors.get("/v1/tools", "Authorization", "Bearer " + operator).statusCode())
                .isEqualTo(401);
        assertThat(doors.get("/v1/tools").statusCode()).isEqualTo(200);
        doors.keep().revoke("ann");
        assertThat(doors.get("/v1/tools").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> knock(Route route, String authorization) {
        String path = route.path().replace("{tool}", "keep.clock").replace("{toolset}", "some");
        return doors.send(doors.request(
                route.method().name(), path, HttpRequest.BodyPublishers.noBody(), "Authorization", authorization));
    }
}
