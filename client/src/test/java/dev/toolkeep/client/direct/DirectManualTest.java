package dev.toolkeep.client.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.toolkeep.client.CallFailed;
import dev.toolkeep.client.CallRefused;
import dev.toolkeep.client.ClientConfig;
import dev.toolkeep.client.ManualTemplate;
import dev.toolkeep.client.ToolResult;
import dev.toolkeep.client.ToolkeepClient;
import dev.toolkeep.wire.Json;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DirectManualTest {
    private final Shop shop = new Shop();
    private final ToolkeepClient client =
            ToolkeepClient.create(ClientConfig.builder().build());

    /// What an item may be of.
    public enum Size {
        SMALL,
        LARGE
    }

    /// Holds itself.
    public record Item(
            @UtcpArgument(description = "what it is called") String name, int count, List<Item> parts) {}

    /// The methods under test.
    public static final class Shop {
        private final CountDownLatch started = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @UtcpTool(name = "order", description = "Orders", tags = "shop")
        public Map<String, Object> order(
                @UtcpArgument(description = "what and how many") Item item,
                Size size,
                List<String> notes,
                Optional<LocalDate> until,
                @Nullable String coupon) {
            return Map.of(
                    "name",
                    item.name(),
                    "parts",
                    item.parts().size(),
                    "size",
                    size,
                    "notes",
                    notes,
                    "until",
                    until.map(LocalDate::toString).orElse("-"),
                    "coupon",
                    coupon == null ? "-" : coupon);
        }

        @UtcpTool(description = "Answers later")
        public CompletableFuture<Integer> later(int number) {
            return CompletableFuture.supplyAsync(() -> number + 1);
        }

        @UtcpTool(description = "Fails")
        public void fail() {
            throw new IllegalStateException("out of stock");
        }

        @UtcpTool(description = "Waits for ever")
        public void waits() throws InterruptedException {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }

        public String hidden() {
            return "no tool";
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static Map<String, Object> order() {
        return Map.of(
                "item",
                Map.of(
                        "name",
                        "box",
                        "count",
                        2,
                        "parts",
                        List.of(Map.of("name", "lid", "count", 1, "parts", List.of()))),
                "size",
                "LARGE",
                "notes",
                List.of("red"));
    }

    @Test
    void annotatedMethodsAreToolsOfTheManual() {
        assertThat(client.register(DirectManual.of("shop", shop)).orThrow().tools())
                .extracting(tool -> tool.name())
                .containsExactly("shop.fail", "shop.later", "shop.order", "shop.waits");
        ToolResult result = client.call("shop.order", order());
        assertThat(result.json().path("parts").intValue()).isEqualTo(1);
        assertThat(result.json().path("size").stringValue()).isEqualTo("LARGE");
        assertThat(result.json().path("until").stringValue()).isEqualTo("-");
        assertThat(client.call("shop.later", Map.of("number", 6)).json().intValue())
                .isEqualTo(7);
    }

    @Test
    void theSchemaOfTheTypesIsHeldBeforeTheMethodRuns() {
        client.register(DirectManual.of("shop", shop)).orThrow();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("number", "six"), Map.of("number", 3_000_000_000L), Map.of(), Map.of("number", 1, "more", 2))) {
            assertThatExceptionOfType(CallRefused.class)
                    .isThrownBy(() -> client.call("shop.later", wrong))
                    .satisfies(no -> assertThat(no.code()).isEqualTo("bad_arguments"));
        }
    }

    @Test
    void theManualSaysWhatTheTypesSay() {
        JsonNode tool = DirectManual.of("shop", shop).manual().path("tools").path(2);
        assertThat(tool.path("tool_call_template"))
                .isEqualTo(
                        Json.object().put("call_template_type", "direct-call").put("callable_name", "order"));
        JsonNode inputs = tool.path("inputs");
        assertThat(Json.text(inputs.path("required"))).isEqualTo("[\"item\",\"size\",\"notes\"]");
        assertThat(Json.text(inputs.at("/properties/size/enum"))).isEqualTo("[\"SMALL\",\"LARGE\"]");
        assertThat(Json.text(inputs.at("/properties/coupon/type"))).isEqualTo("[\"string\",\"null\"]");
        assertThat(inputs.at("/properties/until/format").stringValue()).isEqualTo("date");
        assertThat(inputs.at("/properties/item/$ref").stringValue()).isEqualTo("#/$defs/Item");
        assertThat(inputs.at("/$defs/Item/properties/parts/items/$ref").stringValue())
                .isEqualTo("#/$defs/Item");
        assertThat(inputs.at("/$defs/Item/properties/name/description").stringValue())
                .isEqualTo("what it is called");
        assertThat(inputs.at("/properties/size/description").isMissingNode()).isTrue();
    }

    @Test
    void whatTheMethodThrowsIsTheToolsFailure() {
        client.register(DirectManual.of("shop", shop)).orThrow();
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> client.call("shop.fail", Map.of()))
                .satisfies(broke -> assertThat(broke.code()).isEqualTo("tool_error"))
                .withMessageContaining("out of stock");
    }

    @Test
    void aMethodGivenUpIsInterrupted() throws Exception {
        client.register(DirectManual.of("shop", shop)).orThrow();
        CompletableFuture<ToolResult> waiting = client.callAsync("shop.waits", Map.of());
        shop.started.await();
        waiting.cancel(true);
        shop.interrupted.await();
        await().until(() -> client.open() == 0);
    }

    @Test
    void aMethodThatTakesTooLongIsInterrupted() throws Exception {
        try (ToolkeepClient hasty = ToolkeepClient.create(
                ClientConfig.builder().deadline(Duration.ofMillis(50)).build())) {
            hasty.register(DirectManual.of("shop", shop)).orThrow();
            assertThatExceptionOfType(CallFailed.class)
                    .isThrownBy(() -> hasty.call("shop.waits", Map.of()))
                    .satisfies(broke -> assertThat(broke.code()).isEqualTo("tool_timed_out"));
            shop.interrupted.await();
        }
    }

    @Test
    void noDocumentCanNameAMethod() {
        client.register(DirectManual.of("shop", shop)).orThrow();
        String document = Json.text(DirectManual.of("shop", shop).manual());
        assertThat(client.register(ManualTemplate.text("forged", document).allow("direct-call", "text"))
                        .tools())
                .isEmpty();
        assertThatExceptionOfType(CallRefused.class).isThrownBy(() -> client.call("forged.later", Map.of("number", 1)));
    }

    @Test
    void whatCanBeNoToolIsNamed() {
        assertThatIllegalArgumentException().isThrownBy(() -> DirectManual.of("none", new Object()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DirectManual.of("odd", new Odd()))
                .withMessageContaining("Thread");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DirectManual.of("twins", shop, new Shop()))
                .withMessageContaining("two methods");
    }

    /// Takes what no JSON can say.
    public static final class Odd {
        @UtcpTool(description = "Odd")
        public void odd(Thread thread) {
            thread.interrupt();
        }
    }
}
