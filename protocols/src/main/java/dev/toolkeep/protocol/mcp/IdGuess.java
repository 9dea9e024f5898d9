package dev.toolkeep.protocol.mcp;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which question a message that cannot be read was meant to answer, so that its caller hears of it at once instead of
/// waiting for the timeout. A guess: it may be wrong only among the questions of one server, which could answer any of
/// them wrongly anyway.
final class IdGuess {
    private static final int EDGE = 256;
    private static final Pattern FIRST =
            Pattern.compile("^\\s*\\{(?:\\s*\"jsonrpc\"\\s*:\\s*\"2.0\"\\s*,)?\\s*\"id\"\\s*:\\s*(\\d{1,18})\\s*,");
    private static final Pattern LAST = Pattern.compile("\"id\"\\s*:\\s*(\\d{1,18})\\s*}\\s*$");

    private IdGuess() {}

    /// The id named first or last in the message, or -1.
    static long of(byte[] message) {
        int edge = Math.min(message.length, EDGE);
        Matcher first = FIRST.matcher(new String(message, 0, edge, StandardCharsets.ISO_8859_1));
        if (first.find()) {
            return Long.parseLong(first.group(1));
        }
        Matcher last = LAST.matcher(new String(message, message.length - edge, edge, StandardCharsets.ISO_8859_1));
        return last.find() ? Long.parseLong(last.group(1)) : -1;
    }
}
