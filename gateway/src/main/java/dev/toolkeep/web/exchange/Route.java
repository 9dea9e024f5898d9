package dev.toolkeep.web.exchange;

import dev.toolkeep.call.Door;
import io.vertx.core.http.HttpMethod;

/// One line of the route table. `path` is matched whole; one that ends in `/{tool}` or `/{toolset}` takes all that
/// follows the slash.
public record Route(HttpMethod method, String path, Access access, Door door, Handling handling) {
    private static final String TOOLSET = "{toolset}";

    /// Who may use a route.
    public enum Access {
        /// Whoever reaches the listener.
        ANYBODY,
        /// A caller whose key was checked.
        CALLER
    }

    public boolean open() {
        return access == Access.ANYBODY;
    }

    public boolean matches(String requested) {
        String prefix = prefix();
        return prefix.length() < path.length()
                ? requested.length() > prefix.length() && requested.startsWith(prefix)
                : requested.equals(path);
    }

    /// The path up to its variable part.
    public String prefix() {
        return path.endsWith("}") ? path.substring(0, path.lastIndexOf('{')) : path;
    }

    /// Whether its variable part names a toolset.
    public boolean ofToolset() {
        return path.endsWith(TOOLSET);
    }
}
