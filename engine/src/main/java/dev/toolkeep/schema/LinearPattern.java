package dev.toolkeep.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.toolkeep.wire.Malformed;

/// A schema's regular expression (ECMA-262, as JSON Schema asks) that runs in time linear in the text. What only a
/// backtracking engine can do (lookaround, backreferences) is refused when it is compiled. Thread-safe.
public final class LinearPattern {
    private static final int MAX_LENGTH = 4_000;

    private final Pattern pattern;
    private final int size;

    private LinearPattern(Pattern pattern) {
        this.pattern = pattern;
        this.size = pattern.programSize();
    }

    /// @throws Malformed with a reason fit to show: it names the construct and never more of the pattern
    public static LinearPattern compile(String ecma) throws Malformed {
        if (ecma.length() > MAX_LENGTH) {
            throw new Malformed("it is longer than " + MAX_LENGTH + " characters");
        }
        try {
            return new LinearPattern(Pattern.compile(new EcmaSyntax(ecma).toRe2()));
        } catch (PatternSyntaxException e) {
            throw new Malformed("it is not a regular expression that runs in linear time: " + e.getDescription());
        }
    }

    /// Whether it is found anywhere in `text`. Costs at most [#cost] steps.
    boolean foundIn(String text) {
        return pattern.matcher(text).find();
    }

    /// The most steps that searching a text of `length` characters can take.
    long cost(int length) {
        return (length + 1L) * size;
    }
}
