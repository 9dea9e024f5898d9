package dev.toolkeep.schema;

/// Places inside a document, written for people: JSON Pointers whose names are cut and cleaned of what cannot be
/// printed.
final class Places {
    private static final int MAX_NAME = 60;
    private static final int MAX_PLACE = 400;

    private Places() {}

    static String inside(String place, String name) {
        String joined = (place.equals("/") ? "" : place) + "/" + printable(name);
        return joined.length() > MAX_PLACE ? joined.substring(0, MAX_PLACE) + "..." : joined;
    }

    /// `text` on one line of printable ASCII, cut to 60 characters.
    static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_NAME; i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return text.length() > MAX_NAME ? clean.append("...").toString() : clean.toString();
    }
}
