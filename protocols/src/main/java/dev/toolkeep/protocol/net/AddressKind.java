package dev.toolkeep.protocol.net;

import java.net.InetAddress;

/// What sort of place an address is, judged by its bytes (IANA special-purpose registries, RFC 6890 and successors).
/// An IPv4 address inside an IPv6 one is judged as what it really leads to; tunnels are never used.
public enum AddressKind {
    PUBLIC("a public address"),
    LOOPBACK("a loopback address"),
    PRIVATE("a private address"),
    LINK_LOCAL("a link-local address"),
    METADATA("a cloud metadata address"),
    RESERVED("a reserved address"),
    NEVER("an address no connection can rightly go to");

    private final String words;

    AddressKind(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public static AddressKind of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? ofV4(word(bytes, 0)) : ofV6(bytes);
    }

    private static AddressKind ofV4(int ip) {
        int a = ip >>> 24;
        if (metadataV4(ip)) {
            return METADATA;
        }
        if (a == 127) {
            return LOOPBACK;
        }
        if (a == 10 || in(ip, 0xAC10_0000, 12) || in(ip, 0xC0A8_0000, 16) || in(ip, 0x6440_0000, 10)) {
            return PRIVATE;
        }
        if (in(ip, 0xA9FE_0000, 16)) {
            return LINK_LOCAL;
        }
        if (a == 0 || a >= 224) {
            return NEVER;
        }
        boolean reserved = in(ip, 0xC000_0000, 24) // 192.0.0.0/24 protocol assignments
                || in(ip, 0xC000_0200, 24) // 192.0.2.0/24 documentation
                || in(ip, 0xC058_6300, 24) // 192.88.99.0/24 6to4 relays
                || in(ip, 0xC612_0000, 15) // 198.18.0.0/15 benchmarks
                || in(ip, 0xC633_6400, 24) // 198.51.100.0/24 documentation
                || in(ip, 0xCB00_7100, 24); // 203.0.113.0/24 documentation
        return reserved ? RESERVED : PUBLIC;
    }

    private static boolean metadataV4(int ip) {
        return ip == 0xA9FE_A9FE // 169.254.169.254: AWS, Azure, Google, Oracle and most others
                || ip == 0xA9FE_AA02 // 169.254.170.2: AWS container credentials
                || ip == 0xA9FE_AA17 // 169.254.170.23: AWS pod identity
                || ip == 0x6464_64C8 // 100.100.100.200: Alibaba
                || ip == 0xC000_00C0 // 192.0.0.192: Oracle
                || ip == 0xA83F_8110; // 168.63.129.16: Azure's host, although its block is public
    }

    private static AddressKind ofV6(byte[] b) {
        int first = word(b, 0);
        int second = word(b, 4);
        int third = word(b, 8);
        int last = word(b, 12);
        if (first == 0 && second == 0) {
            if (third == 0 && last == 1) {
                return LOOPBACK;
            }
            return third == 0xFFFF
                    ? ofV4(last)
                    : NEVER; // ::ffff:a.b.c.d is that IPv4 address; ::, ::a.b.c.d and the rest
        }
        if (first == 0x0064_FF9B) { // NAT64: only the well-known prefix, and only to where IPv4 could go directly
            boolean wellKnown = second == 0 && third == 0;
            return wellKnown && ofV4(last) == PUBLIC ? PUBLIC : NEVER;
        }
        if ((first & 0xFE00_0000) == 0xFC00_0000) {
            return metadataV6(b) ? METADATA : PRIVATE;
        }
        if (in(first, 0xFE80_0000, 10)) {
            return LINK_LOCAL;
        }
        if (in(first, 0xFEC0_0000, 10)) {
            return PRIVATE; // site-local, deprecated by RFC 3879 and still routed by some
        }
        return globalUnicast(first, third) ? PUBLIC : NEVER;
    }

    private static boolean globalUnicast(int first, int third) {
        boolean isatap = (third & 0xFDFF_FFFF) == 0x0000_5EFE;
        return in(first, 0x2000_0000, 3)
                && !in(first, 0x2001_0000, 23) // protocol assignments: Teredo, benchmarks, ORCHID
                && !in(first, 0x2001_0DB8, 32) // documentation
                && !in(first, 0x2002_0000, 16) // 6to4
                && !in(first, 0x3FFE_0000, 16) // 6bone, returned
                && !in(first, 0x3FFF_0000, 20) // documentation
                && !isatap;
    }

    private static boolean metadataV6(byte[] b) {
        boolean low254 = word(b, 4) == 0 && word(b, 8) == 0 && word(b, 12) == 0x0254;
        return low254 && (word(b, 0) == 0xFD00_0EC2 || word(b, 0) == 0xFD20_00CE); // AWS, Google
    }

    private static boolean in(int ip, int block, int prefix) {
        return (ip ^ block) >>> (32 - prefix) == 0;
    }

    private static int word(byte[] b, int at) {
        return (b[at] & 0xFF) << 24 | (b[at + 1] & 0xFF) << 16 | (b[at + 2] & 0xFF) << 8 | (b[at + 3] & 0xFF);
    }
}
