package dev.toolkeep.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/// Hosts that, as they are written, lie on this machine or in a private network. Names are not looked up: what
/// a name leads to is judged when a connection is made. When in doubt, a host is local.
public final class LocalHosts {
    private static final Pattern DOTTED = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)");

    private LocalHosts() {}

    /// @param host lower-case, without a trailing dot, an IPv6 address in brackets
    public static boolean isLocal(String host) {
        if (host.startsWith("[")) {
            return v6(host);
        }
        if (NUMERIC_END.matcher(host).matches()) {
            return v4(host);
        }
        return !host.contains(".")
                || host.endsWith(".localhost")
                || host.endsWith(".local")
                || host.endsWith(".internal")
                || host.endsWith(".lan")
                || host.endsWith(".home.arpa");
    }

    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || (DOTTED.matcher(host).matches() && host.startsWith("127."));
    }

    /// Anything but four plain decimal numbers (`0x7f.1`, `2130706433`, `0177.0.0.1`) is a disguise.
    private static boolean v4(String host) {
        if (!DOTTED.matcher(host).matches()) {
            return true;
        }
        String[] parts = host.split("\\.", -1);
        int a = Integer.parseInt(parts[0]);
        int b = Integer.parseInt(parts[1]);
        return a == 0
                || a == 10
                || a == 127
                || a >= 224
                || (a == 100 && b >= 64 && b < 128)
                || (a == 169 && b == 254)
                || (a == 172 && b >= 16 && b < 32)
                || (a == 192 && b == 168)
                || (a == 192 && b == 0)
                || (a == 198 && (b == 18 || b == 19));
    }

    /// Public IPv6 is 2000::/3 without the tunnels that carry an IPv4 address (6to4, Teredo).
    private static boolean v6(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host.substring(1, host.length() - 1));
            if (address instanceof Inet4Address) {
                return true;
            }
            byte[] bytes = address.getAddress();
            boolean tunnel =
                    bytes[0] == 0x20 && (bytes[1] == 0x02 || (bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0));
            return (bytes[0] & 0xE0) != 0x20 || tunnel;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }
}
