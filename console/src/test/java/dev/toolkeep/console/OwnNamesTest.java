package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.JournalOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The console answers under its own names alone, so a web page that made a browser resolve its name to it gets
/// nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnNamesTest {
    private OpenConsole console;

    @BeforeAll
    void open(@TempDir Path folder) {
        console = OpenConsole.open(
                folder,
                Stores.inMemory(),
                ConsoleOptions.loopback(0)
                        .withPublicOrigins(List.of("https://Keep.example", "https://keep.example:8443")),
                new JournalOptions(1 << 20, 65_536, false));
    }

    @AfterAll
    void close() {
        console.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:PORT",
                "localhost:PORT",
                "LocalHost:PORT",
                "[::1]:PORT",
                "keep.example",
                "keep.example:8443"
            })
    void itAnswersUnderItsOwnNames(String host) throws Exception {
        assertThat(ask(host, "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:PORT",
                "evil.example",
                "127.0.0.1",
                "127.0.0.1:1",
                "127.0.0.2:PORT",
                "0.0.0.0:PORT",
                "localhost.evil.example:PORT",
                "localhost.:PORT",
                "keep.example:PORT",
                "keep.example:443",
                "2130706433:PORT"
            })
    void underAnotherNameItAnswers421WhateverTheKey(String host) throws Exception {
        console.refused("host_not_allowed", () -> {
            RawClient.Heard heard = ask(host, "");
            assertThat(heard.status()).isEqualTo(421);
            assertThat(heard.body())
                    .contains("\"code\":\"host_not_allowed\"", "\"advice\":")
                    .doesNotContain("\"version\"");
        });
    }

    @Test
    void aRequestThatNamesNoHostOrTwoIsRefused() throws Exception {
        assertThat(raw("GET /healthz HTTP/1.0\r\n\r\n").status()).isEqualTo(421);
        assertThat(raw("GET /healthz HTTP/1.1\r\n\r\n").status()).isEqualTo(400);
        String own = "Host: " + console.host() + "\r\n";
        assertThat(raw("GET /healthz HTTP/1.1\r\n" + own + own + "\r\n").status())
                .isEqualTo(400);
        assertThat(raw("GET /healthz HTTP/1.1\r\n" + own + "Host: evil.example\r\n\r\n")
                        .status())
                .isEqualTo(400);
        assertThat(raw("GET /healthz HTTP/1.1\r\nHost:\r\n\r\n").status()).isEqualTo(421);
    }

    @Test
    void aForwardedNameIsNoName() throws Exception {
        for (String header : List.of("X-Forwarded-Host: localhost", "Forwarded: host=localhost", "X-Host: localhost")) {
            assertThat(ask("evil.example", header + "\r\n").status()).isEqualTo(421);
        }
    }

    @Test
    void theOpenRoutesAskForTheNameToo() throws Exception {
        String token = console.rooms().setup().issue();
        for (String target : List.of("GET /healthz", "GET /setup/" + token, "POST /setup/" + token)) {
            assertThat(raw(target + " HTTP/1.1\r\nHost: evil.example:" + console.port()
                                    + "\r\nContent-Length: 0\r\n\r\n")
                            .status())
                    .isEqualTo(421);
        }
        assertThat(console.rooms().setup().live(token)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT",
                "http://localhost:PORT",
                "https://keep.example",
                "https://KEEP.example",
                "https://keep.example:8443"
            })
    void pagesOfItsOwnOriginsMayCall(String origin) throws Exception {
        assertThat(ask(console.host(), "Origin: " + origin.replace("PORT", "" + console.port()) + "\r\n")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://evil.example",
                "https://evil.example",
                "http://keep.example",
                "https://127.0.0.1:PORT",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "http://127.0.0.1:PORT.evil.example",
                "http://localhost:PORT/",
                "https://keep.example.evil.example",
                "https://keep.example:444",
                "file://",
                "chrome-extension://abc",
                "http://127.0.0.1:PORT http://evil.example"
            })
    void pagesOfOtherOriginsMayNotWhateverTheKey(String origin) throws Exception {
        console.refused("origin_not_allowed", () -> {
            RawClient.Heard heard =
                    ask(console.host(), "Origin: " + origin.replace("PORT", "" + console.port()) + "\r\n");
            assertThat(heard.status()).isEqualTo(403);
            assertThat(heard.body()).contains("\"code\":\"origin_not_allowed\"", "\"advice\":");
            assertThat(heard.head()).doesNotContainIgnoringCase("access-control-allow");
        });
    }

    @Test
    void aGoodOriginBesideABadOneDoesNotHelp() throws Exception {
        assertThat(ask(console.host(), "Origin: http://" + console.host() + "\r\nOrigin: http://evil.example\r\n")
                        .status())
                .isEqualTo(403);
    }

    private RawClient.Heard ask(String host, String headers) throws IOException {
        return raw("GET /api/v1/facts HTTP/1.1\r\nHost: " + host.replace("PORT", "" + console.port()) + "\r\n"
                + "Authorization: Bearer " + console.operatorKey() + "\r\n" + headers + "\r\n");
    }

    private RawClient.Heard raw(String request) throws IOException {
        return RawClient.ask(console.port(), request);
    }
}
