package dev.toolkeep.protocol.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/// Where a source may connect beside the public internet over https: `host:port`, `host` (any port), an address with
/// or without a port (`10.1.2.3:8080`, `[fd00::7]:8080`), or an address block such as `10.1.0.0/16` or `fd00::/8`,
/// each granted by an operator. Hosts are compared as lower-case ASCII without a trailing dot. An empty reach is the
/// default.
///
/// A granted host may lead to loopback, private and shared (100.64.0.0/10) addresses; a granted address or block also
/// to link-local and reserved ones inside it. A cloud metadata address is reached only when exactly that address is
/// granted. Multicast, unspecified and tunnel addresses are never reached. Anything granted may be spoken to in plain
/// http, ws, tcp and udp. Immutable.
public final class Reach {
    public static final Reach PUBLIC = new Reach(Set.of());

    private final Set<String> grants;
    private final List<Grant> read;

    /// @throws IllegalArgumentException when a grant is none of the forms above; the message names it
    public Reach(Set<String> grants) {
        this.grants = Set.copyOf(grants);
        this.read = this.grants.stream().map(Grant::parse).toList();
    }

    public Set<String> grants() {
        return grants;
    }

    /// Judges one address that `to` leads to.
    void judge(Destination to, InetAddress address) throws EgressDenied {
        AddressKind kind = AddressKind.of(address);
        if (kind == AddressKind.PUBLIC && to.tls()) {
            return;
        }
        if (kind != AddressKind.NEVER && granted(to, address, kind)) {
            return;
        }
        if (kind == AddressKind.PUBLIC) {
            throw new EgressDenied("an unencrypted connection leaves this machine only to hosts granted to the source");
        }
        throw new EgressDenied("the host leads to " + kind.words() + ", which was not granted to the source");
    }

    private boolean granted(Destination to, InetAddress address, AddressKind kind) {
        for (Grant grant : read) {
            if (grant.covers(to, address, kind)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reach that && grants.equals(that.grants);
    }

    @Override
    public int hashCode() {
        return grants.hashCode();
    }

    @Override
    public String toString() {
        return "Reach" + grants;
    }
}
