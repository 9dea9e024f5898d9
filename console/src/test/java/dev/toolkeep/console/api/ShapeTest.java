package dev.toolkeep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The reader of docs/api.md can say no.
class ShapeTest {
    private static final String SHAPE = "{a, b?: [text], c: {d: n}, e?: Named, f: {NAME: n}}";

    @Test
    void whatIsAsWrittenFits() {
        assertThat(misfit("{\"a\":1,\"b\":[\"x\"],\"c\":{\"d\":2},\"e\":{\"g\":true},\"f\":{\"any\":3}}"))
                .isEmpty();
        assertThat(misfit("{\"a\":\"x\",\"c\":{\"d\":2},\"f\":{}}")).isEmpty();
    }

    @Test
    void aFieldTooManyOrTooFewIsNamed() {
        assertThat(misfit("{\"a\":1,\"c\":{\"d\":2},\"f\":{},\"z\":1}")).hasValue("it has undocumented [z]");
        assertThat(misfit("{\"a\":1,\"c\":{},\"f\":{}}")).hasValue("it.c lacks d");
        assertThat(misfit("{\"a\":1,\"c\":{\"d\":2},\"e\":{},\"f\":{}}")).hasValue("it.e lacks g");
    }

    @Test
    void anotherTypeIsNamed() {
        assertThat(misfit("{\"a\":null,\"c\":{\"d\":2},\"f\":{}}")).hasValue("it.a is null");
        assertThat(misfit("{\"a\":1,\"b\":[1],\"c\":{\"d\":2},\"f\":{}}")).hasValue("it.b[] is no text");
        assertThat(misfit("{\"a\":1,\"b\":{},\"c\":{\"d\":2},\"f\":{}}")).hasValue("it.b is no list");
        assertThat(misfit("{\"a\":1,\"c\":{\"d\":\"2\"},\"f\":{}}")).hasValue("it.c.d is no count");
        assertThat(misfit("{\"a\":1,\"c\":{\"d\":2},\"f\":{\"any\":\"x\"}}")).hasValue("it.f.any is no count");
        assertThat(misfit("[]")).hasValue("it is no object");
    }

    private static Optional<String> misfit(String json) {
        try {
            return Shape.parse(SHAPE)
                    .misfit(
                            StrictJson.parse(json.getBytes(StandardCharsets.UTF_8), Bounds.REQUEST),
                            Map.of("Named", Shape.parse("{g}")),
                            "it");
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
