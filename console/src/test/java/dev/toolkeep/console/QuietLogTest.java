package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What strangers send does not reach the program's log: it could hold a key, and there is no end of it.
class QuietLogTest {
    private static final String SECRET = "tk_abcdefghijkl_0123456789012345678901234567890123456789012";

    private OpenConsole console;

    @BeforeEach
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void aRequestLineThatIsNoneLeavesNoTrace() throws Exception {
        assertUnlogged("GET /setup/" + SECRET + "\u0001 HTTP/1.1\r\nHost: " + console.host() + "\r\n\r\n");
    }

    @Test
    void aHeaderThatIsNoneLeavesNoTrace() throws Exception {
        String start = "GET / HTTP/1.1\r\nHost: " + console.host() + "\r\n";
        assertUnlogged(start + "Authorization " + SECRET + "\r\n\r\n");
    }

    @Test
    void aHeaderWithAControlCharacterLeavesNoTrace() throws Exception {
        String start = "GET / HTTP/1.1\r\nHost: " + console.host() + "\r\n";
        assertUnlogged(start + "Authorization: Bearer " + SECRET + "\u0001\r\n\r\n");
    }

    @Test
    void aHeaderNameThatIsNoneLeavesNoTrace() throws Exception {
        String start = "GET / HTTP/1.1\r\nHost: " + console.host() + "\r\n";
        assertUnlogged(start + "Author(ization: Bearer " + SECRET + "\r\n\r\n");
    }

    @Test
    void aHostThatIsNoneLeavesNoTrace() throws Exception {
        assertUnlogged("GET / HTTP/1.1\r\nHost: " + SECRET + "/@:x\r\n\r\n");
    }

    @Test
    void aBadQueryLeavesNoTrace() throws Exception {
        assertUnlogged("GET /api/v1/tools?status=" + SECRET + "%zz HTTP/1.1\r\nHost: " + console.host()
                + "\r\nAuthorization: Bearer " + console.operatorKey() + "\r\n\r\n");
    }

    @Test
    void aBadBodyLeavesNoTrace() throws Exception {
        String body = "{\"name\":\"" + SECRET + "\",,}";
        assertUnlogged("PUT /api/v1/secrets HTTP/1.1\r\nHost: " + console.host()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nAuthorization: Bearer "
                + console.operatorKey() + "\r\n\r\n" + body);
    }

    private void assertUnlogged(String request) throws Exception {
        try (CapturedLog log = CapturedLog.open()) {
            assertThat(RawClient.ask(console.port(), request).status()).isBetween(200, 499);
            assertThat(log.text()).doesNotContain(SECRET.substring(0, 15));
            assertThat(log.text()).doesNotContain("at org.apache");
            assertThat(console.server().quiet()).isTrue();
        }
        assertThat(console.journal()).doesNotContain(SECRET);
    }
}
