package dev.toolkeep.admin;

import static dev.toolkeep.admin.OpenRooms.BY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.refusal.Refusal;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The ticket that every change asks for.
class OperatorTest {
    @TempDir
    Path folder;

    @Test
    void anOperatorsKeyMakesItInTheirName() throws Exception {
        assertThat(Operator.of(authenticated(Caller.Kind.OPERATOR)).id()).isEqualTo("somebody");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPERATOR")
    void noOtherKeyMakesIt(Caller.Kind kind) throws Exception {
        Authenticated who = authenticated(kind);
        assertThat(OpenRooms.refused(() -> Operator.of(who)).code()).isEqualTo(Refusal.Code.FORBIDDEN);
    }

    private Authenticated authenticated(Caller.Kind kind) throws Exception {
        try (OpenRooms open = OpenRooms.open(folder)) {
            open.rooms().agents().add(BY, Caller.of("somebody", kind, Set.of("operator"), Set.of()));
            String key = open.rooms().agents().mint(BY, "somebody", null).key().reveal();
            return open.rooms().authenticate("Bearer " + key);
        }
    }
}
