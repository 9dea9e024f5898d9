package dev.toolkeep.protocol.http;

import dev.toolkeep.wire.HeaderNames;

/// Whether a header can be sent as it stands, asked once more when it is (RFC 9110, 5.1, 5.5, 7.6.1).
final class HeaderRules {
    private HeaderRules() {}

    static void checkName(String name) throws Unsendable {
        if (!HeaderNames.valid(name)) {
            throw new Unsendable("the tool names a header that is not a valid header name");
        }
        if (HeaderNames.framing(name)) {
            throw new Unsendable("the header " + name + " cannot be set by a tool");
        }
    }

    /// Visible ASCII, spaces and tabs; so no CR, no LF, and nothing that a narrower encoding could turn into one.
    static String checkValue(String name, String value) throws Unsendable {
        if (value.length() > 16 * 1024) {
            throw new Unsendable("the value of the header " + name + " is too long");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                throw new Unsendable(
                        "the value of the header " + name + " holds a character that a header cannot carry");
            }
        }
        return value;
    }
}
