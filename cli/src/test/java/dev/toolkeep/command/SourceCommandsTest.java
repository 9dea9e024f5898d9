package dev.toolkeep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.testkit.fake.FakeManuals;
import dev.toolkeep.testkit.fake.FakeManuals.Offered;
import dev.toolkeep.testkit.fake.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceCommandsTest {
    private Live live;
    private Shell shell;

    @BeforeAll
    void start(@TempDir Path temp) {
        live = Live.in(temp);
        shell = live.shell();
    }

    @AfterAll
    void stop() {
        live.close();
    }

    private String reach() {
        return " --reach " + live.publisher().server().hostAndPort();
    }

    @Test
    void aFileIsReadFromWhereThePersonStandsAndItsToolsWait() {
        live.file("manual.json", live.publisher().manualOf(List.of(Offered.of("items"))));
        Shell.Ran ran = shell.run("source add filed utcp manual.json" + reach()).done();
        assertThat(ran.out()).contains("filed: 1 added, 0 unchanged", "+ filed.items", "toolkeep approve 'filed.*'");
        assertThat(shell.run("source show filed").done().out()).contains("/manual.json", "1 pending");
        assertThat(shell.run("call filed.items '{\"body\":{}}'").failed().err())
                .contains("tool_not_found", "rule registry");
    }

    @Test
    void aPreviewKeepsNothing() {
        live.file("preview.json", live.publisher().manualOf(List.of(Offered.of("items"))));
        assertThat(shell.run("source add seen utcp preview.json --preview" + reach())
                        .done()
                        .out())
                .contains("+ seen.items", "nothing was kept");
        assertThat(shell.run("source show seen").failed().err()).contains("not_found");
    }

    @Test
    void whatARefreshFindsIsSaid() {
        try (FakeManuals publisher = FakeManuals.start()) {
            publisher.offer(Offered.of("stays"), Offered.of("changes"), Offered.of("goes"));
            String to = " --reach " + publisher.server().hostAndPort();
            shell.run("source add fresh openapi " + publisher.openApiUrl() + to).done();
            publisher.offer(
                    Offered.of("stays"),
                    new Offered("changes", "Does something else", "{\"type\":\"object\"}"),
                    Offered.of("arrives"));
            assertThat(shell.run("source refresh fresh").done().out())
                    .contains("+ fresh.arrives", "~ fresh.changes", "- fresh.goes", "1 unchanged");
            publisher.fail();
            assertThat(shell.run("source refresh fresh").failed().err()).contains("tool_failed", "503");
            Shell.Ran all = shell.run("source refresh --all").failed();
            assertThat(all.out()).contains("fresh: could not be read", "keep: ");
            assertThat(shell.run("source refresh --all --json").failed().json().path("sources"))
                    .isNotEmpty();
            assertThat(shell.run("source list").done().out()).contains("fresh", "failed:");
        }
    }

    @Test
    void removingAsksOrNeedsYes() {
        live.file("gone.json", live.publisher().manualOf(List.of(Offered.of("items"))));
        shell.run("source add gone utcp gone.json" + reach()).done();
        assertThat(shell.run("source remove gone").wrong().err()).contains("--yes");
        assertThat(shell.at(Somebody.plain())
                        .typing("n\n")
                        .run("source remove gone")
                        .failed()
                        .err())
                .contains("[y/N]", "nothing was removed");
        assertThat(shell.at(Somebody.plain())
                        .typing("y\n")
                        .run("source remove gone")
                        .done()
                        .out())
                .contains("gone is removed");
        shell.run("source show gone").failed();
    }

    @Test
    void aValueThatLooksSecretIsWarnedAboutAndNeverRepeated() {
        String secret = "ghp_0123456789abcdefghij0123";
        Shell.Ran ran = shell.run("source", "add", "hub", "mcp", "--env", "HUB=" + secret, "--", "/nowhere/hub-mcp");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("looks like a secret", "HUB");
        assertThat(ran.out() + ran.err()).doesNotContain(secret);
        Shell.Ran header = shell.run(
                "source", "add", "hub", "mcp", "--url", "http://127.0.0.1:1/", "--header", "Authorization: " + secret);
        assertThat(header.failed().err()).contains("${NAME}").doesNotContain(secret);
        Shell.Ran formless =
                shell.run("source", "add", "hub", "mcp", "--url", "http://127.0.0.1:1/", "--header", secret);
        assertThat(formless.wrong().err()).contains("'Name: value'").doesNotContain(secret);
    }

    @Test
    void kindsTakeTheirOwnOptionsAlone() {
        for (String wrong : new String[] {
            "source add x",
            "source add x ftp y",
            "source add x utcp",
            "source add x utcp a b",
            "source add x utcp a --base-url https://b",
            "source add x utcp a --env A=B",
            "source add x mcp",
            "source add x mcp --url https://a --env A=B",
            "source add x mcp --header 'A: b' -- run",
            "source add x mcp --env nonsense -- run",
            "source refresh",
            "source refresh x --all",
            "source show",
            "source list x",
            "source"
        }) {
            Shell.Ran ran = shell.run(wrong).wrong();
            assertThat(ran.out()).as(wrong).isEmpty();
            assertThat(ran.err().lines()).as(wrong).hasSizeBetween(1, 2);
        }
    }

    @Test
    void everyAnswerIsJsonWhereThatIsAsked() {
        assertThat(shell.run("source list --json").done().json().path("sources"))
                .isNotEmpty();
        assertThat(shell.run("source show keep --json")
                        .done()
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("keep");
        assertThat(shell.run("source show nobody --json")
                        .failed()
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("not_found");
        assertThat(shell.run("source add x ftp y --json")
                        .wrong()
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("usage");
        assertThat(shell.run("source add x utcp missing.json --json")
                        .failed()
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("no_such_file");
    }

    @Test
    void aSlowSourceIsSaidToBeWaitedFor() {
        try (FakeManuals publisher = FakeManuals.start()) {
            publisher.manual(new Reply.Held(Reply.json(publisher.manualOf(List.of(Offered.of("late"))))));
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> shell.run(
                    new ByteArrayOutputStream(),
                    err,
                    Shell.words("source add slow utcp " + publisher.manualUrl() + " --reach "
                                    + publisher.server().hostAndPort())
                            .toArray(String[]::new)));
            Awaitility.await().until(() -> err.toString(StandardCharsets.UTF_8).contains("still at it"));
            publisher.server().release();
            assertThat(exit.join()).isZero();
        }
    }
}
