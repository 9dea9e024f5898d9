package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static dev.toolkeep.admin.OpenRooms.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.registry.Change;
import dev.toolkeep.registry.Standing.Status;
import dev.toolkeep.tool.ToolName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolAdminTest {
    private static final ToolName ONE = ToolName.parse("pets.one");

    private OpenRooms open;
    private ToolAdmin tools;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        open = OpenRooms.open(folder);
        tools = open.rooms().tools();
        open.source("pets", "one", "two", "three");
        open.source("zoo", "one");
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void pagesTogetherAreAllByName() {
        List<String> names = new ArrayList<>();
        String after = "";
        do {
            ToolPage page = tools.list(new ToolQuery(null, "", null, false, after, 3));
            assertThat(page.total()).isEqualTo(4);
            page.tools().forEach(tool -> names.add(tool.name().text()));
            after = page.next();
        } while (!after.isEmpty());
        assertThat(names).containsExactly("pets.one", "pets.three", "pets.two", "zoo.one");
    }

    @Test
    void aListIsOfWhatWasAsked() throws Exception {
        tools.approve(BY, List.of(open.seen("pets.one")), null, true);
        assertThat(names(new ToolQuery(new ToolPattern("pets.t*"), "", null, false, "", 9)))
                .containsExactly("pets.three", "pets.two");
        assertThat(names(new ToolQuery(null, "zoo", null, false, "", 9))).containsExactly("zoo.one");
        assertThat(names(new ToolQuery(null, "", Status.APPROVED, false, "", 9)))
                .containsExactly("pets.one");
    }

    @Test
    void aDiffIsFromTheApprovedToTheOffered() throws Exception {
        tools.approve(BY, List.of(open.seen("pets.one")), null, true);
        change("one=once");
        change("one=twice");
        ToolDiff diff = tools.diff(ONE, null, null);
        assertThat(diff.changes()).extracting(Change::before).contains("one");
        assertThat(diff.changes()).extracting(Change::after).contains("one=twice");
        assertThat(tools.versions(ONE)).hasSize(3);
    }

    @Test
    void withoutAnApprovalItIsFromTheVersionBefore() throws Exception {
        change("one=once");
        change("one=twice");
        assertThat(tools.diff(ONE, null, null).changes())
                .extracting(Change::before)
                .contains("one=once");
    }

    @Test
    void aVersionOfAnotherToolIsNotThisOnes() throws Exception {
        assertThat(refused(() -> tools.version(ONE, open.seen("pets.two").seen()))
                        .rule())
                .isEqualTo("unknown-version");
        assertThat(refused(() -> tools.diff(ONE, open.seen("pets.two").seen(), null))
                        .rule())
                .isEqualTo("unknown-version");
    }

    @Test
    void onlyWhatWasApprovedIsCallable() throws Exception {
        tools.approve(BY, List.of(open.seen("pets.one")), OpenRooms.START.plusSeconds(60), true);
        assertThat(status()).isEqualTo(Status.APPROVED);
        open.forward(Duration.ofSeconds(60));
        assertThat(status()).isEqualTo(Status.EXPIRED);
        assertThat(refused(() -> tools.approve(
                                BY, List.of(open.seen("pets.one")), OpenRooms.START.plusSeconds(60), true))
                        .rule())
                .isEqualTo("approval-expiry");
    }

    @Test
    void rejectingWhatIsApprovedTakesTheApprovalBack() throws Exception {
        tools.approve(BY, List.of(open.seen("pets.one")), null, true);
        tools.reject(BY, List.of(open.seen("pets.one")));
        assertThat(status()).isEqualTo(Status.REJECTED);
        assertThat(tools.show(ONE).standing().approval()).isNull();
    }

    @Test
    void rejectingADriftedVersionLeavesItResting() throws Exception {
        tools.approve(BY, List.of(open.seen("pets.one")), null, true);
        change("one=once");
        assertThat(status()).isEqualTo(Status.DRIFTED);
        tools.reject(BY, List.of(open.seen("pets.one")));
        assertThat(status()).isEqualTo(Status.REJECTED);
        change("one");
        assertThat(status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void aQuarantineOutlastsARefreshAndNeedsAReason() throws Exception {
        tools.approve(BY, List.of(open.seen("pets.one")), null, true);
        assertThat(refused(() -> tools.quarantine(BY, List.of(ONE), " \n ")).rule())
                .isEqualTo("quarantine-reason");
        tools.quarantine(BY, List.of(ONE), "odd");
        change("one");
        assertThat(status()).isEqualTo(Status.QUARANTINED);
        tools.release(BY, List.of(ONE));
        assertThat(status()).isEqualTo(Status.APPROVED);
    }

    @Test
    void anOrderOfWhichOneFailsRecordsAndChangesNothing() throws Exception {
        tools.approve(BY, List.of(open.seen("pets.one")), null, true);
        long before = open.engine().snapshots().now().revision();
        assertThat(refused(() -> tools.revoke(BY, List.of(ONE, ToolName.parse("pets.two"))))
                        .rule())
                .isEqualTo("not-approved");
        assertThat(refused(() -> tools.quarantine(BY, List.of(ONE, ToolName.parse("pets.none")), "odd"))
                        .rule())
                .isEqualTo("unknown-tool");
        assertThat(status()).isEqualTo(Status.APPROVED);
        assertThat(open.records("approval.revoked")).isEmpty();
        assertThat(open.engine().snapshots().now().revision()).isEqualTo(before);
    }

    private List<String> names(ToolQuery query) {
        return tools.list(query).tools().stream()
                .map(tool -> tool.name().text())
                .toList();
    }

    private void change(String one) throws Exception {
        open.manual("pets", one, "two", "three");
        open.rooms().sources().refresh(BY, "pets");
    }

    private Status status() throws Exception {
        return tools.show(ONE).status();
    }
}
