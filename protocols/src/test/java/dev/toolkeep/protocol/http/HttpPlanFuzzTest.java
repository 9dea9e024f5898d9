package dev.toolkeep.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.wire.Json;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class HttpPlanFuzzTest {
    private static final String[] URL = {
        "/",
        "/",
        "a",
        "{p}",
        "{q}",
        "${TOKEN}",
        "$",
        "{",
        "}",
        "?",
        "&",
        "=",
        "#",
        "..",
        ".",
        "%2e",
        "%",
        ";",
        "\\",
        " ",
        "é",
        "{}",
        "{?x}",
        "{p}{q}",
        "//",
        "@",
        ":"
    };
    private static final String[] VALUE = {
        "a",
        "/",
        "..",
        ".",
        "%2e",
        "%2f",
        "%25",
        "\\",
        ";",
        "?",
        "#",
        "&",
        "=",
        "@",
        ":",
        "\r",
        "\n",
        "\0",
        " ",
        "é",
        "😀",
        "${TOKEN}",
        "{p}",
        "\u2028",
        "\u010a",
        "\t",
        "http://evil.test/"
    };

    @Test
    void whateverIsFilledInTheRequestStaysOneWellFormedRequestToItsHost() {
        Random random = new Random(20261121);
        int sent = 0;
        for (int round = 0; round < 20_000; round++) {
            CallTemplate.Http template = Calls.with(
                    Calls.get("https://api.test/" + text(random, URL, 6)),
                    Map.of("X-Key", text(random, VALUE, 2)),
                    "X-H");
            ObjectNode arguments = Json.object();
            for (String name : new String[] {"p", "q", "X-H", "other"}) {
                if (random.nextInt(4) > 0) {
                    arguments.put(name, text(random, VALUE, 4));
                }
            }
            String secret = text(random, VALUE, 3);
            sent += check(Calls.dispatch(template, "{}", name -> secret, Reach.PUBLIC), arguments) ? 1 : 0;
        }
        assertThat(sent).isBetween(500, 19_500);
    }

    private static boolean check(Dispatch bare, ObjectNode arguments) {
        Dispatch dispatch = new Dispatch(
                bare.source(),
                bare.template(),
                arguments,
                bare.secrets(),
                bare.reach(),
                bare.timeout(),
                bare.answerBytes(),
                bare.requestId(),
                bare.traceparent(),
                bare.home(),
                bare.progress(),
                bare.withdrawal());
        try {
            HttpPlan plan = HttpPlan.of(((CallTemplate.Http) bare.template()).request());
            HttpPlan.Outgoing outgoing = plan.fill(dispatch, "*/*");
            assertThat(plan.to().host()).isEqualTo("api.test");
            assertThat(outgoing.target()).matches("/[\\x21-\\x7e]*").doesNotContain("#", "\\");
            String path = outgoing.target().split("\\?", 2)[0];
            assertThat(path.split("[/;]")).doesNotContain(".", "..");
            for (HttpPlan.Header header : outgoing.headers()) {
                assertThat(header.name()).matches("[A-Za-z-]+");
                assertThat(header.value()).matches("[\\x20-\\x7e\\t]*");
            }
            return true;
        } catch (Unsendable unsendable) {
            assertThat(unsendable.fault().message()).isNotBlank();
            return false;
        }
    }

    private static String text(Random random, String[] parts, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
