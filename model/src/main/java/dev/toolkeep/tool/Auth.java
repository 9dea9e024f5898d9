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

    enum Location {
        HEADER,
        QUERY,
        COOKIE
    }
}
