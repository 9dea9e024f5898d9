package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.caller.Caller;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/// No route is open but health and the set-up link, whatever key comes or does not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteGuardTest {
    private OpenConsole console;

    @BeforeAll
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder);
    }

    @AfterAll
    void close() {
        console.close();
    }

    @Test
    void withoutAKeyEveryRouteAnswers401AndSaysHowToComeIn() {
        assertThat(walk().routes()).hasSizeGreaterThan(35);
        assertThat(walk().leaks(console, "", RouteGuardTest::unauthenticated)).isEmpty();
    }

    @Test
    void anAgentsKeyAnswers403OnEveryRoute() {
        assertThat(walk().leaks(
                                console,
                                "Bearer " + console.agentKey(),
                                answer -> answer.status() == 403
                                        && answer.code().equals("forbidden")
                                        && !answer.text("advice").isEmpty()))
                .isEmpty();
    }

    @Test
    void everyOtherKindOfCallerIsRefusedLikeAnAgent() throws Exception {
        for (Caller.Kind kind : Set.of(Caller.Kind.SERVICE, Caller.Kind.USER)) {
            String key = console.caller("other-" + kind.name().toLowerCase(Locale.ROOT), kind, "operator", "admin");
            assertThat(walk().leaks(console, "Bearer " + key, answer -> answer.status() == 403))
                    .isEmpty();
        }
    }

    @Test
    void aRevokedKeyAnswers401OnEveryRoute() throws Exception {
        String key = console.caller("leaver", Caller.Kind.OPERATOR);
        assertThat(facts("Bearer " + key).status()).isEqualTo(200);
        console.rooms().agents().remove(Operator.program(), "leaver");
        assertThat(walk().leaks(console, "Bearer " + key, RouteGuardTest::unauthenticated))
                .isEmpty();
    }

    @Test
    void anExpiredKeyAnswers401OnEveryRoute() throws Exception {
        console.caller("guest", Caller.Kind.OPERATOR);
        String key = console.rooms()
                .agents()
                .mint(Operator.program(), "guest", console.clock().instant().plusSeconds(60))
                .key()
                .reveal();
        assertThat(facts("Bearer " + key).status()).isEqualTo(200);
        console.clock().forward(Duration.ofSeconds(60));
        assertThat(walk().leaks(console, "Bearer " + key, RouteGuardTest::unauthenticated))
                .isEmpty();
    }

    @Test
    void aGarbledKeyAnswers401OnEveryRoute() {
        String key = console.operatorKey();
        List<String> garbled = List.of(
                "Bearer " + key.substring(0, key.length() - 3) + "AAA",
                "Bearer " + key.substring(0, key.length() - 1),
                "Bearer " + key + "A",
                "Bearer",
                "Bearer  " + key,
                "Basic " + key,
                key,
                "Bearer " + key.toUpperCase(Locale.ROOT),
                "Bearer tk_",
                "Bearer null");
        assertThat(walk().leaks(console, garbled.getFirst(), RouteGuardTest::unauthenticated))
                .isEmpty();
        for (String authorization : garbled) {
            assertThat(unauthenticated(facts(authorization))).as(authorization).isTrue();
        }
    }

    @Test
    void twoKeysAreNoKey() throws Exception {
        String header = "Authorization: Bearer " + console.operatorKey() + "\r\n";
        assertThat(RawClient.ask(
                                console.port(),
                                "GET /api/v1/facts HTTP/1.1\r\nHost: " + console.host() + "\r\n" + header + header
                                        + "\r\n")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aKeyInTheUrlIsNoKey() {
        for (String name : List.of("access_token", "key", "Authorization")) {
            assertThat(unauthenticated(console.ask(
                            "GET",
                            "/api/v1/facts?" + name + "=" + console.operatorKey(),
                            BodyPublishers.noBody(),
                            "Authorization",
                            "")))
                    .isTrue();
        }
        assertThat(console.journal()).doesNotContain(console.operatorKey());
    }

    @Test
    void everyOtherMethodOnEveryPathIsRefusedWithoutAKey() {
        for (RouteWalk.Route route : walk().routes()) {
            for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO")) {
                boolean open = RouteWalk.OPEN.contains(method + " " + route.pattern());
                if (!open) {
                    Answer answer = console.ask(method, route.path(), BodyPublishers.noBody(), "Authorization", "");
                    assertThat(answer.status())
                            .as(method + " " + route.pattern())
                            .isEqualTo(
                                    switch (method) {
                                        case "TRACE" -> 405;
                                        case "FOO" -> 400;
                                        default -> 401;
                                    });
                }
            }
        }
    }

    @Test
    void aRefusalIsRecordedWithAddressAndPath() throws Exception {
        JsonNode record = console.refused(
                "unauthenticated",
                () -> console.ask("GET", "/api/v1/doctor?secret=s3cr3t", BodyPublishers.noBody(), "Authorization", ""));
        assertThat(record.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(record.path("detail").asString()).isEqualTo("GET /api/v1/doctor");
        assertThat(console.journal()).doesNotContain("s3cr3t");
    }

    @Test
    void whoWasRefusedIsRecordedWhenTheKeyIsGood() throws Exception {
        JsonNode record = console.refused("forbidden", () -> facts("Bearer " + console.agentKey()));
        assertThat(record.path("caller").asString()).isEqualTo("ann");
    }

    @Test
    void aRouteThatIsAddedWithoutAGuardIsGuarded() throws Exception {
        for (String path : List.of("/planted", "/api/v1/planted", "/healthz/planted", "/setup/a/planted", "/error")) {
            plant(path, () -> {
                assertThat(walk().routes()).contains(new RouteWalk.Route("GET", path));
                assertThat(walk().leaks(console, "", RouteGuardTest::unauthenticated))
                        .isEmpty();
                assertThat(console.ask("GET", path, BodyPublishers.noBody()).status())
                        .as("it is there")
                        .isEqualTo(200);
            });
        }
    }

    @Test
    void theWalkSeesARouteThatIsReallyOpen() throws Exception {
        plant(
                "/setup/planted",
                () -> assertThat(walk().leaks(console, "", RouteGuardTest::unauthenticated))
                        .containsExactly("GET /setup/planted answered 200"));
    }

    private interface Check {
        void run() throws Exception;
    }

    /// Adds a route to the running console, and takes it away again.
    private void plant(String path, Check check) throws Exception {
        RequestMappingHandlerMapping table = console.server().context().getBean(RequestMappingHandlerMapping.class);
        RequestMappingInfo info = RequestMappingInfo.paths(path)
                .methods(RequestMethod.GET)
                .options(table.getBuilderConfiguration())
                .build();
        table.registerMapping(info, new Planted(), Planted.class.getMethod("show"));
        try {
            check.run();
        } finally {
            table.unregisterMapping(info);
        }
    }

    private RouteWalk walk() {
        return RouteWalk.of(console.server().context());
    }

    private Answer facts(String authorization) {
        return console.ask("GET", "/api/v1/facts", BodyPublishers.noBody(), "Authorization", authorization);
    }

    private static boolean unauthenticated(Answer answer) {
        return answer.status() == 401
                && answer.header("WWW-Authenticate").equals("Bearer realm=\"toolkeep-console\"")
                && answer.header("Content-Type").equals("application/problem+json")
                && answer.header("Cache-Control").equals("no-store")
                && answer.code().equals("unauthenticated")
                && !answer.text("advice").isEmpty();
    }
}
