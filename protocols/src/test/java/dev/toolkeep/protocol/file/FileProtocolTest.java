package dev.toolkeep.protocol.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.toolkeep.protocol.Answer;
import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.Progress;
import dev.toolkeep.protocol.Sent;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.FileCall;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileProtocolTest {
    @TempDir
    private Path folder;

    private Path data;
    private Path secret;
    private Set<String> grants;

    @BeforeEach
    void open() throws IOException {
        folder = folder.toRealPath();
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("a.txt"), "hello é");
        Files.writeString(Files.createDirectory(data.resolve("sub")).resolve("b.json"), "{}");
        secret = Files.writeString(folder.resolve("secret.txt"), "do not read");
        grants = Set.of("file:" + data);
    }

    @Test
    void aFileOfAGrantedFolderIsAnswered() {
        assertThat(text("a.txt")).isEqualTo("hello é");
        assertThat(text("sub/b.json")).isEqualTo("{}");
        assertThat(text(data + "/a.txt")).isEqualTo("hello é");
    }

    @Test
    void variablesStandInThePath() {
        assertThat(read(new FileCall(data + "/${FILE}", List.of(), 100, "utf-8", List.of()), ""))
                .isEqualTo(new Sent.Answered(new Answer.Text("hello é")));
        assertThat(fault(new FileCall(data + "/${OTHER}", List.of(), 100, "utf-8", List.of()), "")
                        .kind())
                .isEqualTo(Kind.MISSING_SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../etc/passwd",
                "../secret.txt",
                "sub/../../secret.txt",
                "/etc/passwd",
                "//etc/passwd",
                "/proc/self/environ",
                "/dev/zero",
                "..",
                "sub/..",
                "link",
                "link/secret.txt",
                "chain",
                "a\u0000.txt",
                "a.txt\n",
            })
    void whatLiesElsewhereIsNotAllowed(String asked) throws IOException {
        Files.createSymbolicLink(data.resolve("link"), folder);
        Files.createSymbolicLink(data.resolve("chain"), data.resolve("link/secret.txt"));
        ToolFault fault = fault(call(), asked);
        assertThat(fault.message()).contains("Path not allowed").doesNotContain(folder.toString());
    }

    @Test
    void aLinkInsideTheFolderIsFollowed() throws IOException {
        Files.createSymbolicLink(data.resolve("link.txt"), data.resolve("a.txt"));
        assertThat(text("link.txt")).isEqualTo("hello é");
    }

    @Test
    void theTemplateNarrowsWhatWasGrantedAndNeverWidensIt() {
        List<String> elsewhere = List.of(folder.toString());
        String path = secret.toString();
        assertThat(fault(new FileCall(path, elsewhere, 100, "utf-8", List.of()), "")
                        .message())
                .contains("Path not allowed");
        List<String> sub = List.of(data.resolve("sub").toString());
        assertThat(fault(new FileCall(data + "/a.txt", sub, 100, "utf-8", List.of()), "")
                        .message())
                .contains("Path not allowed");
        grants = Set.of();
        assertThat(fault(call(), "a.txt").message()).contains("--reach file:");
        grants = Set.of("run:" + data, "file:" + folder.resolve("absent"));
        assertThat(fault(call(), "a.txt").message()).doesNotContain("hello");
    }

    @Test
    void aFolderWhoseNameGoesOnIsAnother() throws IOException {
        Path twin = Files.createDirectory(folder.resolve("data-of-others"));
        Files.writeString(twin.resolve("a.txt"), "theirs");
        assertThat(fault(call(), twin + "/a.txt").message()).contains("Path not allowed");
    }

    @Test
    void whatIsNotThereIsSaidOnlyInsideTheFolder() {
        assertThat(fault(call(), "absent.txt").message()).contains("there is no such file");
        assertThat(fault(call(), folder + "/absent.txt").message()).contains("Path not allowed");
        assertThat(fault(call(), folder + "/secret.txt").message()).contains("Path not allowed");
    }

    @Test
    void onlyRegularFilesAreRead() throws Exception {
        assertThat(fault(call(), "sub").kind()).isEqualTo(Kind.UNREACHABLE);
        Path fifo = data.resolve("fifo");
        assumeThat(Path.of("/usr/bin/mkfifo")).as("mkfifo is missing").isExecutable();
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", fifo.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(fault(call(), "fifo").kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aFileThatIsTooLargeIsAFault() {
        assertThat(fault(new FileCall(data + "/a.txt", List.of(), 7, "utf-8", List.of()), "")
                        .kind())
                .isEqualTo(Kind.TOO_LARGE);
        assertThat(read(new FileCall(data + "/a.txt", List.of(), 8, "utf-8", List.of()), ""))
                .isInstanceOf(Sent.Answered.class);
    }

    @Test
    void theEncodingIsTheOneTheToolNames() throws IOException {
        Files.write(data.resolve("latin"), "é".getBytes(StandardCharsets.ISO_8859_1));
        FileCall latin = new FileCall(data + "/latin", List.of(), 9, "iso-8859-1", List.of());
        assertThat(read(latin, "")).isEqualTo(new Sent.Answered(new Answer.Text("é")));
        ToolFault fault = fault(new FileCall(data + "/latin", List.of(), 9, "utf-8", List.of()), "");
        assertThat(fault.kind()).isEqualTo(Kind.BAD_ANSWER);
    }

    @Test
    void theExtensionCountsForTheNameAndForWhatALinkLeadsTo() throws IOException {
        Files.writeString(data.resolve("key.pem"), "key");
        Files.createSymbolicLink(data.resolve("key.txt"), data.resolve("key.pem"));
        FileCall call = new FileCall(data + "/UTCP_ARG_x_UTCP_ARG", List.of(), 100, "utf-8", List.of(".txt"));
        assertThat(read(call, "a.txt")).isInstanceOf(Sent.Answered.class);
        assertThat(fault(call, "key.pem").message()).contains("must end in .txt");
        assertThat(fault(call, "key.txt").message()).contains("must end in .txt");
    }

    @Test
    void aMissingArgumentIsAFault() {
        assertThat(fault(call(), null).message()).contains("argument x is missing");
    }

    /// Somebody swaps a file for a link to a secret, over and over, while it is read.
    @Test
    void noSwapBetweenCheckAndReadOpensAnotherFile() throws Exception {
        Path place = data.resolve("swapped");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> swapping = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; !over.get(); i++) {
                    Path next = data.resolve("next");
                    if (i % 2 == 0) {
                        Files.createSymbolicLink(next, secret);
                    } else {
                        Files.writeString(next, "harmless");
                    }
                    Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        int answered = 0;
        for (int i = 0; i < 3000 || answered == 0; i++) {
            if (read(call(), "swapped") instanceof Sent.Answered(Answer.Text(String text))) {
                assertThat(text).isIn("harmless", "");
                answered++;
            }
        }
        over.set(true);
        swapping.get(60, TimeUnit.SECONDS);
    }

    /// The same for a folder on the way: what was judged is walked, step by step.
    @Test
    void noLinkOnTheWayIsFollowedAfterTheCheck() throws IOException {
        Path moved = data.resolve("sub/b.json");
        assertThat(SafeOpen.read(moved, 10)).containsExactly('{', '}');
        Files.move(data.resolve("sub"), data.resolve("old"));
        Files.createSymbolicLink(data.resolve("sub"), folder);
        Files.writeString(folder.resolve("b.json"), "secret");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> SafeOpen.read(moved, 10))
                .isInstanceOf(IOException.class);
    }

    private FileCall call() {
        return new FileCall("UTCP_ARG_x_UTCP_ARG", List.of(data.toString()), 100, "utf-8", List.of());
    }

    private String text(String asked) {
        if (read(call(), asked) instanceof Sent.Answered(Answer.Text(String text))) {
            return text;
        }
        throw new AssertionError("no text");
    }

    private ToolFault fault(FileCall call, @Nullable String asked) {
        Sent sent = read(call, asked);
        if (sent instanceof Sent.Failed(ToolFault fault)) {
            return fault;
        }
        throw new AssertionError("no fault but " + sent);
    }

    private Sent read(FileCall call, @Nullable String asked) {
        return new FileProtocol()
                .send(new Dispatch(
                        "src",
                        new CallTemplate.File(call),
                        asked == null ? Json.object() : Json.object().put("x", asked),
                        name -> name.equals("FILE") ? "a.txt" : null,
                        new Reach(grants),
                        Duration.ofSeconds(60),
                        1000,
                        "req-1",
                        "",
                        Runnable::run,
                        Progress.ignored(),
                        new Withdrawal()))
                .toCompletableFuture()
                .orTimeout(90, TimeUnit.SECONDS)
                .join();
    }
}
