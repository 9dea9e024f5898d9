package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    @TempDir
    Path temp;

    private Path data = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void place() {
        data = temp.resolve("data");
        file = temp.resolve("keep.yaml");
    }

    private Settings.Flags flags(@Nullable String config, @Nullable String port) {
        return new Settings.Flags(temp, config, null, null, port, null, null);
    }

    private HouseOptions read(String yaml) throws CannotStart, IOException {
        Files.writeString(file, yaml);
        return Settings.read(flags("keep.yaml", null), Map.of(), data).options("1");
    }

    private HouseOptions read(Map<String, String> environment) throws CannotStart {
        return Settings.read(Settings.Flags.none(temp), environment, data).options("1");
    }

    private String refused(String yaml) throws IOException {
        Files.writeString(file, yaml);
        try {
            Settings.read(flags("keep.yaml", null), Map.of(), data).options("1");
        } catch (CannotStart e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("accepted: " + yaml);
    }

    @Test
    void nothingSetIsEveryDefaultOfTheHouse() throws Exception {
        assertThat(Settings.read(Settings.Flags.none(temp), Map.of(), data).options(ProgramVersion.text()))
                .isEqualTo(HouseOptions.at(data));
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Files.writeString(file, "gateway: { port: 1001 }\nconsole: { port: 1002 }\njournal: { sync: os }\n");
        Map<String, String> environment = Map.of("TOOLKEEP_GATEWAY_PORT", "2001", "TOOLKEEP_CONSOLE_PORT", "2002");
        HouseOptions options =
                Settings.read(flags("keep.yaml", "3001"), environment, data).options("1");
        assertThat(options.gateway().port()).isEqualTo(3001);
        assertThat(options.console().port()).isEqualTo(2002);
        assertThat(options.engine().journal().sync()).isFalse();
    }

    @Test
    void everyKeyIsRead() throws Exception {
        HouseOptions options = read("""
                # a comment
                data: elsewhere
                gateway:
                  host: 127.0.0.2
                  port: 18080
                  publicOrigins: [https://tools.example.com, "https://tools.example.com:8443"]
                  bodyBytes: 2MiB
                  connections: 7
                  headTime: 1s
                  bodyTime: 2s
                  idleTime: 3m
                  drainTime: 500ms
                console:
                  host: "::1"
                  port: 18081
                  publicOrigins: [https://console.example.com]
                journal: { sync: os, segmentBytes: 1GiB }
                store:
                  postgres:
                    url: jdbc:postgresql://db/toolkeep
                    user: keep
                    passwordFile: secrets/password
                egress:
                  connectTime: 4s
                  queueTime: 5s
                  connections: 8
                  queued: 9
                  keepAlive: 6s
                  lookupTime: 7s
                  headerBytes: 16KiB
                """);
        assertThat(options.data()).isEqualTo(temp.resolve("elsewhere"));
        assertThat(options.gateway().host()).isEqualTo("127.0.0.2");
        assertThat(options.gateway().publicOrigins())
                .containsExactly("https://tools.example.com", "https://tools.example.com:8443");
        assertThat(options.gateway().bodyBytes()).isEqualTo(2 << 20);
        assertThat(options.gateway().connections()).isEqualTo(7);
        assertThat(options.gateway().patience().head()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.gateway().patience().body()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.gateway().patience().idle()).isEqualTo(Duration.ofMinutes(3));
        assertThat(options.drain()).isEqualTo(Duration.ofMillis(500));
        assertThat(options.console().host()).isEqualTo("::1");
        assertThat(options.console().publicOrigins()).containsExactly("https://console.example.com");
        assertThat(options.engine().journal().segmentBytes()).isEqualTo(1L << 30);
        assertThat(options.store())
                .isEqualTo(new StoreChoice.Postgres(
                        "jdbc:postgresql://db/toolkeep", "keep", temp.resolve("secrets/password")));
        assertThat(options.engine().egress().connectTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(options.engine().egress().queueTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.engine().egress().connections()).isEqualTo(8);
        assertThat(options.engine().egress().queued()).isEqualTo(9);
        assertThat(options.engine().egress().keepAlive()).isEqualTo(Duration.ofSeconds(6));
        assertThat(options.engine().egress().lookupTtl()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.engine().egress().headerBytes()).isEqualTo(16 << 10);
    }

    @Test
    void theFileInTheDataFolderIsReadWhenNoneIsNamed() throws Exception {
        Files.createDirectory(data);
        Files.writeString(data.resolve("keep.yaml"), "gateway: { port: 1001 }\n");
        assertThat(read(Map.of()).gateway().port()).isEqualTo(1001);
        Files.writeString(data.resolve("keep.yaml"), "data: /elsewhere\n");
        assertThatThrownBy(() -> read(Map.of()))
                .hasMessageContaining("line 1: data cannot be set by a file that lies in the data folder");
    }

    @Test
    void aFileThatIsNamedMustBeThere() {
        assertThatThrownBy(() -> Settings.read(flags("missing.yaml", null), Map.of(), data))
                .isInstanceOf(CannotStart.class)
                .hasMessage("there is no configuration file " + temp.resolve("missing.yaml"));
        assertThatThrownBy(() -> read(Map.of("TOOLKEEP_CONFIG", "missing.yaml")))
                .hasMessage("there is no configuration file " + temp.resolve("missing.yaml"));
    }

    @Test
    void aFileThatSaysNothingChangesNothing() throws Exception {
        assertThat(read("")).isEqualTo(read("\n# only a comment\n\n"));
    }

    @Test
    void anUnknownKeyIsNamedWithItsLineAndNeverItsValue() throws Exception {
        assertThat(refused("gateway:\n  port: 1\n  prot: hunter2\n"))
                .isEqualTo(file + ": line 3: unknown key gateway.prot; did you mean gateway.port?");
        assertThat(refused("gateway: { port: 1 }\n\ngatway: { port: hunter2 }\n"))
                .isEqualTo(file + ": line 3: unknown key gatway; did you mean gateway?");
        assertThat(refused("password: hunter2\n"))
                .isEqualTo(file + ": line 1: unknown key password; known are console, data, egress, gateway, journal, "
                        + "store");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gateway: { port: hunter2 }|line 1: gateway.port must be a whole number from 0 to 65535",
                "gateway: { port: '8080' }|line 1: gateway.port must be a whole number from 0 to 65535",
                "gateway: { port: 65536 }|line 1: gateway.port must be a whole number from 0 to 65535",
                "gateway: { port: -1 }|line 1: gateway.port must be a whole number from 0 to 65535",
                "gateway: { port: 80.5 }|line 1: gateway.port must be a whole number from 0 to 65535",
                "gateway: { port: }|line 1: gateway.port must be a whole number from 0 to 65535",
                "gateway: 8080|line 1: gateway: must be a mapping",
                "gateway:|line 1: gateway: must be a mapping",
                "- gateway|line 1: must be a mapping",
                "gateway: { host: hunter2.example.com }|line 1: gateway.host must be an IP address",
                "gateway: { host: 'fe80::1%hunter2' }|line 1: gateway.host must be an IP address",
                "gateway: { publicOrigins: https://hunter2 }|line 1: gateway.publicOrigins must be a list of origins",
                "gateway: { publicOrigins: [hunter2] }|line 1: gateway.publicOrigins must be a list of origins",
                "gateway: { publicOrigins: ['https://hunter2/path'] }|line 1: gateway.publicOrigins must be a list",
                "gateway: { publicOrigins: ['https://me:hunter2@host'] }|line 1: gateway.publicOrigins must be a list",
                "gateway: { publicOrigins: ['ftp://hunter2'] }|line 1: gateway.publicOrigins must be a list",
                "gateway: { bodyBytes: 10 }|line 1: gateway.bodyBytes must be a size from 1KiB to 256MiB",
                "gateway: { bodyBytes: 1GiB }|line 1: gateway.bodyBytes must be a size from 1KiB to 256MiB",
                "gateway: { idleTime: 10 }|line 1: gateway.idleTime must be a time from 1ms to 24h",
                "gateway: { idleTime: 0s }|line 1: gateway.idleTime must be a time from 1ms to 24h",
                "gateway: { idleTime: 25h }|line 1: gateway.idleTime must be a time from 1ms to 24h",
                "journal: { sync: hunter2 }|line 1: journal.sync must be disk or os",
                "journal: { sync: true }|line 1: journal.sync must be disk or os",
                "store: { postgres: { user: hunter2 } }|store.postgres.user needs store.postgres.url beside it",
            })
    void aValueThatDoesNotFitIsNamedAndNeverShown(String yaml, String message) throws Exception {
        assertThat(refused(yaml)).contains(message).doesNotContain("hunter2");
    }

    @Test
    void aKeyTwiceIsRefused() throws Exception {
        assertThat(refused("gateway: { port: 1 }\nconsole: { port: 1 }\ngateway: { host: 127.0.0.1 }\n"))
                .isEqualTo(file + ": a key twice in one mapping at line 3, column 1");
    }

    @Test
    void whatIsNoYamlIsRefused() throws Exception {
        assertThat(refused("{\"gateway\": {\"port\": 1}, \"gateway\": {\"port\": 2}}"))
                .startsWith(file + ": ");
        assertThat(refused("gateway: [\n")).startsWith(file + ": not YAML");
        assertThat(refused("a: &x 1\nb: *x\n")).contains("an anchor at line 1");
    }

    static List<Setting<?>> everySetting() {
        return Setting.all();
    }

    @ParameterizedTest
    @MethodSource("everySetting")
    void everySettingHasAVariableOfItsOwn(Setting<?> setting) throws Exception {
        String broken = setting.form() instanceof Form.Text ? "" : "\0";
        if (broken.isEmpty()) {
            assertThat(setting.variable()).startsWith("TOOLKEEP_STORE_POSTGRES_");
            return;
        }
        assertThatThrownBy(() -> read(Map.of(setting.variable(), broken)))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith(setting.variable() + " must be ");
    }

    @Test
    void anUnknownVariableNamesTheNearestOne() {
        assertThatThrownBy(() -> read(Map.of("TOOLKEEP_GATEWAY_PROT", "hunter2")))
                .hasMessage("unknown variable TOOLKEEP_GATEWAY_PROT; did you mean TOOLKEEP_GATEWAY_PORT?");
        assertThatThrownBy(() -> read(Map.of("TOOLKEEP_JAVAHOME", "hunter2")))
                .hasMessage("unknown variable TOOLKEEP_JAVAHOME; did you mean TOOLKEEP_JAVA_HOME?");
    }

    @Test
    void whatOthersReadAndWhatIsEmptyIsNoError() throws Exception {
        assertThat(read(Map.of(
                        "TOOLKEEP_JAVA_HOME", "x",
                        "TOOLKEEP_JAVA_OPTS", "x",
                        "TOOLKEEP_NO_AOT", "x",
                        "TOOLKEEP_KEY", "x",
                        "TOOLKEEP_GATEWAY_PORT", "",
                        "PATH", "x")))
                .isEqualTo(read(Map.of()));
    }

    @Test
    void pathsAreRelativeToWhereTheyWereSaid() throws Exception {
        Path other = Files.createDirectories(temp.resolve("etc"));
        Files.writeString(other.resolve("k.yaml"), "data: store\n");
        Settings.Flags config = flags("etc/k.yaml", null);
        assertThat(Settings.read(config, Map.of(), data).options("1").data()).isEqualTo(other.resolve("store"));
        assertThat(Settings.read(config, Map.of("TOOLKEEP_DATA", "here"), data)
                        .options("1")
                        .data())
                .isEqualTo(temp.resolve("here"));
        assertThat(Settings.read(new Settings.Flags(temp, null, "../there", null, null, null, null), Map.of(), data)
                        .options("1")
                        .data())
                .isEqualTo(temp.resolveSibling("there"));
    }

    @Test
    void onlyAnAddressOthersCanReachIsWarnedOf() throws Exception {
        assertThat(Settings.read(Settings.Flags.none(temp), Map.of(), data).warnings())
                .isEmpty();
        assertThat(Settings.read(Settings.Flags.none(temp), Map.of("TOOLKEEP_GATEWAY_HOST", "127.9.9.9"), data)
                        .warnings())
                .isEmpty();
        assertThat(Settings.read(
                                Settings.Flags.none(temp),
                                Map.of("TOOLKEEP_GATEWAY_HOST", "0.0.0.0", "TOOLKEEP_CONSOLE_HOST", "::"),
                                data)
                        .warnings())
                .hasSize(2)
                .allMatch(warning -> warning.contains("no TLS"))
                .anyMatch(warning -> warning.contains("gateway.publicOrigins"))
                .anyMatch(warning -> warning.contains("console.publicOrigins"));
    }

    @ParameterizedTest
    @CsvSource({"localhost,127.0.0.1", "127.1,127.0.0.1", "0:0:0:0:0:0:0:1,::1", "::ffff:127.0.0.1,127.0.0.1", "0::,::"
    })
    void anAddressIsWrittenAsRequestsWillNameIt(String given, String kept) throws Exception {
        assertThat(read(Map.of("TOOLKEEP_GATEWAY_HOST", given)).gateway().host())
                .isEqualTo(kept);
    }
}
