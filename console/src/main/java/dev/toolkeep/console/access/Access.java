package dev.toolkeep.console.access;

import dev.toolkeep.admin.AdminRooms;
import dev.toolkeep.admin.DoorNotes;
import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.refusal.Refusal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/// The one rule of the console: an operator's key, for every route there is and every one there will be. Open are the
/// health check and the set-up link alone. No session, no cookie, so there is nothing a foreign page could ride on.
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class Access {
    /// @param names who we answer as
    @Bean
    SecurityFilterChain operatorsOnly(HttpSecurity http, AdminRooms rooms, DoorNotes notes, OwnNames.Settings names) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(
                                "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                permissions -> permissions.policy("camera=(), microphone=(), geolocation=()")))
                .addFilterBefore(new OwnNames(names, notes), SecurityContextHolderFilter.class)
                .addFilterBefore(new KeyCheck(rooms), AnonymousAuthenticationFilter.class)
                .authorizeHttpRequests(routes -> routes.requestMatchers(HttpMethod.GET, "/healthz", "/setup/{token}")
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/setup/{token}")
                        .permitAll()
                        .anyRequest()
                        .hasAuthority(KeyCheck.OPERATOR))
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(nobody(notes)).accessDeniedHandler(notAnOperator(notes)))
                .build();
    }

    /// For what the firewall stops before any filter sees it: `//`, `;`, `..`, an encoded slash, an unheard-of method.
    @Bean
    RequestRejectedHandler unfitToRoute(DoorNotes notes) {
        Problem problem = Problem.malformed("no route has such a path, method or header");
        return (request, response, why) -> {
            notes.refused(request.getRemoteAddr(), "", problem.code(), Asked.words(request));
            response.setHeader("Connection", "close");
            problem.send(response);
        };
    }

    private static AuthenticationEntryPoint nobody(DoorNotes notes) {
        Problem problem = Problem.of(
                401,
                Refusal.Code.UNAUTHENTICATED.text(),
                "no valid key came with the request",
                "key",
                "send the header Authorization: Bearer tk_... with an operator's key");
        return (request, response, why) -> {
            notes.refused(request.getRemoteAddr(), "", problem.code(), Asked.words(request));
            response.setHeader("WWW-Authenticate", "Bearer realm=\"toolkeep-console\"");
            problem.send(response);
        };
    }

    private static AccessDeniedHandler notAnOperator(DoorNotes notes) {
        Problem problem = Problem.of(
                403,
                Refusal.Code.FORBIDDEN.text(),
                "this key is not an operator's, and only operators administer",
                "operators-only",
                "use an operator's key, or ask an operator");
        return (request, response, why) -> {
            notes.refused(request.getRemoteAddr(), callerId(), problem.code(), Asked.words(request));
            problem.send(response);
        };
    }

    /// Whose key the request at hand came with, or empty.
    public static String callerId() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Authenticated who
                ? who.caller().id()
                : "";
    }
}
