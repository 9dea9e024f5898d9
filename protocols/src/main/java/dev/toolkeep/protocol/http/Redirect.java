package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.net.Destination;
import dev.toolkeep.protocol.net.EgressDenied;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a redirect leads, judged: it may move inside the origin the tool was approved for, and nowhere else, so that
/// neither an argument nor a credential ever reaches another server. Methods change as WHATWG Fetch has it (4.4).
record Redirect(HttpMethod method, HttpPlan.Outgoing outgoing) {
    static final int MOST = 5;
    private static final Set<Integer> STATUS = Set.of(301, 302, 303, 307, 308);

    static boolean is(int status) {
        return STATUS.contains(status);
    }

    /// @throws Unsendable when it leads elsewhere, or to what is no URL
    static Redirect of(
            int status, @Nullable String location, HttpMethod method, HttpPlan.Outgoing sent, Destination origin)
            throws Unsendable {
        URI to;
        Destination destination;
        try {
            to = URI.create(origin.origin() + sent.target()).resolve(location == null ? "" : location);
            destination = Destination.of(to);
        } catch (IllegalArgumentException | EgressDenied e) {
            throw new Unsendable(
                    Kind.UPSTREAM_STATUS,
                    "the tool's server redirects to something that is not a URL that is followed");
        }
        if (location == null || !destination.equals(origin)) {
            throw new Unsendable(
                    Kind.EGRESS_DENIED,
                    "the tool's server redirects away from the host that was approved, and a call never follows it there");
        }
        String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        String target = to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
        boolean get =
                method.equals(HttpMethod.GET) || status == 303 || (status <= 302 && method.equals(HttpMethod.POST));
        if (status < 307 && get) {
            return new Redirect(HttpMethod.GET, new HttpPlan.Outgoing(target, withoutType(sent.headers()), null));
        }
        return new Redirect(method, new HttpPlan.Outgoing(target, sent.headers(), sent.body()));
    }

    private static List<HttpPlan.Header> withoutType(List<HttpPlan.Header> headers) {
        return headers.stream()
                .filter(header -> !header.name().equalsIgnoreCase("Content-Type"))
                .toList();
    }
}
