package dev.toolkeep.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellStepTest {
    /// The table of the public libraries' own tests, without its single quotes, which we refuse.
    @Test
    void anArgumentBecomesAQuotedReference() throws Malformed {
        assertThat(text("mytool UTCP_ARG_x_UTCP_END")).isEqualTo("mytool \"$__UTCP_ARG_x\"");
        assertThat(text("echo \"Hi UTCP_ARG_x_UTCP_END!\"")).isEqualTo("echo \"Hi ${__UTCP_ARG_x}!\"");
        assertThat(text("echo \"esc\\\" UTCP_ARG_a_UTCP_END\"")).isEqualTo("echo \"esc\\\" ${__UTCP_ARG_a}\"");
        assertThat(text("a --u=UTCP_ARG_u_UTCP_ARG | b 2>&1 >/dev/null && c -- UTCP_ARG_v_UTCP_END"))
                .isEqualTo("a --u=\"$__UTCP_ARG_u\" | b 2>&1 >/dev/null && c -- \"$__UTCP_ARG_v\"");
        assertThat(text("cd \"$HOME/x\"; X=1 jq . 'a b' ${CMD_0_OUTPUT} UTCP_ARG_f_UTCP_END\nls"))
                .isEqualTo("cd \"$HOME/x\"; X=1 jq . 'a b' ${CMD_0_OUTPUT} \"$__UTCP_ARG_f\"\nls");
    }

    @Test
    void onlyWhatStartsAWordCanPassForAnOption() throws Malformed {
        assertThat(leads("tool UTCP_ARG_x_UTCP_END")).containsExactly(true);
        assertThat(leads("tool \"UTCP_ARG_x_UTCP_END\"")).containsExactly(true);
        assertThat(leads("tool $EMPTY\"UTCP_ARG_x_UTCP_END\"")).containsExactly(true);
        assertThat(leads("tool UTCP_ARG_x_UTCP_ENDUTCP_ARG_y_UTCP_END")).containsExactly(true, true);
        assertThat(leads("tool --n=UTCP_ARG_x_UTCP_END \"Hi UTCP_ARG_y_UTCP_END\""))
                .containsExactly(false, false);
        assertThat(leads("tool -- UTCP_ARG_x_UTCP_END | tool UTCP_ARG_x_UTCP_END"))
                .containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo 'UTCP_ARG_x_UTCP_END'",
                "echo $'UTCP_ARG_x_UTCP_END'",
                "echo $\"UTCP_ARG_x_UTCP_END\"",
                "echo `cat UTCP_ARG_x_UTCP_END`",
                "echo \"`cat UTCP_ARG_x_UTCP_END`\"",
                "echo $(cat UTCP_ARG_x_UTCP_END)",
                "echo \"$(cmd \"UTCP_ARG_x_UTCP_END\")\"",
                "echo ${A:-UTCP_ARG_x_UTCP_END}",
                "echo \"${A:-UTCP_ARG_x_UTCP_END}\"",
                "echo $((UTCP_ARG_x_UTCP_END))",
                "echo $[UTCP_ARG_x_UTCP_END]",
                "echo $UTCP_ARG_x_UTCP_END",
                "echo ${UTCP_ARG_x_UTCP_END}",
                "echo \\UTCP_ARG_x_UTCP_END",
                "echo \"\\UTCP_ARG_x_UTCP_END\"",
                "cat <<EOF\nUTCP_ARG_x_UTCP_END\nEOF",
                "cat <<<UTCP_ARG_x_UTCP_END",
                "cat <(echo UTCP_ARG_x_UTCP_END)",
                "tee >(echo UTCP_ARG_x_UTCP_END)",
                "(echo UTCP_ARG_x_UTCP_END)",
                "{ echo UTCP_ARG_x_UTCP_END; }",
                "f() { echo UTCP_ARG_x_UTCP_END; }",
                "echo a # UTCP_ARG_x_UTCP_END",
                "echo UTCP_ARG_x_UTCP_END >UTCP_ARG_y_UTCP_END",
                "cat <\"UTCP_ARG_x_UTCP_END\"",
                "X=UTCP_ARG_x_UTCP_END",
                "X=\"UTCP_ARG_x_UTCP_END\" tool",
                "a[UTCP_ARG_x_UTCP_END]=1",
                "UTCP_ARG_x_UTCP_END",
                "\"UTCP_ARG_x_UTCP_END\" a",
                "./UTCP_ARG_x_UTCP_END",
                "$TOOL UTCP_ARG_x_UTCP_END",
                "echo \"UTCP_ARG_x_UTCP_END",
                "sh -c \"echo UTCP_ARG_x_UTCP_END\"",
                "/bin/bash -c \"UTCP_ARG_x_UTCP_END\"",
                "echo UTCP_ARG_x_UTCP_END | sh",
                "echo UTCP_ARG_x_UTCP_END | busybox sh",
                "eval UTCP_ARG_x_UTCP_END",
                "eval \"echo UTCP_ARG_x_UTCP_END\"",
                ". UTCP_ARG_x_UTCP_END",
                "source UTCP_ARG_x_UTCP_END",
                "exec UTCP_ARG_x_UTCP_END",
                "command UTCP_ARG_x_UTCP_END",
                "[[ UTCP_ARG_x_UTCP_END -eq 1 ]]",
                "[ -v UTCP_ARG_x_UTCP_END ]",
                "test -v UTCP_ARG_x_UTCP_END",
                "let UTCP_ARG_x_UTCP_END",
                "read UTCP_ARG_x_UTCP_END",
                "unset UTCP_ARG_x_UTCP_END",
                "export UTCP_ARG_x_UTCP_END",
                "trap UTCP_ARG_x_UTCP_END EXIT",
                "if tool UTCP_ARG_x_UTCP_END",
                "while UTCP_ARG_x_UTCP_END",
                "! tool UTCP_ARG_x_UTCP_END",
                "time tool UTCP_ARG_x_UTCP_END",
                "xargs UTCP_ARG_x_UTCP_END",
                "env UTCP_ARG_x_UTCP_END",
                "sudo UTCP_ARG_x_UTCP_END",
                "ssh host UTCP_ARG_x_UTCP_END",
                "timeout 5 UTCP_ARG_x_UTCP_END",
                "awk UTCP_ARG_x_UTCP_END",
                "sed UTCP_ARG_x_UTCP_END",
                "find . -name UTCP_ARG_x_UTCP_END -exec cat {} +",
                "python3 -c \"UTCP_ARG_x_UTCP_END\"",
                "python3 UTCP_ARG_x_UTCP_END",
                "perl -e UTCP_ARG_x_UTCP_END",
                "node -e \"UTCP_ARG_x_UTCP_END\"",
            })
    void whereAnArgumentMightBecomeCodeTheCommandIsRefused(String command) {
        assertThatThrownBy(() -> ShellStep.readAll(List.of(command)))
                .isInstanceOf(Malformed.class)
                .message()
                .isNotEmpty();
    }

    @Test
    void anArgumentComesBackAsCodeThroughNoOtherStep() {
        refused("echo UTCP_ARG_x_UTCP_END >f", "bash f");
        refused("echo UTCP_ARG_x_UTCP_END", "sh -c \"$CMD_0_OUTPUT\"");
        refused("cat f", "eval \"$CMD_0_OUTPUT\"");
        refused("cat f", "echo ${CMD_0_OUTPUT}|bash");
    }

    @Test
    void withoutArgumentsAScriptIsTheAuthorsOwn() throws Malformed {
        String free = "if [ -f x ]; then bash -c 'echo `date`'; fi";
        assertThat(ShellStep.readAll(List.of(free)).getFirst()).isEqualTo(new ShellStep(free, List.of()));
        assertThat(text("python3 script.py UTCP_ARG_x_UTCP_END")).contains("\"$__UTCP_ARG_x\"");
    }

    @Test
    void placeholdersAreFoundWhereTheyAreAndNowhereElse() {
        assertThat(Marks.names("UTCP_ARG_a_UTCP_END UTCP_ARG_b_UTCP_ARG")).containsExactly("a", "b");
        assertThat(Marks.names("UTCP_ARG__UTCP_END UTCP_ARG_a b_UTCP_END UTCP_ARG_a-b_UTCP_END UTCP_ARG_a"))
                .isEmpty();
        assertThat(Marks.names("UTCP_ARG_" + "a".repeat(65) + "_UTCP_END")).isEmpty();
        assertThat(Marks.pieces("xUTCP_ARG_a_b_UTCP_ENDy"))
                .containsExactly(
                        new Marks.Piece("x", false), new Marks.Piece("a_b", true), new Marks.Piece("y", false));
    }

    private static void refused(String... commands) {
        assertThatThrownBy(() -> ShellStep.readAll(List.of(commands))).isInstanceOf(Malformed.class);
    }

    private static String text(String command) throws Malformed {
        return ShellStep.readAll(List.of(command)).getFirst().text();
    }

    private static List<Boolean> leads(String command) throws Malformed {
        return ShellStep.read(command).arguments().stream()
                .map(ShellStep.Place::leads)
                .toList();
    }
}
