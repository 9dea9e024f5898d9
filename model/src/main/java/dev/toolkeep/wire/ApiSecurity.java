package dev.toolkeep.wire;

import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.Auth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the operations of an OpenAPI document want as proof, as placeholders for vault secrets: one name a
/// scheme, the scheme's own in capitals (`api_key` is `${API_KEY}`; basic has `_USERNAME` and `_PASSWORD` after
/// it, OAuth's client credentials `_CLIENT_ID` and `_CLIENT_SECRET`). Other OAuth flows and OpenID schemes are sent as
/// the bearer token they end in.
final class ApiSecurity {
    /// What goes with a call: one auth, and headers and parameters for what is wanted beside it.
    record Proof(Auth auth, Map<String, String> headers, Map<String, String> query) {}

    private final ApiDocument document;
    private final ApiServers servers;
    private final Map<String, String> names = new HashMap<>();

    ApiSecurity(ApiDocument document, ApiServers servers) {
        this.document = document;
        this.servers = servers;
        Set<String> taken = new HashSet<>();
        for (String scheme :
                document.root().path("components").path("securitySchemes").propertyNames()) {
            String name = placeholder(scheme);
            String free = name;
            for (int i = 2; !taken.add(free); i++) {
                free = name + "_" + i;
            }
            names.put(scheme, free);
        }
    }

    /// The first alternative that can be honoured. `security: []`, like the alternative `{}` when no other can be
    /// honoured, means that nothing is sent.
    Proof of(JsonNode operation) throws Malformed {
        JsonNode alternatives = Members.given(operation, "security");
        if (alternatives == null) {
            alternatives = Members.given(document.root(), "security");
        }
        if (alternatives == null || alternatives.isEmpty()) {
            return new Proof(new Auth.None(), Map.of(), Map.of());
        }
        String why = "security must be a list";
        boolean open = false;
        for (JsonNode alternative : alternatives) {
            try {
                if (alternative.isObject() && alternative.isEmpty()) {
                    open = true;
                } else {
                    return proof(alternative);
                }
            } catch (Malformed e) {
                why = e.getMessage();
            }
        }
        if (open) {
            return new Proof(new Auth.None(), Map.of(), Map.of());
        }
        throw new Malformed(why);
    }

    private Proof proof(JsonNode alternative) throws Malformed {
        Auth first = new Auth.None();
        Map<String, String> headers = new LinkedHashMap<>();
        Map<String, String> query = new LinkedHashMap<>();
        boolean token = false;
        for (String name : alternative.propertyNames()) {
            boolean another = tokenScheme(name);
            if (another && token) {
                continue; // one token that has the scopes of both
            }
            token |= another;
            Auth auth = auth(name, alternative.path(name));
            if (first instanceof Auth.None) {
                first = auth;
            } else if (auth instanceof Auth.ApiKey beside) {
                add(beside, headers, query);
            } else if (first instanceof Auth.ApiKey before) {
                add(before, headers, query);
                first = auth;
            } else {
                throw new Malformed("wants several credentials at once that do not go together");
            }
        }
        checkApart(first, headers, query);
        return new Proof(first, headers, query);
    }

    private boolean tokenScheme(String name) {
        String type = document.root()
                .path("components")
                .path("securitySchemes")
                .path(name)
                .path("type")
                .asString("");
        return type.equals("oauth2") || type.equals("openIdConnect");
    }

    private static void add(Auth.ApiKey key, Map<String, String> headers, Map<String, String> query) throws Malformed {
        Map<String, String> to = switch (key.location()) {
            case HEADER -> headers;
            case QUERY -> query;
            case COOKIE -> throw new Malformed("wants a cookie beside another credential, which is not supported");
        };
        if (to.keySet().stream().anyMatch(key.varName()::equalsIgnoreCase)) {
            throw new Malformed("wants two credentials in one place");
        }
        to.put(key.varName(), key.apiKey());
    }

    private static void checkApart(Auth first, Map<String, String> headers, Map<String, String> query)
            throws Malformed {
        boolean twice = switch (first) {
            case Auth.None _ -> false;
            case Auth.ApiKey(var value, String name, Auth.Location where) ->
                switch (where) {
                    case HEADER -> headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
                    case QUERY -> query.containsKey(name);
                    case COOKIE -> false;
                };
            default -> headers.keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
        };
        if (twice) {
            throw new Malformed("wants two credentials in one place");
        }
    }

    private Auth auth(String name, JsonNode scopes) throws Malformed {
        JsonNode schemes = document.root().path("components").path("securitySchemes");
        JsonNode written = schemes.get(name);
        String secret = names.get(name);
        if (written == null || secret == null) {
            throw new Malformed("wants a security scheme the document does not define");
        }
        JsonNode scheme = document.resolve(written);
        String type = Members.text(scheme, "type");
        return switch (type) {
            case "apiKey" -> {
                Auth.Location where = switch (Members.text(scheme, "in")) {
                    case "header" -> Auth.Location.HEADER;
                    case "query" -> Auth.Location.QUERY;
                    case "cookie" -> Auth.Location.COOKIE;
                    default -> throw new Malformed("an apiKey must be in header, query or cookie");
                };
                yield Auths.apiKey("${" + secret + "}", Members.text(scheme, "name"), where);
            }
            case "http" -> http(Members.text(scheme, "scheme").toLowerCase(Locale.ROOT), secret);
            case "oauth2" -> oauth2(scheme, secret, scopes);
            case "openIdConnect" -> bearer(secret);
            default -> throw new Malformed("security of type '" + Members.printable(type) + "' is not supported");
        };
    }

    /// The client credentials flow fetches its own tokens, for the scopes that the operation names; any other ends in
    /// a token that somebody gets and sets as a secret.
    private Auth oauth2(JsonNode scheme, String secret, JsonNode scopes) throws Malformed {
        JsonNode flow = Members.given(Members.object(scheme, "flows"), "clientCredentials");
        if (flow == null) {
            return bearer(secret);
        }
        ObjectNode auth = Json.object()
                .put("auth_type", "oauth2")
                .put("token_url", servers.tokenUrl(Members.text(flow, "tokenUrl")))
                .put("client_id", "${" + secret + "_CLIENT_ID}")
                .put("client_secret", "${" + secret + "_CLIENT_SECRET}");
        List<String> asked = new ArrayList<>();
        for (JsonNode scope : scopes) {
            asked.add(scope.asString(""));
        }
        ObjectNode template = Json.object();
        template.set("auth", auth.put("scope", String.join(" ", asked)));
        return Auths.read(template);
    }

    private static Auth http(String scheme, String secret) throws Malformed {
        return switch (scheme) {
            case "bearer" -> bearer(secret);
            case "basic" -> new Auth.Basic("${" + secret + "_USERNAME}", "${" + secret + "_PASSWORD}");
            default -> throw new Malformed("http authentication '" + Members.printable(scheme) + "' is not supported");
        };
    }

    private static Auth bearer(String secret) {
        return new Auth.ApiKey("Bearer ${" + secret + "}", "Authorization", Auth.Location.HEADER);
    }

    private static String placeholder(String scheme) {
        String name = scheme.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        // Room for the ending of a basic pair and a number within the 64 characters of a placeholder.
        String cut = name.length() > 48 ? name.substring(0, 48) : name;
        return Placeholders.validName(cut) ? cut : "_" + cut;
    }
}
