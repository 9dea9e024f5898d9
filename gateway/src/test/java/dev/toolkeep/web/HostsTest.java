package dev.toolkeep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.web.exchange.TurnedAway;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsTest {
    private static final Hosts LOOPBACK = new Hosts("127.0.0.1", 8080, List.of("https://tools.example.com"));

    @TempDir
    Path folder;

    @Test
    void loopbackNamesWithTheOwnPortAreAllowed() throws Exception {
        for (String host : List.of("127.0.0.1:8080", "localhost:8080", "LocalHost:8080", "[::1]:8080")) {
            LOOPBACK.check(List.of(host), List.of());
            LOOPBACK.check(List.of(host), List.of("http://" + host));
        }
    }

    @Test
    void aPublicOriginIsAllowedAndNamesTheManualsAddress() throws Exception {
        LOOPBACK.check(List.of("tools.example.com"), List.of("https://tools.example.com"));
        LOOPBACK.check(List.of("tools.example.com:443"), List.of());
        assertThat(LOOPBACK.origin("tools.example.com")).isEqualTo("https://tools.example.com");
        assertThat(LOOPBACK.origin("localhost:8080")).isEqualTo("http://localhost:8080");
    }

    @Test
    void anyOtherHostIsTurnedAway() {
        for (String host : List.of(
                "evil.example",
                "evil.example:8080",
                "127.0.0.1",
                "localhost:80",
                "127.0.0.1.evil.example:8080",
                "",
                "localhost:8080@evil.example",
                "0.0.0.0:8080")) {
            assertThat(status(List.of(host), List.of())).as(host).isEqualTo(421);
        }
    }

    @Test
    void anyOtherOriginIs403() {
        List<String> host = List.of("localhost:8080");
        for (String origin : List.of(
                "null",
                "http://evil.example",
                "http://localhost",
                "https://localhost:8080",
                "http://localhost:8080/",
                "http://tools.example.com",
                "")) {
            assertThat(status(host, List.of(origin))).as(origin).isEqualTo(403);
        }
        assertThat(status(host, List.of("http://localhost:8080", "http://localhost:8080")))
                .isEqualTo(403);
    }

    @Test
    void noHostOrTwoAreMalformed() {
        assertThat(status(List.of(), List.of())).isEqualTo(400);
        assertThat(status(List.of("localhost:8080", "localhost:8080"), List.of()))
                .isEqualTo(400);
    }

    @Test
    void aListenerOnAnotherAddressDoesNotAnswerToLoopbackNames() {
        Hosts bound = new Hosts("10.1.2.3", 8080, List.of());
        assertThatThrownBy(() -> bound.check(List.of("localhost:8080"), List.of()))
                .isInstanceOf(TurnedAway.class);
    }

    @Test
    void aPublicOriginMustBeAnOrigin() {
        for (String wrong : List.of("tools.example.com", "https://tools.example.com/", "ftp://x", "https:x")) {
            assertThatThrownBy(() -> new Hosts("127.0.0.1", 1, List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRebindingPageGetsNothingNotEvenHealth() throws Exception {
        try (OpenDoors doors = OpenDoors.open(folder)) {
            String evil = "Host: evil.example.com\r\nOrigin: http://evil.example.com\r\n\r\n";
            assertThat(RawPeer.ask(doors.port(), "GET /healthz HTTP/1.1\r\n" + evil)
                            .status())
                    .isEqualTo(403);
            assertThat(RawPeer.ask(doors.port(), "GET /healthz HTTP/1.1\r\nHost: evil.example.com\r\n\r\n")
                            .status())
                    .isEqualTo(421);
            assertThat(RawPeer.ask(doors.port(), "GET /healthz HTTP/1.0\r\n\r\n")
                            .status())
                    .isEqualTo(400);
        }
    }

    private static int status(List<String> hosts, List<String> origins) {
        try {
            LOOPBACK.check(hosts, origins);
            return 200;
        } catch (TurnedAway away) {
            return away.problem().status();
        }
    }
}
