package dev.toolkeep.wire;

import java.util.List;
import java.util.Set;

/// Programs that take an argument of theirs as code: no argument of a call may reach them, whatever quotes it stands
/// in.
final class CommandRules {
    private static final Set<String> SHELLS = Set.of(
            "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh", "busybox", "toybox", "pwsh",
            "eval", "source");

    /// Builtins of the shell that evaluate their arguments, among them those that take names of variables: a
    /// subscript in one is evaluated.
    private static final Set<String> EVALUATORS = Set.of(
            ".",
            "exec",
            "command",
            "builtin",
            "trap",
            "alias",
            "declare",
            "typeset",
            "local",
            "export",
            "readonly",
            "unset",
            "read",
            "mapfile",
            "readarray",
            "let",
            "test",
            "[",
            "[[",
            "enable",
            "hash",
            "wait",
            "getopts",
            "coproc",
            "set",
            "shopt",
            "complete",
            "compgen",
            "bind",
            "fc",
            "history");

    private static final Set<String> KEYWORDS = Set.of(
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "for",
            "while",
            "until",
            "do",
            "done",
            "case",
            "esac",
            "select",
            "function",
            "in",
            "{",
            "}",
            "!",
            "time");

    /// Programs that start what they are given, or run a language given in an argument.
    private static final Set<String> RUNNERS = Set.of(
            "xargs",
            "parallel",
            "ssh",
            "su",
            "sudo",
            "doas",
            "runuser",
            "env",
            "nohup",
            "nice",
            "ionice",
            "timeout",
            "setsid",
            "setpriv",
            "stdbuf",
            "watch",
            "script",
            "flock",
            "chroot",
            "unshare",
            "nsenter",
            "bwrap",
            "prlimit",
            "strace",
            "ltrace",
            "gdb",
            "awk",
            "gawk",
            "mawk",
            "nawk",
            "sed",
            "ed",
            "ex",
            "vi",
            "vim",
            "emacs",
            "make",
            "m4",
            "dc",
            "tclsh",
            "expect",
            "systemd-run",
            "at",
            "batch",
            "crontab");

    /// Programs that run a file, or code when their first argument is an option.
    private static final Set<String> INTERPRETERS = Set.of(
            "python", "python2", "python3", "perl", "ruby", "node", "nodejs", "php", "lua", "Rscript", "deno", "bun");

    private static final Set<String> STARTING_OPTIONS = Set.of("-exec", "-execdir", "-ok", "-okdir");

    private CommandRules() {}

    static boolean shell(String word) {
        return SHELLS.contains(name(word));
    }

    /// Refuses a program that may not be given an argument of a call.
    ///
    /// @param words the program and what follows it; a word that is not fixed is empty
    static void check(List<String> words) throws Malformed {
        String program = name(words.getFirst());
        if (KEYWORDS.contains(program)) {
            throw new Malformed("an argument may stand in a plain command only, not beside '" + program + "'");
        }
        if (shell(program) || EVALUATORS.contains(program) || RUNNERS.contains(program)) {
            throw new Malformed(
                    "'" + program + "' may take an argument as code or as a program; give it to the program itself");
        }
        boolean interpreter = INTERPRETERS.contains(program) || program.startsWith("python3.");
        if (interpreter
                && (words.size() < 2 || words.get(1).isEmpty() || words.get(1).startsWith("-"))) {
            throw new Malformed("'" + program + "' must be given a fixed script file first where an argument follows");
        }
        for (String word : words) {
            if (STARTING_OPTIONS.contains(word)) {
                throw new Malformed("'" + word + "' may take an argument as a program");
            }
        }
    }

    private static String name(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }
}
