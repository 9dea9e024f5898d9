package dev.toolkeep.wire;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `UTCP_ARG_name_UTCP_END` placeholders of commands and paths; `UTCP_ARG_name_UTCP_ARG`, as other templates write
/// it, means the same. A name is 1 to 64 of `A-Z a-z 0-9 _`. What an argument holds is never scanned again.
public final class Marks {
    private static final String START = "UTCP_ARG_";
    private static final List<String> ENDS = List.of("_UTCP_END", "_UTCP_ARG");
    private static final int LONGEST = 64;

    private Marks() {}

    /// A run of the text: literal, or the name of an argument.
    public record Piece(String text, boolean argument) {}

    /// A placeholder in a text and the index after it.
    record Mark(String name, int end) {}

    /// The text in pieces, in order; literal pieces are never empty.
    public static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        int literal = 0;
        for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, Math.max(at + 1, literal))) {
            Mark mark = at(text, at);
            if (mark != null) {
                if (at > literal) {
                    pieces.add(new Piece(text.substring(literal, at), false));
                }
                pieces.add(new Piece(mark.name(), true));
                literal = mark.end();
            }
        }
        if (literal < text.length()) {
            pieces.add(new Piece(text.substring(literal), false));
        }
        return List.copyOf(pieces);
    }

    /// The arguments a text names, in order of appearance.
    public static Set<String> names(String text) {
        Set<String> names = new LinkedHashSet<>();
        pieces(text).stream().filter(Piece::argument).forEach(piece -> names.add(piece.text()));
        return names;
    }

    /// The placeholder that starts at `start`, or null.
    static @Nullable Mark at(String text, int start) {
        if (!text.startsWith(START, start)) {
            return null;
        }
        int name = start + START.length();
        for (int end = name; end < text.length() && end - name <= LONGEST; end++) {
            for (String ending : ENDS) {
                if (end > name && text.startsWith(ending, end)) {
                    return new Mark(text.substring(name, end), end + ending.length());
                }
            }
            char c = text.charAt(end);
            boolean word = c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!word) {
                return null;
            }
        }
        return null;
    }
}
