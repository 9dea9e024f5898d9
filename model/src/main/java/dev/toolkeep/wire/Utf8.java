package dev.toolkeep.wire;

/// The one look at raw bytes before any parser sees them: well-formed UTF-8 (Unicode 16, table 3-7), no byte
/// order mark, no NUL, and, for JSON, no escape that leaves half a surrogate pair. What two parsers could read
/// in two ways never reaches either.
final class Utf8 {
    private Utf8() {}

    static void check(byte[] bytes, boolean jsonEscapes) throws Malformed {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw new Malformed("starts with a byte order mark");
        }
        int at = 0;
        while (at < bytes.length) {
            byte c = bytes[at];
            if (c > 0 && (c != '\\' || !jsonEscapes)) {
                at++;
            } else if (c == '\\') {
                at = afterEscape(bytes, at);
            } else if (c == 0) {
                throw new Malformed("a NUL byte at byte " + at);
            } else {
                at = afterSequence(bytes, at);
            }
        }
    }

    /// The index after the multi-byte sequence that starts at `at`.
    private static int afterSequence(byte[] bytes, int at) throws Malformed {
        int lead = bytes[at] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (lead < 0xC2 || lead > 0xF4 || at + length > bytes.length) {
            throw new Malformed("not UTF-8 at byte " + at);
        }
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i] & 0xFF;
            if (next < (i == 1 ? lowest : 0x80) || next > (i == 1 ? highest : 0xBF)) {
                throw new Malformed("not UTF-8 at byte " + at);
            }
        }
        return at + length;
    }

    /// The index after the escape whose backslash is at `at`; escapes that are no JSON are left to the parser.
    private static int afterEscape(byte[] bytes, int at) throws Malformed {
        if (at + 1 >= bytes.length || bytes[at + 1] <= 0) {
            return at + 1;
        }
        int unit = unit(bytes, at);
        if (unit < 0) {
            return at + 2;
        }
        if (unit < 0xD800 || unit > 0xDFFF) {
            return at + 6;
        }
        int second = unit(bytes, at + 6);
        if (unit >= 0xDC00 || second < 0xDC00 || second > 0xDFFF) {
            throw new Malformed("half a surrogate pair at byte " + at);
        }
        return at + 12;
    }

    /// The code unit that the six-byte escape at `at` stands for, or -1.
    private static int unit(byte[] bytes, int at) {
        if (at + 6 > bytes.length || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int value = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
