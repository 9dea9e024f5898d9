package dev.toolkeep.console.access;

import dev.toolkeep.admin.DoorNotes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/// Answers only under the console's own names. A web page that made a browser resolve its name to us (DNS rebinding)
/// sends its own as `Host` or `Origin` and gets nothing.
public final class OwnNames extends OncePerRequestFilter {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "[::]");

    private final Set<String> bound;
    private final Set<String> publicOrigins;
    private final Set<String> publicHosts = new HashSet<>();
    private final DoorNotes notes;

    /// @param bound the address the listener is bound to
    /// @param publicOrigins of a proxy in front, in lower case
    public record Settings(String bound, List<String> publicOrigins) {}

    OwnNames(Settings settings, DoorNotes notes) {
        String bound = settings.bound();
        String literal = bound.indexOf(':') >= 0 && !bound.startsWith("[") ? "[" + bound + "]" : bound;
        this.bound = LOOPBACK.contains(literal) || ANY_ADDRESS.contains(literal) ? LOOPBACK : Set.of(literal);
        this.publicOrigins = Set.copyOf(settings.publicOrigins());
        this.publicOrigins.forEach(origin -> publicHosts.add(origin.substring(origin.indexOf("//") + 2)));
        this.notes = notes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> hosts = Collections.list(request.getHeaders("Host"));
        List<String> origins = Collections.list(request.getHeaders("Origin"));
        if (hosts.size() != 1 || !ownHost(hosts.getFirst().toLowerCase(Locale.ROOT), request.getLocalPort())) {
            refuse(
                    request,
                    response,
                    Problem.of(
                            421,
                            "host_not_allowed",
                            "The console does not answer under the name in Host.",
                            "host",
                            "Use the address the console printed, or add this name to its public origins."));
        } else if (!origins.stream()
                .allMatch(origin -> ownOrigin(origin.toLowerCase(Locale.ROOT), request.getLocalPort()))) {
            refuse(
                    request,
                    response,
                    Problem.of(
                            403,
                            "origin_not_allowed",
                            "Web pages of this origin may not call the console.",
                            "origin",
                            "Add the origin to the console's public origins if it is yours."));
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean ownHost(String host, int port) {
        if (publicHosts.contains(host)) {
            return true;
        }
        String suffix = ":" + port;
        return host.endsWith(suffix) && bound.contains(host.substring(0, host.length() - suffix.length()));
    }

    private boolean ownOrigin(String origin, int port) {
        return publicOrigins.contains(origin)
                || (origin.startsWith("http://")
                        && ownHost(origin.substring(7), port)
                        && !publicHosts.contains(origin.substring(7)));
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        notes.refused(request.getRemoteAddr(), "", problem.code(), Asked.words(request));
        problem.send(response);
    }
}
