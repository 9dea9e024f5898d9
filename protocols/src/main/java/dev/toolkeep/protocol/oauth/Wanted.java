package dev.toolkeep.protocol.oauth;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.protocol.net.Destination;
import dev.toolkeep.protocol.net.EgressDenied;
import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.net.URI;

/// A token that is wanted, with the client's secret filled in. Cannot be printed.
///
/// @param source tokens are never shared between sources
/// @param to where `tokenUrl` leads
/// @param reach of the source: the token endpoint is behind the same guard as its tools
public record Wanted(
        String source, Auth.OAuth2 asked, Destination to, String target, String clientId, String secret, Reach reach) {
    /// How filling ended.
    public sealed interface Filling {
        record Filled(Wanted wanted) implements Filling {}

        record Unusable(ToolFault fault) implements Filling {}
    }

    public static Filling fill(Auth.OAuth2 asked, String source, Secrets secrets, Reach reach) {
        for (String text : new String[] {asked.clientId(), asked.clientSecret()}) {
            for (String name : Placeholders.names(text)) {
                if (secrets.value(name) == null) {
                    return no(Kind.MISSING_SECRET, "the secret ${" + name + "} was not granted to this tool");
                }
            }
        }
        String id = filled(asked.clientId(), secrets);
        String secret = filled(asked.clientSecret(), secrets);
        if (!visible(id) || !visible(secret)) {
            return no(Kind.BAD_REQUEST, "the client id or secret of oauth2 is empty or holds a control character");
        }
        try {
            URI uri = URI.create(asked.tokenUrl());
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
            return new Filling.Filled(new Wanted(source, asked, Destination.of(uri), target, id, secret, reach));
        } catch (IllegalArgumentException e) {
            return no(Kind.BAD_REQUEST, "the token_url of oauth2 is no URL");
        } catch (EgressDenied denied) {
            return no(Kind.EGRESS_DENIED, String.valueOf(denied.getMessage()));
        }
    }

    private static String filled(String text, Secrets secrets) {
        return Placeholders.fill(text, name -> String.valueOf(secrets.value(name)));
    }

    private static boolean visible(String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    private static Filling no(Kind kind, String words) {
        return new Filling.Unusable(ToolFault.of(kind, words));
    }

    @Override
    public String toString() {
        return "a token for " + source;
    }
}
