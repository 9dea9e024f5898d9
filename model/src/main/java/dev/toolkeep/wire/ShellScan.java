package dev.toolkeep.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One pass over a command that holds placeholders. It understands words, quotes, plain variables, pipes, lists and
/// redirections, and refuses whatever else a shell gives a meaning to. Used once.
final class ShellScan {
    private static final Pattern ASSIGNMENT =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\[.*\\])?\\+?=.*", Pattern.DOTALL);
    private static final String PLAIN = "put it into a step of its own";

    private enum Quotes {
        NONE,
        SINGLE,
        DOUBLE
    }

    private final String in;
    private final StringBuilder out = new StringBuilder();
    private final List<ShellStep.Place> places = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private Quotes quotes = Quotes.NONE;
    private boolean inWord;
    private boolean fixed = true;
    private boolean onlyMarks = true;
    private boolean marked;
    private boolean takes;
    private boolean target;
    private int at;

    ShellScan(String command) {
        this.in = command;
    }

    ShellStep step() throws Malformed {
        while (at < in.length()) {
            Marks.Mark mark = Marks.at(in, at);
            if (mark != null) {
                mark(mark);
            } else {
                switch (quotes) {
                    case NONE -> bare(in.charAt(at));
                    case SINGLE -> single(in.charAt(at));
                    case DOUBLE -> doubled(in.charAt(at));
                }
            }
        }
        if (quotes != Quotes.NONE) {
            throw new Malformed("a quote is not closed");
        }
        endCommand();
        return new ShellStep(out.toString(), places);
    }

    private void mark(Marks.Mark mark) throws Malformed {
        if (quotes == Quotes.SINGLE) {
            throw new Malformed("an argument may not stand in single quotes; use double quotes or none");
        }
        if (target) {
            throw new Malformed("an argument may not name a file to redirect to or from");
        }
        if (words.isEmpty() && ASSIGNMENT.matcher(word).matches()) {
            throw new Malformed("an argument may not be assigned to a variable");
        }
        boolean option = words.contains("--");
        places.add(new ShellStep.Place(mark.name(), onlyMarks && !option));
        String variable = ShellStep.VARIABLE + mark.name();
        out.append(quotes == Quotes.DOUBLE ? "${" + variable + "}" : "\"$" + variable + "\"");
        inWord = true;
        fixed = false;
        marked = true;
        takes = true;
        at = mark.end();
    }

    private void bare(char c) throws Malformed {
        switch (c) {
            case ' ', '\t' -> {
                endWord();
                take();
            }
            case '\n', ';' -> {
                endCommand();
                take();
            }
            case '|', '&' -> {
                // `&>` and `&>>` redirect; everything else of these ends the command.
                if (c == '&' && next() == '>') {
                    take();
                    redirect();
                } else {
                    endCommand();
                    take();
                }
            }
            case '<', '>' -> redirect();
            case '\'' -> open(Quotes.SINGLE);
            case '"' -> open(Quotes.DOUBLE);
            case '\\' -> escaped();
            case '$' -> variable();
            case '`', '(', ')' ->
                throw new Malformed(
                        "an argument may not stand beside command substitution, sub-shells or functions: " + PLAIN);
            case '#' -> {
                if (!inWord) {
                    throw new Malformed("a command with arguments may hold no comment");
                }
                literal(c);
            }
            default -> literal(c);
        }
    }

    private void single(char c) {
        if (c == '\'') {
            quotes = Quotes.NONE;
            take();
        } else {
            literal(c);
        }
    }

    private void doubled(char c) throws Malformed {
        switch (c) {
            case '"' -> {
                quotes = Quotes.NONE;
                take();
            }
            case '\\' -> escaped();
            case '$' -> variable();
            case '`' -> throw new Malformed("an argument may not stand beside backticks: " + PLAIN);
            default -> literal(c);
        }
    }

    private void open(Quotes kind) {
        quotes = kind;
        inWord = true;
        take();
    }

    private void escaped() throws Malformed {
        take();
        if (at == in.length() || Marks.at(in, at) != null) {
            throw new Malformed("a backslash may not stand before an argument or at the end");
        }
        if (in.charAt(at) == '\n') {
            take();
        } else {
            literal(in.charAt(at));
        }
    }

    /// `$name`, `${name}` and the shell's own `$?`, `$1`...; nothing that evaluates.
    private void variable() throws Malformed {
        int end = at + 1;
        boolean braces = end < in.length() && in.charAt(end) == '{';
        int start = braces ? end + 1 : end;
        end = start;
        while (end < in.length() && nameCharacter(in.charAt(end), end > start)) {
            end++;
        }
        boolean special = end == start && end < in.length() && "?#$!-0123456789".indexOf(in.charAt(end)) >= 0;
        end += special ? 1 : 0;
        boolean closed = !braces || (end < in.length() && in.charAt(end) == '}');
        if (end == start || !closed || Marks.at(in, start) != null) {
            throw new Malformed(
                    "an argument may stand beside plain variables only, not beside $(...), ${...:-...}, $'...'"
                            + " or a lone $: " + PLAIN);
        }
        end += braces ? 1 : 0;
        out.append(in, at, end);
        at = end;
        inWord = true;
        fixed = false;
    }

    private static boolean nameCharacter(char c, boolean later) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        return letter || (later && c >= '0' && c <= '9');
    }

    private void redirect() throws Malformed {
        boolean number = inWord && fixed && word.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number) {
            forgetWord();
        } else {
            endWord();
        }
        char first = in.charAt(at);
        take();
        char second = at < in.length() ? in.charAt(at) : ' ';
        if (second == '(' || (first == '<' && (second == '<' || second == '>'))) {
            throw new Malformed("an argument may not stand beside here-documents or process substitution: " + PLAIN);
        }
        if (second == '>' || second == '&' || second == '|') {
            take();
        }
        target = true;
    }

    private void literal(char c) {
        word.append(c);
        inWord = true;
        onlyMarks = false;
        take();
    }

    private void take() {
        out.append(in.charAt(at++));
    }

    private char next() {
        return at + 1 < in.length() ? in.charAt(at + 1) : ' ';
    }

    private void endWord() throws Malformed {
        if (!inWord) {
            return;
        }
        if (target) {
            target = false;
        } else if (!words.isEmpty()) {
            words.add(fixed ? word.toString() : "");
        } else if (marked || !ASSIGNMENT.matcher(word).matches()) {
            if (!fixed) {
                throw new Malformed("the program of a command with arguments must be fixed");
            }
            words.add(word.toString());
        }
        forgetWord();
    }

    private void forgetWord() {
        word.setLength(0);
        inWord = false;
        fixed = true;
        onlyMarks = true;
        marked = false;
    }

    private void endCommand() throws Malformed {
        endWord();
        if (target) {
            throw new Malformed("a redirection leads nowhere");
        }
        if (!words.isEmpty() && takes) {
            CommandRules.check(words);
        } else if (!words.isEmpty() && CommandRules.shell(words.getFirst())) {
            throw new Malformed("a shell may not stand beside an argument: " + PLAIN);
        }
        words.clear();
        takes = false;
    }
}
