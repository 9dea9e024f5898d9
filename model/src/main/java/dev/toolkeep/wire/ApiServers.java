package dev.toolkeep.wire;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where the operations of an OpenAPI document are called: an operator's base URL, else the first server of the
/// operation, its path or the document. Every server variable stands at its default; none stays open.
final class ApiServers {
    private final JsonNode document;
    private final @Nullable URI from;
    private final String explicit;

    ApiServers(JsonNode document, String documentUrl, String baseUrl) throws Malformed {
        this.document = document;
        this.from = web(documentUrl);
        this.explicit = baseUrl.isEmpty() ? "" : checked(baseUrl);
    }

    /// The URL the operation's path is appended to, without a slash at its end.
    String base(JsonNode operation, JsonNode pathItem) throws Malformed {
        if (!explicit.isEmpty()) {
            return explicit;
        }
        for (JsonNode holder : new JsonNode[] {operation, pathItem, document}) {
            JsonNode servers = Members.given(holder, "servers");
            if (servers != null && servers.isArray() && !servers.isEmpty()) {
                return absolute(filled(servers.get(0)));
            }
        }
        return absolute("/");
    }

    private String absolute(String server) throws Malformed {
        String lower = server.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return allowed(checked(server));
        }
        if (from == null) {
            throw new Malformed("its server URL is relative and the document has no URL: give a base URL");
        }
        try {
            return allowed(checked(from.resolve(server).toString()));
        } catch (IllegalArgumentException e) {
            throw new Malformed("its server URL is not a valid URL");
        }
    }

    /// Where a credential is sent for a token: as a server's URL, and pinned with the tool (GHSA-8cp3-qxj6-px34).
    String tokenUrl(String written) throws Malformed {
        String url = absolute(written);
        if (!url.toLowerCase(Locale.ROOT).startsWith("https://")
                && !LocalHosts.isLocal(TargetUrl.of(url).host())) {
            throw new Malformed("its tokenUrl is not https");
        }
        return url;
    }

    private static String filled(JsonNode server) throws Malformed {
        String url = Members.text(server, "url");
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int open = url.indexOf('{'); open >= 0; open = url.indexOf('{', at)) {
            int close = url.indexOf('}', open);
            if (close < 0) {
                throw new Malformed("its server URL has an open brace");
            }
            JsonNode variable = Members.object(server, "variables").path(url.substring(open + 1, close));
            String value = Members.text(variable, "default");
            if (variable.path("enum").isArray()
                    && !Members.texts(variable, "enum").contains(value)) {
                throw new Malformed("the default of a server variable is none of its values");
            }
            filled.append(url, at, open).append(value);
            at = close + 1;
        }
        return filled.append(url, at, url.length()).toString();
    }

    /// `url` as a base: literal from end to end, without a query and without the slash at its end.
    private static String checked(String url) throws Malformed {
        if (url.contains("{") || url.contains("}") || url.contains("?")) {
            throw new Malformed("the base URL must be literal, without placeholders and without a query");
        }
        TargetUrl.of(url);
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /// A document from elsewhere may not send calls into this machine or its network (GHSA-39j6-4867-gg4w);
    /// back to the very host it came from, it may.
    private String allowed(String server) throws Malformed {
        if (from == null) {
            return server;
        }
        TargetUrl target = TargetUrl.of(server);
        TargetUrl origin = TargetUrl.of(from.getScheme() + "://" + from.getRawAuthority());
        if (LocalHosts.isLocal(target.host())
                && !LocalHosts.isLoopback(origin.host())
                && !target.hostPort().equals(origin.hostPort())) {
            throw new Malformed("a document from the network names a server on this machine or a private network:"
                    + " give a base URL if that is meant");
        }
        return server;
    }

    private static @Nullable URI web(String documentUrl) throws Malformed {
        String lower = documentUrl.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http://") && !lower.startsWith("https://")) {
            return null;
        }
        try {
            URI uri = URI.create(documentUrl);
            TargetUrl.of(uri.getScheme() + "://" + uri.getRawAuthority());
            return uri;
        } catch (IllegalArgumentException e) {
            throw new Malformed("the document's own URL is not valid");
        }
    }
}
