package dev.toolkeep.protocol.net;

import java.net.InetAddress;

/// One line of a [Reach], read. A `port` of 0 means any port.
sealed interface Grant {
    boolean covers(Destination to, InetAddress address, AddressKind kind);

    /// The host of that name, wherever it leads except to special addresses.
    record Name(String host, int port) implements Grant {
        @Override
        public boolean covers(Destination to, InetAddress address, AddressKind kind) {
            boolean ordinary =
                    kind == AddressKind.PUBLIC || kind == AddressKind.PRIVATE || kind == AddressKind.LOOPBACK;
            return ordinary && (port == 0 || port == to.port()) && host.equals(to.host());
        }
    }

    /// The addresses whose first `prefix` bits are those of `first`.
    record Block(byte[] first, int prefix, int port) implements Grant {
        @Override
        public boolean covers(Destination to, InetAddress address, AddressKind kind) {
            boolean whole = prefix == first.length * 8;
            return (port == 0 || port == to.port())
                    && (kind != AddressKind.METADATA || whole)
                    && contains(address.getAddress());
        }

        private boolean contains(byte[] bytes) {
            if (bytes.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit += 8) {
                int mask = prefix - bit >= 8 ? 0xFF : 0xFF << (8 - (prefix - bit)) & 0xFF;
                if (((bytes[bit / 8] ^ first[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    static Grant parse(String text) {
        try {
            int slash = text.indexOf('/');
            if (slash >= 0) {
                return block(text.substring(0, slash), text.substring(slash + 1));
            }
            boolean bareV6 = !text.startsWith("[") && text.indexOf(':') != text.lastIndexOf(':');
            Destination to = Destination.of("https", bareV6 ? "[" + text + "]" : text);
            boolean anyPort = bareV6 || text.endsWith("]") || text.indexOf(':') < 0;
            int port = anyPort ? 0 : to.port();
            InetAddress literal = to.literal();
            return literal == null
                    ? new Name(to.host(), port)
                    : new Block(literal.getAddress(), literal.getAddress().length * 8, port);
        } catch (EgressDenied e) {
            throw new IllegalArgumentException("not a host, host:port or address block: " + printable(text), e);
        }
    }

    private static Grant block(String address, String prefix) throws EgressDenied {
        InetAddress first = HostName.parse(address.indexOf(':') < 0 ? address : "[" + address + "]")
                .literal();
        int most = first == null ? 0 : first.getAddress().length * 8;
        boolean digits =
                !prefix.isEmpty() && prefix.length() <= 3 && prefix.chars().allMatch(c -> c >= '0' && c <= '9');
        if (first == null || !digits || Integer.parseInt(prefix) > most) {
            throw new EgressDenied("not an address block");
        }
        return new Block(first.getAddress(), Integer.parseInt(prefix), 0);
    }

    private static String printable(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
