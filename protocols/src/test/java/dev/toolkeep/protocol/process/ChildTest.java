package dev.toolkeep.protocol.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    private static final Walls.Sandboxed SANDBOX = new Walls.Sandboxed(false, List.of(), List.of());

    @TempDir
    Path folder;

    @Test
    void theWholeEnvironmentIsWhatTheLaunchNames() throws Exception {
        Launch launch = Launch.open(List.of("/usr/bin/env"), Map.of("OWN", "1"), Set.of("PATH", "ABSENT"), "");
        assertThat(output(launch).lines().map(line -> line.substring(0, line.indexOf('='))))
                .containsExactlyInAnyOrder("PATH", "OWN", "TOOLKEEP_CHILD");
    }

    @Test
    void aGrandchildInASessionOfItsOwnEndsWithTheChild() throws Exception {
        Child child = start(new Walls.None(), "setsid sleep 1000 & echo $!; wait");
        long grandchild = Long.parseLong(firstLine(child));
        assertThat(alive(grandchild)).isTrue();
        child.clear();
        await().untilAsserted(() -> assertThat(alive(grandchild)).isFalse());
    }

    @Test
    void whatAChildLeavesBehindIsEnded() throws Exception {
        Child child = start(new Walls.None(), "(sleep 1000 >/dev/null & echo $!) ");
        long orphan = Long.parseLong(firstLine(child));
        assertThat(child.exit().join()).isZero();
        assertThat(alive(orphan)).isTrue();
        child.clear();
        await().untilAsserted(() -> assertThat(alive(orphan)).isFalse());
    }

    @Test
    void itsOwnFolderIsGoneWithItAndLinksInItAreNotFollowed() throws Exception {
        Path kept = Files.writeString(folder.resolve("kept"), "kept");
        Child child = start(new Walls.None(), "ln -s " + folder + " link; mkdir -p a/b; pwd");
        Path used = Path.of(firstLine(child));
        child.exit().join();
        assertThat(used).startsWith(folder.toRealPath()).isNotEmptyDirectory();
        child.clear();
        assertThat(used).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void limitsAreSetWherePrlimitIs() throws Exception {
        assumeThat(Path.of("/usr/bin/prlimit")).as("prlimit is missing").isExecutable();
        assertThat(output(bash(new Walls.Limited(), "ulimit -n; ulimit -c")).lines())
                .containsExactly("1024", "0");
    }

    @Test
    void aSandboxThatCannotBeBuiltMeansNo() {
        ProcessOptions none =
                new ProcessOptions(Map.of(), folder, Path.of("/no/such/bwrap"), Path.of("/no/such/prlimit"));
        assertThatThrownBy(() -> Child.start(bash(SANDBOX, "true"), none))
                .isInstanceOf(NoSandbox.class)
                .hasMessageContaining("bubblewrap is not installed");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void inASandboxThereIsNoFileButTheSystemsAndItsOwn() throws Exception {
        assumeSandbox();
        Path secret = Files.writeString(folder.resolve("secret"), "do not read");
        String script = """
                cat %s 2>/dev/null; cat /etc/passwd /etc/shadow 2>/dev/null; ls /home /root /tmp/* 2>/dev/null
                touch /usr/x 2>/dev/null && echo wrote; echo own >own && cat own; id -u
                echo $HOME | grep -c toolkeep-child
                """.formatted(secret);
        String seen = output(bash(SANDBOX, script));
        assertThat(seen).doesNotContain("do not read", "root:", "wrote").contains("own\n65534\n1\n");
    }

    @Test
    void inASandboxAFolderIsReadOrChangedOnlyAsGranted() throws Exception {
        assumeSandbox();
        Path read = Files.createDirectory(folder.resolve("read"));
        Path write = Files.createDirectory(folder.resolve("write"));
        Files.writeString(read.resolve("a"), "A");
        Walls walls = new Walls.Sandboxed(false, List.of(read), List.of(write));
        String script = "cat %1$s/a; touch %1$s/b; touch %2$s/c".formatted(read, write);
        assertThat(output(bash(walls, script))).isEqualTo("A");
        assertThat(read.resolve("b")).doesNotExist();
        assertThat(write.resolve("c")).exists();
    }

    @Test
    void inASandboxThereIsNoNetwork() throws Exception {
        assumeSandbox();
        assertThat(output(bash(SANDBOX, "cat /proc/net/dev | grep -v lo: | grep -c :")))
                .isEqualTo("0\n");
        assertThat(output(bash(SANDBOX, "cat /proc/net/route | wc -l"))).isEqualTo("1\n");
    }

    @Test
    void inASandboxNothingOutlivesTheChildAndNoOtherProcessIsSeen() throws Exception {
        assumeSandbox();
        Child child = start(SANDBOX, "env -i setsid sleep 987654 & ls /proc | grep -c '^[0-9]'; wait");
        assertThat(Integer.parseInt(firstLine(child))).isLessThan(10);
        await().untilAsserted(() -> assertThat(sleepers()).isPositive());
        child.clear();
        await().untilAsserted(() -> assertThat(sleepers()).isZero());
    }

    /// A process that hid its mark and left its parent is found by nobody but the kernel.
    private static long sleepers() {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(process -> {
                        try {
                            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                                    .contains("987654");
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .filter(process -> !process.endsWith("self"))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assumeSandbox() throws Exception {
        assumeThat(Path.of("/usr/bin/bwrap"))
                .as("bubblewrap (bwrap) is missing")
                .isExecutable();
        Child child = start(SANDBOX, "echo works");
        String said = firstLine(child);
        child.clear();
        assumeThat(said).as("bubblewrap (bwrap) may not make namespaces here").isEqualTo("works");
    }

    private Launch bash(Walls walls, String script) {
        return new Launch(List.of("/bin/bash", "-c", script), Map.of(), Set.of("PATH"), "", walls);
    }

    private Child start(Walls walls, String script) throws IOException {
        return Child.start(bash(walls, script), options());
    }

    private ProcessOptions options() {
        return new ProcessOptions(System.getenv(), folder);
    }

    private String output(Launch launch) throws Exception {
        Child child = Child.start(launch, options());
        child.input().close();
        String said = new String(child.output().readAllBytes(), StandardCharsets.UTF_8);
        child.stop(Duration.ofSeconds(5));
        return said;
    }

    private static String firstLine(Child child) throws IOException {
        child.input().close();
        StringBuilder line = new StringBuilder();
        for (int next = child.output().read();
                next >= 0 && next != '\n';
                next = child.output().read()) {
            line.append((char) next);
        }
        return line.toString();
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
