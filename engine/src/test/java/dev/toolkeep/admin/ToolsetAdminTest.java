package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.journal.Written;
import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.toolset.Toolset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsetAdminTest {
    private OpenRooms open;
    private ToolsetAdmin toolsets;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        open = OpenRooms.open(folder);
        toolsets = open.rooms().toolsets();
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void whatIsSavedIsRecordedAndInTheSnapshotAtOnce() throws Exception {
        toolsets.add(BY, "pets", "Pets", selection("pets"));
        assertThat(open.engine().snapshots().now().toolsets().find("pets")).isNotNull();
        toolsets.change(BY, "pets", "", selection("wiki"));
        assertThat(toolsets.show("pets").toolset().selection().sources()).containsExactly("wiki");
        toolsets.remove(BY, "pets");
        assertThat(open.engine().snapshots().now().toolsets().find("pets")).isNull();
        assertThat(toolsets.list()).isEmpty();
        List<Written> records = open.records("toolset");
        assertThat(records)
                .extracting(Written::type)
                .containsExactly("toolset.added", "toolset.changed", "toolset.removed");
        assertThat(records.getFirst().toString()).contains("pets", "toolkeep");
    }

    @Test
    void itShowsWhatItSelectsWhateverItsStatus() throws Exception {
        open.source("pets", "one", "two");
        ToolsetAdmin.State state = toolsets.add(
                BY, "some", "", new Toolset.Selection(List.of(), List.of(new ToolPattern("pets.t*")), List.of()));
        assertThat(state.tools()).containsExactly("pets.two");
        assertThat(state.unprefixed()).isTrue();
    }

    @Test
    void whatIsThereWhatIsNotAndWhatCannotBeAreRefused() throws Exception {
        toolsets.add(BY, "pets", "", selection("pets"));
        assertThat(code(() -> toolsets.add(BY, "pets", "", selection("pets")))).isEqualTo(Refusal.Code.CONFLICT);
        assertThat(code(() -> toolsets.add(BY, "No Name", "", selection("pets"))))
                .isEqualTo(Refusal.Code.INVALID);
        assertThat(code(() -> toolsets.change(BY, "nope", "", selection("pets"))))
                .isEqualTo(Refusal.Code.NOT_FOUND);
        assertThat(code(() -> toolsets.remove(BY, "nope"))).isEqualTo(Refusal.Code.NOT_FOUND);
        assertThat(code(() -> toolsets.show("nope"))).isEqualTo(Refusal.Code.NOT_FOUND);
        assertThat(toolsets.list()).hasSize(1);
    }

    private static Refusal.Code code(OpenRooms.Order order) {
        return OpenRooms.refused(order).code();
    }

    private static Toolset.Selection selection(String source) {
        return new Toolset.Selection(List.of(source), List.of(), List.of());
    }
}
