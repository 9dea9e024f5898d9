package dev.toolkeep.protocol.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.toolkeep.tool.HttpCall;

/// The plans of the requests in use. Thread-safe.
public final class HttpPlans {
    // Weak keys are compared by identity: a plan lives as long as the snapshot that holds its template.
    private final Cache<HttpCall, HttpPlan> plans =
            Caffeine.newBuilder().weakKeys().maximumSize(100_000).build();

    /// @throws Unsendable when no call of it could ever be sent
    public HttpPlan of(HttpCall request) throws Unsendable {
        HttpPlan known = plans.getIfPresent(request);
        if (known != null) {
            return known;
        }
        HttpPlan read = HttpPlan.of(request);
        plans.put(request, read);
        return read;
    }
}
