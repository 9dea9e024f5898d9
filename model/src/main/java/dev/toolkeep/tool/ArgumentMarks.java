package dev.toolkeep.tool;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The `UTCP_ARG_name_UTCP_ARG` placeholders in a text: where an argument of the call stands. A name is 1 to 128
/// characters; anything else is literal text. What an argument holds is never scanned again.
public final class ArgumentMarks {
    private static final String START = "UTCP_ARG_";
    private static final String END = "_UTCP_ARG";
    private static final int LONGEST = 128;

    private ArgumentMarks() {}

    /// A run of the text: literal, or the name of an argument.
    public record Piece(String text, boolean argument) {}

    /// The text in pieces, in order; literal pieces are never empty.
    public static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        int literal = 0;
        int at = text.indexOf(START);
        while (at >= 0) {
            int name = at + START.length();
            int end = text.indexOf(END, name);
            if (end < 0) {
                break;
            }
            if (end > name && end - name <= LONGEST) {
                if (at > literal) {
                    pieces.add(new Piece(text.substring(literal, at), false));
                }
                pieces.add(new Piece(text.substring(name, end), true));
                literal = end + END.length();
                at = text.indexOf(START, literal);
            } else {
                at = text.indexOf(START, name);
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
        for (Piece piece : pieces(text)) {
            if (piece.argument()) {
                names.add(piece.text());
            }
        }
        return names;
    }

    /// The placeholder of an argument.
    public static String of(String name) {
        return START + name + END;
    }
}
