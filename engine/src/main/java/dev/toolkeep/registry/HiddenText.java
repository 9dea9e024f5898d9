package dev.toolkeep.registry;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.UnicodeSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Characters a model reads and a person does not see: bidirectional controls, tags, zero-width and filler
/// characters, control characters, runs of variation selectors, and text behind a long stretch of blanks. Joiners
/// inside emoji and inside scripts that write with them are no finding.
public final class HiddenText {
    private static final int LONGEST_BLANK = 80;
    private static final UnicodeSet BIDI =
            new UnicodeSet("[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]").freeze();
    private static final UnicodeSet INVISIBLE = new UnicodeSet(
                    "[\\u00AD\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F"
                            + "\\u200B\\u2060-\\u2065\\u206A-\\u206F\\u2800\\u3164\\uFEFF\\uFFA0\\uFFF0-\\uFFFB]")
            .freeze();
    private static final UnicodeSet SELECTORS = new UnicodeSet("[\\uFE00-\\uFE0F\\U000E0100-\\U000E01EF]").freeze();
    private static final UnicodeSet WITHOUT_JOINERS = new UnicodeSet(
                    "[[:Latin:][:Cyrillic:][:Greek:][:Common:][:Inherited:][:Han:][:Hiragana:][:Katakana:][:Hangul:]]")
            .freeze();

    private HiddenText() {}

    /// The first finding in `text`, in words: what it is, which code point, where.
    public static Optional<String> in(String text) {
        int before = -1;
        int blanks = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String what = point >= ' ' && point <= '~' ? "" : hidden(point, before);
            if (!what.isEmpty()) {
                return Optional.of(what + String.format(Locale.ROOT, " (U+%04X) at character %d", point, at));
            }
            blanks = UCharacter.isUWhiteSpace(point) ? blanks + 1 : 0;
            if (blanks == LONGEST_BLANK) {
                return Optional.of("text behind " + LONGEST_BLANK + " blanks at character " + at);
            }
            before = point;
            at += Character.charCount(point);
        }
        return Optional.empty();
    }

    /// The first finding in any name or text of `tree`.
    public static Optional<String> in(JsonNode tree) {
        if (tree.isString()) {
            return in(tree.asString());
        }
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            Optional<String> found = in(member.getKey()).or(() -> in(member.getValue()));
            if (found.isPresent()) {
                return found;
            }
        }
        if (tree.isArray()) {
            for (JsonNode item : tree) {
                Optional<String> found = in(item);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// What kind of hidden character `point` is after `before` (-1: it is the first); empty when it is none.
    private static String hidden(int point, int before) {
        if (BIDI.contains(point)) {
            return "a control that turns the direction of text";
        }
        if (point >= 0xE0000 && point <= 0xE007F) {
            return "an invisible tag character";
        }
        if (INVISIBLE.contains(point)) {
            return "an invisible character";
        }
        if ((point == 0x200C || point == 0x200D) && !joins(before)) {
            return "an invisible joiner";
        }
        if (SELECTORS.contains(point) && (before < 0 || SELECTORS.contains(before) || Character.isWhitespace(before))) {
            return "a stray variation selector";
        }
        boolean line = point == '\n' || point == '\r' || point == '\t';
        if (Character.isISOControl(point) && !line) {
            return "a control character";
        }
        return switch (Character.getType(point)) {
            case Character.SURROGATE -> "half a character";
            case Character.PRIVATE_USE, Character.UNASSIGNED -> "a character without a meaning";
            default -> "";
        };
    }

    private static boolean joins(int before) {
        return before >= 0
                && (UCharacter.hasBinaryProperty(before, UProperty.EXTENDED_PICTOGRAPHIC)
                        || UCharacter.hasBinaryProperty(before, UProperty.EMOJI_MODIFIER)
                        || before == 0xFE0F
                        || (UScript.getScript(before) != UScript.UNKNOWN && !WITHOUT_JOINERS.contains(before)));
    }
}
