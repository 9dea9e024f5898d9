package dev.toolkeep.protocol.net;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a host is written. One spelling is accepted for each host, so that what was judged is what is connected to:
/// `name.example`, `192.0.2.7` or `[2001:db8::7]`; a single trailing dot is dropped and letters are lowered. Every
/// other spelling of an address (decimal, octal, hexadecimal, shortened, with a zone), user information, escapes and
/// characters beyond ASCII are refused.
record HostName(String text, @Nullable InetAddress literal) {
    /// Parses the host part of a URL or grant.
    static HostName parse(String written) throws EgressDenied {
        if (written.startsWith("[") && written.endsWith("]")) {
            return new HostName(written.toLowerCase(Locale.ROOT), v6(written.substring(1, written.length() - 1)));
        }
        String name = written.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        if (name.isEmpty() || name.length() > 253) {
            throw new EgressDenied("the host is missing or too long");
        }
        int from = 0;
        String last = name;
        while (from <= name.length()) {
            int dot = name.indexOf('.', from);
            int end = dot < 0 ? name.length() : dot;
            last = name.substring(from, end);
            checkLabel(last);
            from = end + 1;
        }
        return new HostName(name, looksNumeric(last) ? v4(name) : null);
    }

    private static void checkLabel(String label) throws EgressDenied {
        if (label.isEmpty() || label.length() > 63) {
            throw new EgressDenied("the host is not a valid name");
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
                throw new EgressDenied("the host is not written in plain ASCII letters, digits, '-', '_' and '.'");
            }
        }
    }

    /// Whether some resolver would read the name as an IPv4 address: its last label is a number (WHATWG URL, 3.5).
    private static boolean looksNumeric(String label) {
        boolean hex = label.startsWith("0x");
        for (int i = hex ? 2 : 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (!(c >= '0' && c <= '9') && !(hex && c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress v4(String text) throws EgressDenied {
        String[] parts = text.split("\\.", -1);
        boolean plain = parts.length == 4;
        for (String part : parts) {
            boolean decimal =
                    !part.startsWith("0x") && part.length() <= 3 && (part.length() == 1 || part.charAt(0) != '0');
            plain = plain && decimal && Integer.parseInt(part) <= 255;
        }
        if (!plain) {
            throw new EgressDenied("an IPv4 address is written as four decimal numbers");
        }
        return InetAddress.ofLiteral(text);
    }

    private static InetAddress v6(String text) throws EgressDenied {
        if (text.indexOf(':') < 0 || text.indexOf('%') >= 0) {
            throw new EgressDenied("an IPv6 address is written without a zone");
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new EgressDenied("the host is not a valid IPv6 address");
        }
    }
}
