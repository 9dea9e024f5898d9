package dev.toolkeep.lint;

/// One dangerous thing in a manual: the rule it breaks, the tool (empty: the manual itself), where it is and what is
/// there. `place` is a JSON Pointer (RFC 6901) into the document as it was read; very long ones are cut. Neither the
/// message nor the tool's name holds anything but printable ASCII, and no message quotes a value.
public record Finding(Rule rule, String tool, String place, String message) {
    public Finding {
        tool = printable(tool);
        message = clean(message);
    }

    public Severity severity() {
        return rule.severity();
    }

    /// What to do about it.
    public String advice() {
        return rule.advice();
    }

    /// The place in printable ASCII, for people.
    public String shownPlace() {
        return clean(place.isEmpty() ? "the document" : place);
    }

    /// `text` as one short line of printable ASCII.
    static String printable(String text) {
        return clean(text.length() > 100 ? text.substring(0, 100) + "..." : text);
    }

    private static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return clean.toString();
    }
}
