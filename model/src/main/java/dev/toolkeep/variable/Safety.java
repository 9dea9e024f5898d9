package dev.toolkeep.variable;

/// How strictly the value of a variable is looked at before it is filled in, beside the rules of the place it goes to
/// (those always hold). Many real tokens and all JSON hold characters that the stricter ones refuse, so each is asked
/// for by name.
public enum Safety {
    /// At most 64 KiB and no NUL.
    OFF(64 * 1024, "\0"),
    /// At most 10,000 characters and none of `< > " '`.
    BASIC(10_000, "\0<>\"'"),
    /// Fewer than 1,000 characters and none of `< > " ' ; &`.
    STRICT(999, "\0<>\"';&");

    private final int longest;
    private final String refused;

    Safety(int longest, String refused) {
        this.longest = longest;
        this.refused = refused;
    }

    public boolean accepts(String value) {
        return value.length() <= longest && value.chars().noneMatch(c -> refused.indexOf(c) >= 0);
    }
}
