package dev.toolkeep.protocol.cli;

import dev.toolkeep.tool.CliCall;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The text that runs the steps of a script in one shell, so that `cd` and variables carry over. Nothing of a call
/// stands in it, and nothing of the steps: each is a variable of its own, so that one with a quote too many breaks
/// alone. A step whose exit code is not allowed is the last.
final class ShellDriver {
    static final String STEP = "__UTCP_STEP_";
    static final String WORK = "__UTCP_WORK";

    private ShellDriver() {}

    /// Whether a file of the call's folder holds what a step wrote.
    static boolean output(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".step-");
    }

    /// @param elsewhere whether the steps work in `$__UTCP_WORK`, not in the folder of the call
    static String text(CliCall.Form.Script script, Set<Integer> allowed, boolean elsewhere) {
        String codes = new TreeSet<>(allowed).stream().map(String::valueOf).collect(Collectors.joining("|"));
        int steps = script.steps().size();
        String shown = IntStream.range(0, steps)
                .filter(i -> script.steps().get(i).shown())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
        // A step may say `exit`: what is shown is written at the end, however it came, to where it was meant to go.
        StringBuilder text = new StringBuilder("""
                __utcp_out=$PWD
                __utcp_now=-1
                exec {__utcp_fd}>&1
                __utcp_say() { printf '%%s\n' "$(<"$__utcp_out/.step-$1")" >&"$__utcp_fd"; }
                __utcp_end() {
                  for __utcp_i in %1$s; do [ "$__utcp_i" -gt "$__utcp_now" ] || __utcp_say "$__utcp_i"; done
                  case " %1$s %2$d " in *" $__utcp_now "*) ;; *) __utcp_say "$__utcp_now" ;; esac
                }
                """.formatted(shown, steps - 1));
        if (elsewhere) {
            text.append("cd -- \"$__UTCP_WORK\" || exit 126\n");
        }
        text.append("trap __utcp_end EXIT\n");
        for (int i = 0; i < steps; i++) {
            text.append("""
                    __utcp_now=%1$d
                    eval "$__UTCP_STEP_%1$d" >"$__utcp_out/.step-%1$d" </dev/null
                    __utcp_code=$?
                    CMD_%1$d_OUTPUT=$(<"$__utcp_out/.step-%1$d")
                    case $__utcp_code in %2$s) ;; *) exit "$__utcp_code" ;; esac
                    """.formatted(i, codes));
        }
        return text.append("exit 0\n").toString();
    }
}
