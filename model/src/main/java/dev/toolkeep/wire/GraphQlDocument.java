package dev.toolkeep.wire;

import dev.toolkeep.tool.CallTemplate.GraphQl.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An executable GraphQL document read just far enough to know which operations it holds (GraphQL, October 2021, 2.1
/// to 2.3), so that a template cannot call a mutation a query. Whether it fits the server's schema is the server's to
/// say.
final class GraphQlDocument {
    private static final int LONGEST = 256 * 1024;
    private static final int DEEPEST = 200;

    private final String text;
    private final List<Defined> operations = new ArrayList<>();
    private int at;

    private record Defined(Operation kind, String name) {}

    private GraphQlDocument(String text) {
        this.text = text;
    }

    /// Checks that the operation called `name` (the only one, where that is empty) is of this kind.
    ///
    /// @throws Malformed when it is not, or when the text is no document
    static void check(String text, Operation kind, String name) throws Malformed {
        if (text.length() > LONGEST) {
            throw new Malformed("query is longer than " + LONGEST + " characters");
        }
        GraphQlDocument document = new GraphQlDocument(text);
        document.definitions();
        List<Defined> meant = document.operations.stream()
                .filter(one -> name.isEmpty() || one.name().equals(name))
                .toList();
        if (meant.size() != 1) {
            throw new Malformed(
                    name.isEmpty()
                            ? "query must hold exactly one operation where operation_name names none"
                            : "query must hold exactly one operation of the name in operation_name");
        }
        if (meant.getFirst().kind() != kind) {
            throw new Malformed("operation_type is not the type of the operation in query");
        }
    }

    private void definitions() throws Malformed {
        skipIgnored();
        while (at < text.length()) {
            String word = name();
            switch (word) {
                case "" -> operations.add(new Defined(Operation.QUERY, "")); // "{ … }" is short for "query { … }"
                case "query", "mutation", "subscription" -> {
                    skipIgnored();
                    operations.add(new Defined(Operation.valueOf(word.toUpperCase(Locale.ROOT)), name()));
                }
                case "fragment" -> {}
                default -> throw new Malformed("query holds something that is no operation and no fragment");
            }
            body();
            skipIgnored();
        }
    }

    /// Everything up to the end of the definition's selection set.
    private void body() throws Malformed {
        int open = 0;
        boolean done = false;
        StringBuilder nesting = new StringBuilder();
        while (!done) {
            skipIgnored();
            if (at >= text.length()) {
                throw new Malformed("query ends inside a definition");
            }
            char c = text.charAt(at);
            if (c == '"') {
                string();
                continue;
            }
            at++;
            if (c == '{' || c == '(' || c == '[') {
                nesting.append(c);
                open++;
                if (open > DEEPEST) {
                    throw new Malformed("query is nested deeper than " + DEEPEST);
                }
            } else if (c == '}' || c == ')' || c == ']') {
                char opener = c == '}' ? '{' : c == ')' ? '(' : '[';
                if (open == 0 || nesting.charAt(open - 1) != opener) {
                    throw new Malformed("the brackets of query do not match");
                }
                nesting.setLength(--open);
                done = open == 0 && c == '}';
            }
        }
    }

    private void string() throws Malformed {
        boolean block = text.startsWith("\"\"\"", at);
        String end = block ? "\"\"\"" : "\"";
        at += end.length();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (block && text.startsWith("\\\"\"\"", at)) {
                at += 4;
            } else if (!block && c == '\\') {
                at += 2;
            } else if (!block && (c == '\n' || c == '\r')) {
                throw new Malformed("a text in query ends with its line");
            } else if (text.startsWith(end, at)) {
                at += end.length();
                return;
            } else {
                at++;
            }
        }
        throw new Malformed("query ends inside a text");
    }

    private String name() {
        int from = at;
        while (at < text.length() && nameCharacter(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean nameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    private void skipIgnored() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                    at++;
                }
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',' || c == '\uFEFF') {
                at++;
            } else {
                return;
            }
        }
    }
}
