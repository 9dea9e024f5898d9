package dev.toolkeep.lint;

import dev.toolkeep.protocol.net.AddressKind;
import dev.toolkeep.protocol.net.Destination;
import dev.toolkeep.protocol.net.EgressDenied;
import dev.toolkeep.registry.LookAlikes;
import dev.toolkeep.wire.LocalHosts;
import java.net.IDN;
import java.util.Locale;
import java.util.Set;

/// Where a text that stands for a URL points, as it is written: nothing is looked up.
record Target(String scheme, String userInfo, String hostPort) {
    private static final Set<String> METADATA = Set.of(
            "metadata",
            "metadata.google.internal",
            "metadata.azure.internal",
            "instance-data",
            "instance-data.ec2.internal");

    /// What is known of a host from its spelling alone.
    enum Place {
        PUBLIC,
        LOOPBACK,
        PRIVATE,
        METADATA,
        /// Two programs may read it as two hosts.
        ODD
    }

    /// `scheme` is lower-case and empty where there is none.
    static Target of(String url) {
        int end = url.indexOf("://");
        if (end < 0) {
            return new Target("", "", "");
        }
        int stop = end + 3;
        while (stop < url.length() && "/?#\\".indexOf(url.charAt(stop)) < 0) {
            stop++;
        }
        String authority = url.substring(end + 3, stop);
        int at = authority.lastIndexOf('@');
        return new Target(
                url.substring(0, end).toLowerCase(Locale.ROOT),
                at < 0 ? "" : authority.substring(0, at),
                authority.substring(at + 1));
    }

    boolean web() {
        return Set.of("http", "https", "ws", "wss").contains(scheme);
    }

    boolean encrypted() {
        return scheme.equals("https") || scheme.equals("wss");
    }

    /// Whether an argument or a variable can choose the scheme, the host or the port.
    boolean open() {
        return chosen(scheme) || chosen(hostPort);
    }

    private static boolean chosen(String text) {
        return text.contains("{") || text.contains("$") || text.contains("UTCP_ARG_");
    }

    Place place() {
        try {
            Destination to = Destination.of(encrypted() ? "https" : "http", hostPort);
            if (METADATA.contains(to.host())) {
                return Place.METADATA;
            }
            if (LookAlikes.mixed(IDN.toUnicode(to.host())).isPresent()) {
                return Place.ODD;
            }
            if (to.literal() != null) {
                return switch (AddressKind.of(to.literal())) {
                    case PUBLIC -> Place.PUBLIC;
                    case LOOPBACK -> Place.LOOPBACK;
                    case METADATA -> Place.METADATA;
                    default -> Place.PRIVATE;
                };
            }
            return LocalHosts.isLoopback(to.host())
                    ? Place.LOOPBACK
                    : LocalHosts.isLocal(to.host()) ? Place.PRIVATE : Place.PUBLIC;
        } catch (EgressDenied e) {
            return Place.ODD;
        }
    }
}
