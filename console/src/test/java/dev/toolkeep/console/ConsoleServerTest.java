package dev.toolkeep.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.engine.Stores;
import dev.toolkeep.journal.JournalOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Starting and stopping.
class ConsoleServerTest {
    private static final JournalOptions JOURNAL = new JournalOptions(1 << 20, 65_536, false);

    @TempDir
    Path folder;

    @Test
    void aTakenPortIsSaidInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, loopback(1))) {
            ConsoleOptions options = ConsoleOptions.loopback(taken.getLocalPort());
            assertThatThrownBy(() -> OpenConsole.open(folder, Stores.inMemory(), options, JOURNAL))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("the console cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": it is taken or not this machine's; choose another with --console-port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsSaidInOneSentence() {
        ConsoleOptions options = new ConsoleOptions("192.0.2.1", 0, List.of());
        assertThatThrownBy(() -> OpenConsole.open(folder, Stores.inMemory(), options, JOURNAL))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on 192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "localhost", "", "127.0.0.1:80", "*"})
    void aNameIsNoAddressToBind(String host) {
        assertThatThrownBy(() -> new ConsoleOptions(host, 0, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the console binds an address such as 127.0.0.1, not a name: " + host);
    }

    @Test
    void itListensOnItsAddressAlone() throws Exception {
        try (OpenConsole console = OpenConsole.open(folder);
                ServerSocket beside = new ServerSocket(console.port(), 1, loopback(2))) {
            assertThat(beside.isBound()).isTrue();
        }
    }

    @Test
    void stoppingFreesThePort() throws Exception {
        int port;
        try (OpenConsole console = OpenConsole.open(folder)) {
            port = console.port();
            assertThat(console.get("/facts").status()).isEqualTo(200);
        }
        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(new java.net.InetSocketAddress(loopback(1), port));
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void systemPropertiesAndTheEnvironmentChangeNothing() {
        System.setProperty("server.servlet.context-path", "/elsewhere");
        System.setProperty("springdoc.api-docs.enabled", "false");
        try (OpenConsole console = OpenConsole.open(folder)) {
            assertThat(console.get("/facts").status()).isEqualTo(200);
            assertThat(console.get("/openapi.json").status()).isEqualTo(200);
            assertThat(console.server().context().getEnvironment().getProperty("PATH"))
                    .isNull();
        } finally {
            System.clearProperty("server.servlet.context-path");
            System.clearProperty("springdoc.api-docs.enabled");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keep.example",
                "https://keep.example/",
                "https://keep.example/console",
                "https://keep.example?x",
                "https://keep.example#x",
                "https://me@keep.example",
                "ftp://keep.example",
                "https://",
                "*"
            })
    void aPublicOriginIsSchemeAndHostAlone(String origin) {
        assertThatThrownBy(() -> ConsoleOptions.loopback(0).withPublicOrigins(List.of(origin)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void portAndPatienceAreBounded() {
        assertThatThrownBy(() -> ConsoleOptions.loopback(65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConsoleOptions.loopback(0).withPatience(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress loopback(int last) throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }
}
