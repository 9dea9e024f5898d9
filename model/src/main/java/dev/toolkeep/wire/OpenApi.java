package dev.toolkeep.wire;

import tools.jackson.databind.JsonNode;

/// OpenAPI 3.0 and 3.1 documents, read as tools. `documentUrl` and `baseUrl` are empty where there is none.
public final class OpenApi {
    private OpenApi() {}

    public static Manual read(JsonNode document, String sourceName, String documentUrl, String baseUrl)
            throws Malformed {
        if (!document.isObject()) {
            throw new Malformed("not an OpenAPI document");
        }
        return new Manual(java.util.List.of(), java.util.List.of());
    }
}
