package dev.toolkeep.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.console.Answer;
import dev.toolkeep.console.OpenConsole;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The set-up link: a page that changes nothing, and a button that works once.
class SetupLinkTest {
    private static final Pattern KEY = Pattern.compile("tk_[a-z2-7]{12}_[A-Za-z0-9_-]{43}");

    @TempDir
    Path folder;

    private OpenConsole console;

    @BeforeEach
    void open() {
        console = OpenConsole.open(folder);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void theButtonShowsAKeyThatAdministers() throws Exception {
        Answer page = press(console.rooms().setup().issue());
        assertThat(page.status()).isEqualTo(200);
        String key = key(page);
        assertThat(console.ask("GET", "/api/v1/facts", BodyPublishers.noBody(), "Authorization", "Bearer " + key)
                        .status())
                .isEqualTo(200);
        assertThat(console.journal()).doesNotContain(key, key.substring(16));
        assertThat(console.records("setup.consumed")).hasSize(1);
    }

    @Test
    void lookingUsesNothingUp() throws Exception {
        String token = console.rooms().setup().issue();
        for (int i = 0; i < 3; i++) {
            Answer page = look(token);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text())
                    .contains("<form method=\"post\">")
                    .doesNotContain(token)
                    .doesNotContain("tk_");
        }
        assertThat(press(token).status()).isEqualTo(200);
    }

    @Test
    void itWorksOnce() throws Exception {
        String token = console.rooms().setup().issue();
        assertThat(press(token).status()).isEqualTo(200);
        assertGone(look(token));
        assertGone(press(token));
    }

    @Test
    void itWorksForADay() throws Exception {
        String token = console.rooms().setup().issue();
        console.clock().forward(Duration.ofHours(23));
        assertThat(look(token).status()).isEqualTo(200);
        console.clock().forward(Duration.ofHours(1));
        assertGone(look(token));
        assertGone(press(token));
    }

    @Test
    void onlyTheLatestWorks() throws Exception {
        String first = console.rooms().setup().issue();
        String second = console.rooms().setup().issue();
        assertGone(look(first));
        assertGone(press(first));
        assertThat(press(second).status()).isEqualTo(200);
    }

    @Test
    void ofManyWhoPressAtOnceOneGetsAKey() throws Exception {
        String token = console.rooms().setup().issue();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Answer>> presses = new ArrayList<>();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 32; i++) {
                presses.add(people.submit(() -> {
                    go.await();
                    return press(token);
                }));
            }
            go.countDown();
        }
        int winners = 0;
        for (Future<Answer> pressed : presses) {
            if (pressed.get().status() == 200) {
                winners++;
            } else {
                assertGone(pressed.get());
            }
        }
        assertThat(winners).isEqualTo(1);
        assertThat(console.rooms().agents().show("operator").keys()).hasSize(1);
    }

    @Test
    void wrongTokensAreRecordedWithoutThemAndBounded() throws Exception {
        console.rooms().setup().issue();
        String guess = "A".repeat(43);
        var record = console.refused("setup_link", () -> assertGone(press(guess)));
        assertThat(record.path("detail").asString()).isEqualTo("POST /setup/...");
        console.nextSecond();
        for (int i = 0; i < 200; i++) {
            press(guess);
        }
        console.refused("setup_link", () -> press(guess));
        assertThat(console.records("console.refused")).hasSizeLessThan(200);
        assertThat(console.records("console.refused").stream()
                        .mapToLong(one -> 1 + one.path("more").asLong(0))
                        .sum())
                .isEqualTo(202);
        assertThat(console.journal()).doesNotContain(guess);
    }

    @Test
    void noGuessOfAnyShapeWorks() throws Exception {
        String token = console.rooms().setup().issue();
        for (String guess : List.of(
                token.substring(1), token + "A", token.toLowerCase(java.util.Locale.ROOT), "%00", "*", "null", "...")) {
            assertThat(look(guess).status()).as(guess).isIn(400, 404);
            assertThat(press(guess).status()).as(guess).isIn(400, 404);
        }
        assertThat(look(token).status()).isEqualTo(200);
    }

    @Test
    void theTokenIsKeptAsAHashForItsOwnerAlone() throws Exception {
        String token = console.rooms().setup().issue();
        Path kept = folder.resolve("setup.link");
        assertThat(Files.readString(kept)).doesNotContain(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(console.journal()).doesNotContain(token);
    }

    @Test
    void anAgentCalledOperatorDoesNotGetTheKey() throws Exception {
        console.rooms().agents().add(Operator.program(), Caller.of("operator", Caller.Kind.AGENT, Set.of(), Set.of()));
        String key = key(press(console.rooms().setup().issue()));
        assertThat(console.ask("GET", "/api/v1/facts", BodyPublishers.noBody(), "Authorization", "Bearer " + key)
                        .status())
                .isEqualTo(200);
        assertThat(console.rooms().agents().show("operator").keys()).isEmpty();
        assertThat(console.rooms().agents().show("operator-2").keys()).hasSize(1);
    }

    @Test
    void everyPageAllowsNothingButItsOwnStyle() throws Exception {
        String token = console.rooms().setup().issue();
        for (Answer page : List.of(look(token), press(token), look(token))) {
            Matcher style =
                    Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page.text());
            assertThat(style.find()).isTrue();
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
            assertThat(page.headers().allValues("Content-Security-Policy"))
                    .containsExactly("default-src 'none'; style-src 'sha256-"
                            + Base64.getEncoder().encodeToString(hash)
                            + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
            assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
            assertThat(page.header("Cache-Control")).isEqualTo("no-store");
            assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.headers().map()).doesNotContainKey("set-cookie");
            assertThat(page.text()).doesNotContain("<script", "style=", "http://", "https://", "javascript:");
            assertThat(page.text()).doesNotContainPattern("\\son[a-z]+=");
        }
    }

    private Answer look(String token) {
        return console.ask("GET", "/setup/" + token, BodyPublishers.noBody(), "Authorization", "");
    }

    private Answer press(String token) {
        return console.ask("POST", "/setup/" + token, BodyPublishers.noBody(), "Authorization", "");
    }

    private static String key(Answer page) {
        Matcher key = KEY.matcher(page.text());
        assertThat(key.find()).isTrue();
        return key.group();
    }

    private static void assertGone(Answer page) {
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text())
                .contains("This link does not work")
                .doesNotContain("tk_")
                .doesNotContain("<form");
    }
}
