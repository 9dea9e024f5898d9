package dev.toolkeep.console;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Every route the console has, asked of the table that serves it, and a walk past all of them.
record RouteWalk(List<Route> routes) {
    /// The routes that are meant to be open; everything else must refuse.
    static final Set<String> OPEN = Set.of("GET /healthz", "GET /setup/{token}", "POST /setup/{token}");

    /// One method and path pattern, such as `DELETE /api/v1/agents/{id}`.
    record Route(String method, String pattern) {
        boolean open() {
            return OPEN.contains(toString());
        }

        /// A path that leads to it.
        String path() {
            return pattern.replaceAll("\\{[^}]*}", "some");
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    static RouteWalk of(WebApplicationContext context) {
        List<Route> routes = new ArrayList<>();
        context.getBeansOfType(HandlerMapping.class).forEach((name, mapping) -> {
            switch (mapping) {
                case RequestMappingHandlerMapping table ->
                    table.getHandlerMethods().keySet().forEach(info -> add(info, routes));
                case AbstractUrlHandlerMapping urls when urls.getHandlerMap().isEmpty() -> {}
                case RouterFunctionMapping functions when functions.getRouterFunction() == null -> {}
                default -> throw new AssertionError("a table of routes this walk cannot read: " + name);
            }
        });
        return new RouteWalk(List.copyOf(routes));
    }

    private static void add(RequestMappingInfo info, List<Route> routes) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        if (methods.isEmpty()) {
            throw new AssertionError("a route for every method: " + info);
        }
        for (String pattern : info.getPatternValues()) {
            methods.forEach(method -> routes.add(new Route(method.name(), pattern)));
        }
    }

    /// The routes that must refuse and whose answer does not pass, each with its status.
    List<String> leaks(OpenConsole console, String authorization, Predicate<Answer> refusal) {
        List<String> leaks = new ArrayList<>();
        for (Route route : routes) {
            if (!route.open()) {
                Answer answer = console.ask(
                        route.method(),
                        route.path(),
                        BodyPublishers.ofString("{}"),
                        "Authorization",
                        authorization,
                        "Content-Type",
                        "application/json");
                if (!refusal.test(answer)) {
                    leaks.add(route + " answered " + answer.status());
                }
            }
        }
        return leaks;
    }
}
