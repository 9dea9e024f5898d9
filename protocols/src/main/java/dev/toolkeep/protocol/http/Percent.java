package dev.toolkeep.protocol.http;

import java.nio.charset.StandardCharsets;

/// Percent-encoding of one value (RFC 3986, 2.1): every byte but the unreserved ones, so that a value can never be
/// read as a delimiter.
final class Percent {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Percent() {}

    static String encoded(String value) {
        StringBuilder text = new StringBuilder(value.length() + 16);
        encode(text, value);
        return text.toString();
    }

    static void encode(StringBuilder to, String value) {
        int plain = 0;
        while (plain < value.length() && unreserved(value.charAt(plain))) {
            plain++;
        }
        to.append(value, 0, plain);
        if (plain == value.length()) {
            return;
        }
        for (byte b : value.substring(plain).getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && unreserved((char) b)) {
                to.append((char) b);
            } else {
                to.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            }
        }
    }

    private static boolean unreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
