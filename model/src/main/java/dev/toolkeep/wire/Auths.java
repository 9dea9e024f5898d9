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
        }
    }
}
