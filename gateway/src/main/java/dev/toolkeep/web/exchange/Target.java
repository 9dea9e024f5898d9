package dev.toolkeep.web.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a request goes: the path as it was sent, never normalised, and the query, decoded once. A name that appears
/// twice, a broken escape or bytes that are not UTF-8 make the whole target malformed.
public record Target(String path, Map<String, String> query) {
    private static final int PARAMETERS = 16;

    /// Parses an origin-form request target.
    public static Target parse(String uri) throws TurnedAway {
        if (uri.isEmpty() || uri.charAt(0) != '/') {
            throw malformed("The request target must start with a slash.");
        }
        int mark = uri.indexOf('?');
        if (mark < 0) {
            return new Target(uri, Map.of());
        }
        return new Target(uri.substring(0, mark), query(uri.substring(mark + 1)));
    }

    /// Percent-decodes one piece of a path.
    public static String decode(String text) throws TurnedAway {
        return text.indexOf('%') < 0 ? text : decode(text, false);
    }

    private static Map<String, String> query(String text) throws TurnedAway {
        Map<String, String> query = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return query;
        }
        for (String pair : text.split("&", PARAMETERS + 1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            if (query.put(name, value) != null) {
                throw malformed("A query parameter appears twice.");
            }
        }
        if (query.size() > PARAMETERS) {
            throw malformed("The query has more than " + PARAMETERS + " parameters.");
        }
        return query;
    }

    private static String decode(String text, boolean form) throws TurnedAway {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes[length++] = (byte) escaped(text, i);
                i += 2;
            } else if (c > 0x7e || c < 0x20) {
                throw malformed("The request target holds a character that must be percent-encoded.");
            } else {
                bytes[length++] = (byte) (c == '+' && form ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("The request target is not UTF-8.");
        }
    }

    private static int escaped(String text, int at) throws TurnedAway {
        if (at + 2 < text.length()) {
            int high = Character.digit(text.charAt(at + 1), 16);
            int low = Character.digit(text.charAt(at + 2), 16);
            if (high >= 0 && low >= 0 && text.charAt(at + 1) < 0x80 && text.charAt(at + 2) < 0x80) {
                return high << 4 | low;
            }
        }
        throw malformed("The request target holds a broken percent escape.");
    }

    private static TurnedAway malformed(String detail) {
        return TurnedAway.with(Problem.malformed("request-target", detail));
    }
}
