package dev.toolkeep.tool;

/// How a call proves itself to the tool's server (UTCP `auth`). Values may hold `${NAME}` placeholders for vault
/// secrets; they are filled in at call time only and never stored filled.
public sealed interface Auth {
    /// No authentication.
    record None() implements Auth {}

    /// UTCP `api_key`: one value in a header, a query parameter or a cookie named `varName`.
    record ApiKey(String apiKey, String varName, Location location) implements Auth {}

    /// UTCP `basic` (RFC 7617).
    record Basic(String username, String password) implements Auth {}

    /// UTCP `oauth2`: the client credentials grant (RFC 6749, 4.4). The token is fetched from `tokenUrl`, which holds
    /// no
    /// placeholder, and goes into `Authorization: Bearer` of calls to the tool's own host.
    ///
    /// @param scope the scopes to ask for, parted by spaces; empty: those the server gives by itself
    record OAuth2(String tokenUrl, String clientId, String clientSecret, String scope) implements Auth {}

    enum Location {
        HEADER,
        QUERY,
        COOKIE
    }
}
