package dev.toolkeep.wire;

import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.Auth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the operations of an OpenAPI document want as proof, as placeholders for vault secrets: one name a
/// scheme, the scheme's own in capitals (`api_key` is `${API_KEY}`; basic has `_USERNAME` and `_PASSWORD` after
/// it). OAuth and OpenID schemes are sent as the bearer token they end in.
final class ApiSecurity {
    /// What goes with a call: one auth, and headers for what is wanted beside it.
    record Proof(Auth auth, Map<String, String> headers) {}

    private final ApiDocument document;
    private final Map<String, String> names = new HashMap<>();

    ApiSecurity(ApiDocument document) {
        this.document = document;
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
            return new Proof(new Auth.None(), Map.of());
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
            return new Proof(new Auth.None(), Map.of());
        }
        throw new Malformed(why);
    }

    private Proof proof(JsonNode alternative) throws Malformed {
        Auth first = new Auth.None();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : alternative.propertyNames()) {
            Auth auth = auth(name);
            if (first instanceof Auth.None) {
                first = auth;
                continue;
            }
            boolean oneMoreHeader = auth instanceof Auth.ApiKey(String value, String header, Auth.Location where)
                    && where == Auth.Location.HEADER
                    && headers.put(header, value) == null;
            if (!oneMoreHeader) {
                throw new Malformed("wants several credentials at once, which is supported for headers only");
            }
        }
        if (first instanceof Auth.ApiKey(var value, String header, Auth.Location where)
                && where == Auth.Location.HEADER
                && headers.keySet().stream().anyMatch(header::equalsIgnoreCase)) {
            throw new Malformed("wants two credentials in one header");
        }
        return new Proof(first, headers);
    }

    private Auth auth(String name) throws Malformed {
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
            case "oauth2", "openIdConnect" -> bearer(secret);
            default -> throw new Malformed("security of type '" + Members.printable(type) + "' is not supported");
        };
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
