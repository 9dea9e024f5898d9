package dev.toolkeep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.console.Answer;
import dev.toolkeep.console.OpenConsole;
import dev.toolkeep.testkit.fake.FakeManuals.Offered;
import dev.toolkeep.testkit.fake.Reply;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person approves exactly what they saw, all of it or nothing.
class ApprovingTest {
    private OpenConsole console;
    private Publisher pets;

    @BeforeEach
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder);
        pets = Publisher.of(console, Offered.of("one"), Offered.of("two"));
    }

    @AfterEach
    void close() {
        pets.close();
        console.close();
    }

    @Test
    void whatWasSeenIsApprovedAndRecorded() {
        approve(pets.seen("pets.one")).require(200);
        assertThat(pets.status("pets.one")).isEqualTo("approved");
        assertThat(pets.status("pets.two")).isEqualTo("pending");
        var record = console.records("tool.approved").getLast();
        assertThat(record.path("by").asString()).isEqualTo("boss");
        assertThat(record.path("tool").asString()).isEqualTo("pets.one");
        assertThat(record.path("digest").asString()).startsWith("sha256:");
    }

    @Test
    void whatTheSourceNoLongerOffersIsNotWhatWasSeen() {
        String seen = pets.seen("pets.one");
        pets.offer(new Offered("one", "Does something else", "{\"type\":\"object\"}"), Offered.of("two"));
        assertRefused(approve(seen), 409, "conflict", "seen-other-version");
        assertRefused(
                console.post("/tools/reject", "{\"tools\":[" + seen + "]}"), 409, "conflict", "seen-other-version");
        assertThat(pets.status("pets.one")).isEqualTo("pending");
    }

    @Test
    void aToolThatIsGoneCannotBeApproved() {
        String seen = pets.seen("pets.one");
        pets.offer(Offered.of("two"));
        assertRefused(approve(seen), 409, "conflict", "no-longer-offered");
    }

    @Test
    void oneBadToolOfAnOrderMeansNone() {
        String seen = pets.seen("pets.one");
        String wrong = "{\"name\":\"pets.two\",\"digest\":\"sha256:" + "0".repeat(64) + "\"}";
        assertRefused(approve(seen + "," + wrong), 409, "conflict", "seen-other-version");
        assertRefused(
                approve(seen + ",{\"name\":\"pets.none\",\"digest\":\"sha256:" + "0".repeat(64) + "\"}"),
                404,
                "not_found",
                "unknown-tool");
        assertRefused(approve(seen + "," + seen), 422, "invalid", "tools");
        assertThat(pets.status("pets.one")).isEqualTo("pending");
        assertThat(console.records("tool.approved")).isEmpty();
    }

    @Test
    void anOrderOfNothingIsInvalid() {
        assertRefused(approve(""), 422, "invalid", "tools");
        assertRefused(console.post("/tools/revoke", "{}"), 422, "invalid", "tools");
    }

    @Test
    void aFlaggedToolNeedsAcceptFlags() {
        pets.offer(
                Offered.of("one"), Offered.of("two"), new Offered("odd", "Looks\u200b plain", "{\"type\":\"object\"}"));
        String seen = pets.seen("pets.odd");
        assertRefused(approve(seen), 409, "conflict", "flagged");
        assertThat(pets.status("pets.odd")).isEqualTo("pending");
        console.post("/tools/approve", "{\"tools\":[" + seen + "],\"acceptFlags\":true}")
                .require(200);
        assertThat(pets.status("pets.odd")).isEqualTo("approved");
    }

    @Test
    void aToolThatCanNeverBeSentIsRefused() {
        pets.manuals()
                .manual(
                        Reply.json(
                                "{\"utcp_version\":\"1.0.2\",\"manual_version\":\"1.0.0\",\"tools\":[{\"name\":\"far\",\"description\":\"d\",\"inputs\":{\"type\":\"object\"},\"tool_call_template\":{\"call_template_type\":\"carrier_pigeon\",\"url\":\"coo\"}}]}"));
        console.post("/sources/pets/refresh", "").require(200);
        assertThat(console.get("/tools/show?name=pets.far")
                        .require(200)
                        .path("tool")
                        .path("unsupported")
                        .asString(""))
                .isNotEmpty();
        assertRefused(approve(pets.seen("pets.far")), 403, "tool_unsupported", "unsupported");
    }

    @Test
    void aQuarantinedToolIsReleasedFirst() {
        String seen = pets.seen("pets.one");
        console.post("/tools/quarantine", "{\"tools\":[\"pets.one\"],\"reason\":\"odd\"}")
                .require(200);
        assertRefused(approve(seen), 409, "conflict", "quarantined");
        console.post("/tools/release", "{\"tools\":[\"pets.one\"]}").require(200);
        approve(seen).require(200);
    }

    @Test
    void anExpiryLiesAhead() {
        String seen = pets.seen("pets.one");
        for (String expires :
                new String[] {"2001-01-01T00:00:00Z", console.clock().instant().toString()}) {
            assertRefused(approve(seen, expires), 422, "invalid", "approval-expiry");
        }
        for (String expires : new String[] {"tomorrow", "2100-13-01T00:00:00Z", "+999999999-12-31T23:59:59Z"}) {
            assertThat(approve(seen, expires).status()).as(expires).isEqualTo(422);
        }
        assertThat(pets.status("pets.one")).isEqualTo("pending");
    }

    @Test
    void anApprovalEndsAtItsExpiry() {
        approve(pets.seen("pets.one"), console.clock().instant().plusSeconds(60).toString())
                .require(200);
        assertThat(pets.status("pets.one")).isEqualTo("approved");
        console.clock().forward(Duration.ofSeconds(60));
        assertThat(pets.status("pets.one")).isEqualTo("expired");
    }

    @Test
    void takingBackWhatIsNotThereIsAConflict() {
        assertRefused(console.post("/tools/revoke", "{\"tools\":[\"pets.one\"]}"), 409, "conflict", "not-approved");
        assertRefused(console.post("/tools/release", "{\"tools\":[\"pets.one\"]}"), 409, "conflict", "not-quarantined");
        assertRefused(console.get("/tools/diff?name=pets.one"), 404, "not_found", "nothing-to-compare");
    }

    @Test
    void namesAndDigestsThatAreNoneAreInvalid() {
        assertThat(approve("{\"name\":\"pets.one\",\"digest\":\"sha256:0\"}").status())
                .isEqualTo(422);
        assertThat(approve("{\"name\":\"..\",\"digest\":\"sha256:" + "0".repeat(64) + "\"}")
                        .status())
                .isEqualTo(422);
        assertThat(console.get("/tools/show?name=pets.one&digest=md5").status()).isEqualTo(422);
        assertThat(console.get("/tools?status=fine").status()).isEqualTo(422);
        assertThat(console.get("/tools?match=%5B").status()).isEqualTo(422);
        assertThat(console.get("/tools?limit=many").status()).isEqualTo(400);
        assertThat(console.get("/tools/show").status()).isEqualTo(400);
    }

    private Answer approve(String choices) {
        return console.post("/tools/approve", "{\"tools\":[" + choices + "]}");
    }

    private Answer approve(String choices, String expires) {
        return console.post("/tools/approve", "{\"tools\":[" + choices + "],\"expires\":\"" + expires + "\"}");
    }

    private static void assertRefused(Answer answer, int status, String code, String rule) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.text("rule")).isEqualTo(rule);
        assertThat(answer.text("advice")).isNotEmpty();
    }
}
