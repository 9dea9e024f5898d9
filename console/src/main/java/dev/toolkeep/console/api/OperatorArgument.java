package dev.toolkeep.console.api;

import dev.toolkeep.admin.Operator;
import dev.toolkeep.caller.Authenticated;
import dev.toolkeep.refusal.Refusal;
import dev.toolkeep.refusal.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Hands a route the operator whose key the request came with. Asked a second time here, so that a route which takes an
/// [Operator] cannot run without one, whatever the rules before it let through.
public final class OperatorArgument implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Operator.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws Refused {
        return ofTheRequest();
    }

    /// @throws Refused when no key came with the request at hand, or another kind's
    static Operator ofTheRequest() throws Refused {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Authenticated who) {
            return Operator.of(who);
        }
        throw new Refused(Refusal.Code.UNAUTHENTICATED, "key", "no valid key came with the request", "");
    }
}
