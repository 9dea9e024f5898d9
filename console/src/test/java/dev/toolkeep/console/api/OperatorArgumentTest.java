package dev.toolkeep.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.console.OpenConsole;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/// A route that takes an operator does not run without one, even where the rule before it let somebody through.
class OperatorArgumentTest {
    private OpenConsole console;

    @BeforeEach
    void open(@TempDir Path folder) {
        console = OpenConsole.open(folder);
    }

    @AfterEach
    void close() {
        SecurityContextHolder.clearContext();
        console.close();
    }

    @Test
    void anOperatorsKeyGivesTheirTicket() throws Exception {
        assertThat(resolved(console.operatorKey()).id()).isEqualTo("boss");
    }

    @Test
    void anAgentsKeyWithTheAuthorityOfAnOperatorGivesNone() {
        assertThat(refused(console.agentKey())).isEqualTo(Refusal.Code.FORBIDDEN);
    }

    @Test
    void withoutAKeyThereIsNone() {
        assertThat(refused("")).isEqualTo(Refusal.Code.UNAUTHENTICATED);
    }

    private Refusal.Code refused(String key) {
        try {
            throw new AssertionError("it gave " + resolved(key).id());
        } catch (Refused refused) {
            return refused.why().code();
        }
    }

    private Operator resolved(String key) throws Refused {
        SecurityContextHolder.clearContext();
        if (!key.isEmpty()) {
            SecurityContextHolder.getContext()
                    .setAuthentication(new PreAuthenticatedAuthenticationToken(
                            console.rooms().authenticate("Bearer " + key),
                            "",
                            List.of(new SimpleGrantedAuthority("operator"))));
        }
        return OperatorArgument.ofTheRequest();
    }
}
