package dev.toolkeep.protocol.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostNameFuzzTest {
    private static final String[] PARTS = {
        "127",
        "0",
        "1",
        ".",
        ".",
        "0x7f",
        "0177",
        "localhost",
        ":",
        "[",
        "]",
        "::1",
        "%",
        "ffff",
        "@",
        "e",
        "x",
        "0x",
        "-",
        "_",
        "255",
        "256",
        "99999999999",
        "é",
        "。",
        "/",
        "?",
        "#",
        "\\",
        " ",
        "\t",
        "A",
        "2130706433",
        "80"
    };

    @Test
    void anythingIsAHostOrDenied() {
        Random random = new Random(20261121);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(8); i >= 0; i--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            check(text.toString());
        }
    }

    private static void check(String text) {
        try {
            Destination to = Destination.of("https", text);
            assertThat(to.port()).isBetween(1, 65_535);
            assertThat(to.host()).matches("[a-z0-9._-]+|\\[[0-9a-f:.]+\\]");
            if (to.literal() == null) {
                assertThat(asAnyResolverMight(to.host())).as(text).isNull();
            }
        } catch (EgressDenied denied) {
            assertThat(denied.getMessage()).isNotBlank();
        }
    }

    /// What a lenient resolver (inet_aton) makes of a name that we take for a name.
    private static @Nullable InetAddress asAnyResolverMight(String name) {
        try {
            return Inet4Address.ofPosixLiteral(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
