package dev.toolkeep.web;

import dev.toolkeep.web.exchange.Problem;
import dev.toolkeep.web.exchange.TurnedAway;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Under which names the gateway answers. A web page that made a browser resolve its own name to us (DNS rebinding)
/// sends its own name as `Host` or `Origin` and gets nothing.
final class Hosts {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "[::]");

    private final Map<String, String> originByHost = new HashMap<>();
    private final Set<String> origins = new HashSet<>();

    /// @param bound the address the listener is bound to
    /// @param port the port it got
    Hosts(String bound, int port, List<String> publicOrigins) {
        String literal = bound.indexOf(':') >= 0 && !bound.startsWith("[") ? "[" + bound + "]" : bound;
        if (LOOPBACK.contains(literal) || ANY_ADDRESS.contains(literal)) {
            LOOPBACK.forEach(name -> allow("http://" + name + ":" + port));
        } else {
            allow("http://" + literal + ":" + port);
        }
        publicOrigins.forEach(this::allow);
    }

    /// @throws TurnedAway when the one `Host` is not ours, or an `Origin` is not
    void check(List<String> hosts, List<String> requestOrigins) throws TurnedAway {
        if (hosts.size() != 1) {
            throw TurnedAway.hangingUp(Problem.malformed("host", "A request has exactly one Host header."));
        }
        for (String origin : requestOrigins) {
            if (requestOrigins.size() > 1 || !origins.contains(origin.toLowerCase(Locale.ROOT))) {
                throw TurnedAway.with(new Problem(
                        403,
                        "origin_not_allowed",
                        "Web pages of this origin may not call this gateway.",
                        "origin",
                        "Ask an operator to add the origin to the public origins."));
            }
        }
        if (!originByHost.containsKey(hosts.getFirst().toLowerCase(Locale.ROOT))) {
            throw TurnedAway.with(new Problem(
                    421,
                    "host_not_allowed",
                    "This gateway does not answer under the name in Host.",
                    "host",
                    "Use the address the gateway printed, or ask an operator to add this name to the public origins."));
        }
    }

    /// Our own address as the sender of this `Host` sees it.
    String origin(@Nullable String host) {
        String origin = host == null ? null : originByHost.get(host.toLowerCase(Locale.ROOT));
        if (origin == null) {
            throw new IllegalStateException("the host was checked before");
        }
        return origin;
    }

    private void allow(String origin) {
        URI uri = URI.create(origin.toLowerCase(Locale.ROOT));
        String scheme = uri.getScheme();
        String authority = uri.getRawAuthority();
        boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty();
        if (authority == null || !bare || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("a public origin is https://host or https://host:port: " + origin);
        }
        String usual = scheme.equals("https") ? ":443" : ":80";
        String plain =
                authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
        String canonical = scheme + "://" + plain;
        origins.add(canonical);
        originByHost.put(plain, canonical);
        if (uri.getPort() < 0 || !plain.equals(authority)) {
            originByHost.put(plain + usual, canonical);
        }
    }
}
