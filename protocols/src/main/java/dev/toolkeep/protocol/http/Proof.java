package dev.toolkeep.protocol.http;

import dev.toolkeep.tool.Auth;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A template's credential, put where it belongs in one request.
final class Proof {
    private Proof() {}

    /// @param separator what goes before the next parameter of the query in `target`
    static void place(Auth auth, Fill fill, HeaderSet headers, StringBuilder target, char separator) throws Unsendable {
        switch (auth) {
            case Auth.None _ -> {}
            case Auth.Basic basic -> {
                String user = fill.text(basic.username());
                if (user.indexOf(':') >= 0) {
                    throw new Unsendable("the user name of basic authentication holds a ':'");
                }
                byte[] pair = (user + ":" + fill.text(basic.password())).getBytes(StandardCharsets.UTF_8);
                headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
            }
            case Auth.OAuth2 _ -> {} // the token comes when the request is sent, see Bearer
            case Auth.ApiKey key -> {
                String value = fill.text(key.apiKey());
                if (value.isEmpty()) {
                    throw new Unsendable("the tool's API key is empty");
                }
                switch (key.location()) {
                    case HEADER -> {
                        HeaderRules.checkName(key.varName());
                        headers.put(key.varName(), value);
                    }
                    case QUERY -> QueryText.pair(target, separator, key.varName(), value);
                    case COOKIE -> cookie(headers, key.varName(), value);
                }
            }
        }
    }

    /// Whether an argument of this name in the query would pass for the credential.
    static boolean isParameter(Auth auth, String name) {
        return auth instanceof Auth.ApiKey key
                && key.location() == Auth.Location.QUERY
                && key.varName().equals(name);
    }

    /// The same for a header.
    static boolean isHeader(Auth auth, String name) {
        return switch (auth) {
            case Auth.ApiKey key ->
                key.location() == Auth.Location.HEADER && key.varName().equalsIgnoreCase(name);
            case Auth.OAuth2 _ -> name.equalsIgnoreCase("Authorization");
            case Auth.Basic _ -> name.equalsIgnoreCase("Authorization");
            case Auth.None _ -> false;
        };
    }

    /// The same for a cookie.
    static boolean isCookie(Auth auth, String name) {
        return auth instanceof Auth.ApiKey key
                && key.location() == Auth.Location.COOKIE
                && key.varName().equals(name);
    }

    /// Adds one cookie.
    static void cookie(HeaderSet headers, String name, String value) throws Unsendable {
        HeaderRules.checkName(name);
        if (value.chars().anyMatch(c -> c <= ' ' || c > '~' || "\",;\\".indexOf(c) >= 0)) {
            throw new Unsendable("the cookie " + name + " holds a character that a cookie cannot carry");
        }
        String before = headers.value("Cookie");
        headers.put("Cookie", (before == null ? "" : before + "; ") + name + "=" + value);
    }
}
