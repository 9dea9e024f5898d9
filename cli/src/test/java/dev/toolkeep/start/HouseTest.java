package dev.toolkeep.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolkeep.store.SqlStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HouseTest {
    @TempDir
    Path temp;

    private Path data = Path.of("");

    @BeforeEach
    void place() {
        data = temp.resolve("data");
    }

    private House start() throws CannotStart {
        return House.start(HouseOptions.at(data).withPorts(0, 0));
    }

    @Test
    void aFirstStartAnswersAFirstCall() throws Exception {
        try (House house = start();
                Client client = new Client(house.running(), data)) {
            HttpResponse<String> answer = client.call("keep.clock", "{}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("epochMillis");
            assertThat(client.toolNames()).containsExactly("keep.clock", "keep.echo", "keep.facts");
            assertThat(DataFolder.running(data)).contains(house.running());
        }
    }

    @Test
    void everythingItMakesIsItsOwnersAlone() throws Exception {
        start().close();
        assertThat(mode(data)).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(data)) {
            List<Path> made = files.filter(Files::isRegularFile).toList();
            assertThat(made)
                    .extracting(file -> file.getFileName().toString())
                    .contains("operator.token", "agent.key", "pepper.key", "vault.key", "journal.key", "toolkeep.lock");
            for (Path file : made) {
                assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aSecondStartFindsKeysToolsAndPolicyAgain() throws Exception {
        String agent;
        String operator;
        try (House house = start();
                Client client = new Client(house.running(), data)) {
            agent = Files.readString(house.agentKey());
            operator = Files.readString(house.operatorToken());
            client.admin("POST", "/tools/revoke", "{\"tools\":[\"keep.facts\"]}");
        }
        try (House house = start();
                Client client = new Client(house.running(), data)) {
            assertThat(house.agentKey()).hasContent(agent);
            assertThat(house.operatorToken()).hasContent(operator);
            assertThat(client.call("keep.clock", "{}").statusCode()).isEqualTo(200);
            assertThat(client.call("keep.facts", "{}").statusCode())
                    .as("what an operator took away stays away")
                    .isGreaterThanOrEqualTo(400);
            assertThat(client.admin("GET", "/policy", "").path("revision").longValue())
                    .isEqualTo(1);
            assertThat(client.admin("GET", "/agents", "").path("agents")).hasSize(2);
        }
    }

    @Test
    void aKeyThatItsOwnerTookAwayIsNotMadeAgain() throws Exception {
        start().close();
        Files.delete(data.resolve(DataFolder.OPERATOR_TOKEN));
        try (House house = start()) {
            assertThat(house.operatorToken()).doesNotExist();
            assertThat(house.works(house.operatorToken())).isFalse();
        }
    }

    @Test
    void aFirstStartThatWasCutShortIsFinishedByTheNext() throws Exception {
        start().close();
        Files.delete(data.resolve(SqlStore.FILE));
        String before = Files.readString(data.resolve(DataFolder.AGENT_KEY));
        Files.delete(data.resolve(DataFolder.OPERATOR_TOKEN));
        try (House house = start()) {
            assertThat(house.agentKey()).as("never overwritten").hasContent(before);
            assertThat(house.works(house.agentKey())).isFalse();
            assertThat(house.works(house.operatorToken())).isTrue();
            try (Client client = new Client(house.running(), data)) {
                assertThat(client.admin("GET", "/facts", "").path("callers").intValue())
                        .isEqualTo(2);
            }
        }
    }

    @Test
    void theSetupLinkShowsAPage() throws Exception {
        try (House house = start();
                Client client = new Client(house.running(), data)) {
            assertThat(client.status(URI.create(house.setupLink()))).isEqualTo(200);
            assertThat(client.status(URI.create(house.setupLink() + "x"))).isEqualTo(404);
        }
    }

    @Test
    void aTakenGatewayPortIsOneLineAndNothingStaysOpen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> House.start(HouseOptions.at(data).withPorts(taken.getLocalPort(), 0)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("the gateway cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": it is taken or not this machine's; choose another with --port");
        }
        start().close();
    }

    @Test
    void aTakenConsolePortIsOneLineAndNothingStaysOpen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> House.start(HouseOptions.at(data).withPorts(0, taken.getLocalPort())))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("the console cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("--console-port");
        }
        assertThat(data.resolve(DataFolder.SERVER)).doesNotExist();
        start().close();
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        start().close();
        for (String name : List.of("pepper.key", "vault.key", "journal.key", "operator.token", "agent.key")) {
            Path file = data.resolve(name);
            String secret = Files.readAllLines(file).getLast();
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertThatThrownBy(this::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(file + " is open to others (rw-r--r--)")
                    .hasMessageContaining("`chmod 600 " + file + "`")
                    .message()
                    .doesNotContain(secret)
                    .doesNotContain("\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        start().close();
    }

    @Test
    void aDatabasePasswordThatOthersCanReadIsRefused() throws Exception {
        Path password = Files.writeString(temp.resolve("password"), "hunter2");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r-----"));
        HouseOptions options = HouseOptions.at(data)
                .withPorts(0, 0)
                .withStore(new StoreChoice.Postgres("jdbc:postgresql://127.0.0.1:1/none", "keep", password));
        assertThatThrownBy(() -> House.start(options))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("chmod 600 " + password)
                .message()
                .doesNotContain("hunter2");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> House.start(options))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("PostgreSQL database none at 127.0.0.1 cannot be reached")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void aKeyThatIsALinkIsRefused() throws Exception {
        start().close();
        Path file = data.resolve(DataFolder.AGENT_KEY);
        Files.move(file, temp.resolve("elsewhere"));
        Files.createSymbolicLink(file, temp.resolve("elsewhere"));
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(file + " must be a regular file");
    }

    @Test
    void aFolderThatOthersCanWriteIsRefused() throws Exception {
        Files.createDirectory(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessage("the data folder " + data + " can be written by others (rwxrwx---); run `chmod 700 " + data
                        + "`");
    }

    @Test
    void aFolderThatIsAFileIsRefused() throws Exception {
        Files.writeString(data, "not a folder");
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessage("the data folder " + data + " is a file, not a folder; choose another with --data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/toolkeep", "/dev/null/toolkeep"})
    void aFolderThatCannotBeMadeIsRefused(String place) {
        assertThatThrownBy(() -> House.start(HouseOptions.at(Path.of(place)).withPorts(0, 0)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("the data folder " + place + " cannot be used")
                .hasMessageContaining("--data");
    }

    @Test
    void aDamagedStoreIsOneLine() throws Exception {
        start().close();
        try (RandomAccessFile file =
                new RandomAccessFile(data.resolve(SqlStore.FILE).toFile(), "rw")) {
            file.write(new byte[4096]);
        }
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(SqlStore.FILE)
                .hasMessageContaining("damaged");
    }

    @Test
    void aJournalWithAChangedRecordIsOneLine() throws Exception {
        start().close();
        Path segment = newest(data.resolve("journal"));
        byte[] records = Files.readAllBytes(segment);
        records[records.length / 2] ^= 1;
        Files.write(segment, records);
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("journal record")
                .hasMessageContaining("backup");
    }

    @Test
    void aJournalThatWasCutIsOneLine() throws Exception {
        start().close();
        Path segment = newest(data.resolve("journal"));
        byte[] records = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(records, records.length / 2));
        assertThatThrownBy(this::start).isInstanceOf(CannotStart.class).hasMessageContaining("journal");
    }

    @Test
    void aSecondHouseOnTheSameFolderIsRefusedAndTheFirstGoesOn() throws Exception {
        try (House house = start();
                Client client = new Client(house.running(), data)) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessage(
                            "another Toolkeep (pid " + ProcessHandle.current().pid() + ") has the data folder " + data
                                    + "; stop that one, or choose another folder with --data");
            assertThat(client.call("keep.clock", "{}").statusCode()).isEqualTo(200);
            assertThat(DataFolder.running(data)).contains(house.running());
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        House house = start();
        house.close();
        house.close();
        assertThat(DataFolder.presence(data)).isEqualTo(new Presence.Nobody());
        assertThat(data.resolve(DataFolder.SERVER)).doesNotExist();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Path newest(Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log")
                            || file.getFileName().toString().endsWith(".jsonl"))
                    .max(java.util.Comparator.naturalOrder())
                    .orElseThrow();
        }
    }
}
