package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// UTCP's `auth`, read and written.
final class Auths {
    private Auths() {}

    static Auth read(JsonNode template) throws Malformed {
        JsonNode auth = Members.given(template, "auth");
        if (auth == null) {
            return new Auth.None();
        }
        if (!auth.isObject()) {
            throw new Malformed("auth must be an object");
        }
        String type = Members.text(auth, "auth_type");
        return switch (type) {
            case "none" -> new Auth.None();
            case "api_key" -> apiKey(auth);
            case "basic" -> {
                String username = Members.text(auth, "username");
                if (username.contains(":")) {
                    throw new Malformed("the username of basic auth may not hold a colon");
                }
                yield new Auth.Basic(username, Members.text(auth, "password"));
            }
            case "oauth2" -> oauth2(auth);
            default -> throw new Malformed("auth type '" + Members.printable(type) + "' is not supported");
        };
    }

    private static Auth apiKey(JsonNode auth) throws Malformed {
        String key = Members.text(auth, "api_key");
        String name = Members.text(auth, "var_name", "X-Api-Key");
        Auth.Location location = switch (Members.text(auth, "location", "header")) {
            case "header" -> Auth.Location.HEADER;
            case "query" -> Auth.Location.QUERY;
            case "cookie" -> Auth.Location.COOKIE;
            default -> throw new Malformed("location of an api_key must be header, query or cookie");
        };
        return apiKey(key, name, location);
    }

    private static Auth oauth2(JsonNode auth) throws Malformed {
        String tokenUrl = endpoint(auth, "token_url");
        String id = Members.text(auth, "client_id");
        String secret = Members.text(auth, "client_secret");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new Malformed("client_id and client_secret of oauth2 may not be empty");
        }
        return new Auth.OAuth2(tokenUrl, id, secret, scope(auth));
    }

    /// A URL that nothing given at call time changes: what was approved is where the client's secret goes.
    private static String endpoint(JsonNode auth, String member) throws Malformed {
        String url = Members.text(auth, member);
        try {
            TargetUrl.of(url);
        } catch (Malformed e) {
            throw new Malformed(member + ": " + e.getMessage());
        }
        if (url.indexOf('{') >= 0) {
            throw new Malformed(member + " may not hold placeholders: it says where a credential goes");
        }
        return url;
    }

    /// RFC 6749, 3.3.
    private static String scope(JsonNode auth) throws Malformed {
        String scope = Members.text(auth, "scope", "").strip();
        boolean fits =
                scope.length() <= 4096 && scope.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
        if (!fits) {
            throw new Malformed("scope must be scopes parted by spaces");
        }
        return scope;
    }

    /// An api_key whose value and name fit their place.
    static Auth apiKey(String key, String name, Auth.Location location) throws Malformed {
        HeaderNames.checkValue("api_key", key);
        if (location == Auth.Location.QUERY ? name.isBlank() : !HeaderNames.valid(name)) {
            throw new Malformed("the name of an api_key does not fit its place");
        }
        if (location == Auth.Location.HEADER && HeaderNames.framing(name)) {
            throw new Malformed("an api_key may not be the header '" + name.toLowerCase(Locale.ROOT) + "'");
        }
        return new Auth.ApiKey(key, name, location);
    }

    static void write(Auth auth, ObjectNode template) {
        switch (auth) {
            case Auth.None none -> {}
            case Auth.ApiKey key ->
                template.putObject("auth")
                        .put("auth_type", "api_key")
                        .put("api_key", key.apiKey())
                        .put("var_name", key.varName())
                        .put("location", key.location().name().toLowerCase(Locale.ROOT));
            case Auth.Basic basic ->
                template.putObject("auth")
                        .put("auth_type", "basic")
                        .put("username", basic.username())
                        .put("password", basic.password());
            case Auth.OAuth2 oauth -> {
                ObjectNode json = template.putObject("auth")
                        .put("auth_type", "oauth2")
                        .put("token_url", oauth.tokenUrl())
                        .put("client_id", oauth.clientId())
                        .put("client_secret", oauth.clientSecret());
                if (!oauth.scope().isEmpty()) {
                    json.put("scope", oauth.scope());
                }
            }
        }
    }
}
