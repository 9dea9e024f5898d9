package dev.toolkeep.console.access;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.caller.Caller;
import dev.toolkeep.refusal.Refused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out whose key came with a request. It lets every request on: whoever has no valid key goes on as nobody, and
/// the rules behind it say no.
final class KeyCheck extends OncePerRequestFilter {
    static final String OPERATOR = "operator";
    private static final String ANYBODY = "caller";

    private final AdminRooms rooms;

    KeyCheck(AdminRooms rooms) {
        this.rooms = rooms;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> keys = Collections.list(request.getHeaders("Authorization"));
        if (keys.size() == 1) {
            try {
                Authenticated who = rooms.authenticate(keys.getFirst());
                String authority = who.caller().kind() == Caller.Kind.OPERATOR ? OPERATOR : ANYBODY;
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(new PreAuthenticatedAuthenticationToken(
                        who, "", List.of(new SimpleGrantedAuthority(authority))));
                SecurityContextHolder.setContext(context);
            } catch (Refused refused) {
                // Nobody, then.
            }
        }
        chain.doFilter(request, response);
    }
}
