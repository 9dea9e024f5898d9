package dev.toolkeep.protocol.net;

import java.net.InetAddress;
import java.nio.file.Path;
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
/// http, ws, tcp and udp.
///
/// A reach also says what of Toolkeep's own machine a source's tools may use: `run:/usr/bin/jq` (that program, with the
/// permissions of Toolkeep's user), `sandbox:/usr/bin/jq` (that program, in a sandbox only), `network:/usr/bin/curl`
/// (the network, inside its sandbox), `file:/safe/data` (files of that folder, to read) and `write:/safe/work` (the
/// same, and programs in a sandbox may change them). Programs and folders are compared as they are written. Immutable.
public final class Reach {
    public static final Reach PUBLIC = new Reach(Set.of());

    private final Set<String> grants;
    private final List<Grant> read;
    private final List<LocalGrant> local;

    /// How a program may run.
    public enum Running {
        NOT,
        SANDBOXED,
        FREELY
    }

    /// @throws IllegalArgumentException when a grant is none of the forms above; the message names it
    public Reach(Set<String> grants) {
        this.grants = Set.copyOf(grants);
        this.read = this.grants.stream()
                .filter(text -> !LocalGrant.is(text))
                .map(Grant::parse)
                .toList();
        this.local = this.grants.stream()
                .filter(LocalGrant::is)
                .map(LocalGrant::parse)
                .toList();
    }

    public Set<String> grants() {
        return grants;
    }

    /// How the program at this absolute path may run.
    public Running running(String program) {
        return has(LocalGrant.Kind.RUN, program)
                ? Running.FREELY
                : has(LocalGrant.Kind.SANDBOX, program) ? Running.SANDBOXED : Running.NOT;
    }

    /// Whether the program may use the network inside a sandbox.
    public boolean networkFor(String program) {
        return has(LocalGrant.Kind.NETWORK, program);
    }

    /// The folders whose files may be read, as they were granted.
    public List<Path> readable() {
        return paths(LocalGrant.Kind.FILE, LocalGrant.Kind.WRITE);
    }

    /// The folders that programs in a sandbox may change.
    public List<Path> writable() {
        return paths(LocalGrant.Kind.WRITE);
    }

    private List<Path> paths(LocalGrant.Kind... kinds) {
        return local.stream()
                .filter(grant -> List.of(kinds).contains(grant.kind()))
                .map(LocalGrant::path)
                .sorted()
                .toList();
    }

    private boolean has(LocalGrant.Kind kind, String program) {
        for (LocalGrant grant : local) {
            if (grant.kind() == kind && grant.path().toString().equals(program)) {
                return true;
            }
        }
        return false;
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
