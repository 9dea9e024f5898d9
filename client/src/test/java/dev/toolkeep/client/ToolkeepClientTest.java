package dev.toolkeep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.client.repository.ToolRepository;
import dev.toolkeep.client.search.ToolDescription;
import dev.toolkeep.testkit.fake.FakeHttpTool;
import dev.toolkeep.testkit.fake.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolkeepClientTest {
    private final FakeHttpTool server = FakeHttpTool.start();
    private final ToolkeepClient client = ToolkeepClient.create();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private Registration registered(String... tools) {
        server.answer("/utcp", Reply.json(Manuals.of(tools)));
        return client.register(ManualTemplate.http("weather", server.at("/utcp")));
    }

    @Test
    void aManualIsRegisteredAndItsToolCalled() {
        Registration registration = registered(Manuals.get("now", server, "/now"));
        assertThat(registration.orThrow().tools())
                .extracting(ToolDescription::name)
                .containsExactly("weather.now");
        server.answer("/now", Reply.json("{\"celsius\":7}"));

        ToolResult result = client.call("weather.now", Map.of("city", "Bern"));

        assertThat(result.json().path("celsius").intValue()).isEqualTo(7);
        assertThat(server.last().query()).isEqualTo("city=Bern");
    }

    @Test
    void argumentsThatDoNotFitAreRefusedAndNothingIsSent() {
        registered(Manuals.get("now", server, "/now")).orThrow();
        int before = server.count();
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> client.call("weather.now", Map.of("city", "B")))
                .satisfies(no -> assertThat(no.code()).isEqualTo("bad_arguments"))
                .withMessageContaining("/city");
        assertThat(server.count()).isEqualTo(before);
    }

    @Test
    void anUnknownToolIsRefusedWithItsCode() {
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> client.call("weather.now", Map.of()))
                .satisfies(no -> assertThat(no.code()).isEqualTo("tool_not_found"));
    }

    @Test
    void whatBreaksIsAFailureWithItsCode() {
        registered(Manuals.get("now", server, "/now")).orThrow();
        server.answer("/now", Reply.json(503, "{\"why\":\"closed\"}"));
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> client.call("weather.now", Map.of("city", "Bern")))
                .satisfies(broke -> assertThat(broke.code()).isEqualTo("tool_failed"));
    }

    @Test
    void anAddressNobodyGrantedIsNotReached() {
        try (FakeHttpTool inside = FakeHttpTool.start()) {
            registered(Manuals.get("now", inside, "/now")).orThrow();
            assertThatExceptionOfType(CallFailed.class)
                    .isThrownBy(() -> client.call("weather.now", Map.of("city", "Bern")))
                    .satisfies(broke -> assertThat(broke.code()).isEqualTo("egress_denied"));
            assertThat(inside.count()).isZero();
        }
    }

    @Test
    void manualsFailAlone() {
        server.answer("/good", Reply.json(Manuals.of(Manuals.get("now", server, "/now"))));
        server.answer("/bad", Reply.json("{\"no\":\"manual\"}"));
        List<Registration> ended = client.register(List.of(
                ManualTemplate.http("bad", server.at("/bad")),
                ManualTemplate.http("good", server.at("/good")),
                ManualTemplate.http("good", server.at("/good")),
                ManualTemplate.http("", server.at("/good"))));
        assertThat(ended.get(0).failure())
                .isNotNull()
                .satisfies(no -> assertThat(no.code()).isEqualTo("bad_answer"));
        assertThat(ended.get(3).failure())
                .isNotNull()
                .satisfies(no -> assertThat(no.code()).isEqualTo("bad_manual"));
        assertThat(ended.subList(1, 3)).filteredOn(Registration::success).hasSize(1);
        assertThat(ended.subList(1, 3))
                .filteredOn(one -> !one.success())
                .allSatisfy(no -> assertThat(no.code()).isEqualTo("manual_exists"));
        assertThat(client.tools()).extracting(ToolDescription::name).containsExactly("good.now");
    }

    @Test
    void aDeregisteredManualIsGone() {
        registered(Manuals.get("now", server, "/now")).orThrow();
        assertThat(client.deregister("weather")).isTrue();
        assertThat(client.deregister("weather")).isFalse();
        assertThat(client.tools()).isEmpty();
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> client.call("weather.now", Map.of("city", "Bern")));
    }

    @Test
    void aDefinitionThatChangedRestsUntilItIsAccepted() {
        registered(Manuals.get("now", server, "/now"), Manuals.get("later", server, "/later"))
                .orThrow();
        client.deregister("weather");
        Registration again =
                registered(Manuals.get("now", server, "/elsewhere"), Manuals.get("later", server, "/later"));
        assertThat(again.orThrow().resting()).containsExactly("weather.now");
        assertThat(client.tools()).extracting(ToolDescription::name).containsExactly("weather.later");
        assertThatExceptionOfType(CallRefused.class)
                .isThrownBy(() -> client.call("weather.now", Map.of("city", "Bern")))
                .satisfies(no -> assertThat(no.code()).isEqualTo("tool_not_approved"))
                .withMessageContaining("accept");

        client.accept("weather.now", client.resting().getFirst().digest().text());

        assertThat(client.call("weather.now", Map.of("city", "Bern"))
                        .json()
                        .path("path")
                        .stringValue())
                .isEqualTo("/elsewhere");
        client.deregister("weather");
        assertThat(registered(Manuals.get("now", server, "/elsewhere"))
                        .orThrow()
                        .resting())
                .isEmpty();
    }

    @Test
    void pinsOutliveTheClientInAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("tools.json");
        for (String path : List.of("/now", "/elsewhere")) {
            ClientConfig config =
                    ClientConfig.builder().repository(ToolRepository.file(file)).build();
            server.answer("/utcp", Reply.json(Manuals.of(Manuals.get("now", server, path))));
            try (ToolkeepClient other = ToolkeepClient.create(config)) {
                Registration registration = other.register(ManualTemplate.http("weather", server.at("/utcp")));
                assertThat(registration.orThrow().resting())
                        .isEqualTo(path.equals("/now") ? List.of() : List.of("weather.now"));
            }
        }
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void anotherProtocolThanTheManualsIsLeftOutUnlessAllowed() {
        String text = Manuals.tool("motto", "Says it", "{\"call_template_type\":\"text\",\"content\":\"fine\"}");
        assertThat(registered(text).orThrow().leftOut())
                .singleElement()
                .satisfies(no -> assertThat(no.reason()).contains("protocol text", "[http]"));
        client.deregister("weather");

        client.register(ManualTemplate.http("weather", server.at("/utcp")).allow("http", "text"))
                .orThrow();

        assertThat(client.call("weather.motto", Map.of("city", "Bern")).text()).isEqualTo("fine");
    }

    @Test
    void whatActsOnThisMachineNeedsTheProgramsWord() {
        Registration registration = client.register(ManualTemplate.of(
                dev.toolkeep.wire.Json.object().put("name", "files").put("call_template_type", "file")));
        assertThat(registration.code()).isEqualTo("protocol_not_allowed");
    }

    @Test
    void anOpenApiDocumentIsAManualToo() {
        server.answer("/openapi.json", Reply.json("""
                {"openapi":"3.1.0","info":{"title":"t","version":"1"},"servers":[{"url":"%s"}],
                 "paths":{"/pets":{"get":{"operationId":"pets","responses":{"200":{"description":"fine"}}}}}}
                """.formatted(server.at(""))));
        client.register(ManualTemplate.http("shop", server.at("/openapi.json"))).orThrow();
        assertThat(client.call("shop.pets", Map.of()).json().path("path").stringValue())
                .isEqualTo("/pets");
    }

    @Test
    void aFutureIsCompletedAndCancellingItEndsTheCall() throws Exception {
        registered(Manuals.get("now", server, "/now")).orThrow();
        assertThat(client.callAsync("weather.now", Map.of("city", "Bern"))
                        .get()
                        .json()
                        .path("method")
                        .stringValue())
                .isEqualTo("GET");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> client.callAsync("weather.now", Map.of()).get())
                .withCauseInstanceOf(CallRefused.class);

        server.answer("/now", new Reply.Held(Reply.json("{}")));
        int before = server.count();
        CompletableFuture<ToolResult> slow = client.callAsync("weather.now", Map.of("city", "Bern"));
        await().until(() -> server.count() > before);
        slow.cancel(true);
        await().until(() -> client.open() == 0);
        server.release();
    }

    @Test
    void anInterruptedCallerEndsItsCall() throws Exception {
        registered(Manuals.get("now", server, "/now")).orThrow();
        server.answer("/now", new Reply.Held(Reply.json("{}")));
        int before = server.count();
        CompletableFuture<ToolkeepException> thrown = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                client.call("weather.now", Map.of("city", "Bern"));
            } catch (ToolkeepException e) {
                thrown.complete(e);
            }
        });
        await().until(() -> server.count() > before);
        caller.interrupt();
        assertThat(thrown.get().code()).isEqualTo("cancelled");
        await().until(() -> client.open() == 0);
        server.release();
    }

    @Test
    void theJournalHoldsEveryCall(@TempDir Path folder) throws Exception {
        server.answer("/utcp", Reply.json(Manuals.of(Manuals.get("now", server, "/now"))));
        ClientConfig config = ClientConfig.builder()
                .folder(folder)
                .manual(ManualTemplate.http("weather", server.at("/utcp")))
                .build();
        try (ToolkeepClient kept = ToolkeepClient.create(config)) {
            kept.call("weather.now", Map.of("city", "Bern"));
        }
        try (var files = Files.walk(folder.resolve("journal"))) {
            String journal = files.filter(Files::isRegularFile)
                    .map(ToolkeepClientTest::text)
                    .reduce("", String::concat);
            assertThat(journal)
                    .contains("tool.approved", "call.opened", "call.closed")
                    .doesNotContain("Bern");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
