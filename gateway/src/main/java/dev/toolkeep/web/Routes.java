package dev.toolkeep.web;

import dev.toolkeep.web.exchange.Problem;
import dev.toolkeep.web.exchange.Route;
import dev.toolkeep.web.exchange.TurnedAway;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The one route table.
final class Routes {
    private final List<Route> all;
    private final Map<String, Route> exact = new HashMap<>();
    private final List<Route> prefixed;

    Routes(List<Route> routes) {
        all = List.copyOf(routes);
        prefixed = all.stream()
                .filter(route -> !route.prefix().equals(route.path()))
                .toList();
        for (Route route : all) {
            if (exact.put(key(route.method(), route.path()), route) != null) {
                throw new IllegalStateException("two routes for " + route.method() + " " + route.path());
            }
        }
    }

    List<Route> all() {
        return all;
    }

    @Nullable
    Route find(HttpMethod method, String path) {
        Route route = exact.get(key(method, path));
        if (route != null) {
            return route;
        }
        for (Route candidate : prefixed) {
            if (candidate.method().equals(method) && candidate.matches(path)) {
                return candidate;
            }
        }
        return null;
    }

    /// Why nothing was found: nothing lies there, or it wants another method.
    TurnedAway missing(String path) {
        List<String> methods = all.stream()
                .filter(route -> route.matches(path))
                .map(route -> route.method().name())
                .toList();
        if (methods.isEmpty()) {
            return TurnedAway.with(
                    new Problem(
                            404,
                            "not_found",
                            "Nothing lies at this path.",
                            "route",
                            "Use /mcp, /utcp, one of the two with /{toolset}, /v1/tools, /v1/tools/search or /v1/call/{tool}."));
        }
        return TurnedAway.with(new Problem(
                405,
                "method_not_allowed",
                "This path takes " + String.join(", ", methods) + " only.",
                "route",
                "Use " + String.join(" or ", methods) + "."));
    }

    /// The methods a path takes, as the header `Allow` lists them; empty when nothing lies there.
    String allowed(String path) {
        return String.join(
                ", ",
                all.stream()
                        .filter(route -> route.matches(path))
                        .map(route -> route.method().name())
                        .toList());
    }

    private static String key(HttpMethod method, String path) {
        return method.name() + ' ' + path;
    }
}
