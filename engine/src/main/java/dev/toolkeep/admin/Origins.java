package dev.toolkeep.admin;

import dev.toolkeep.registry.Origin;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.McpServer;
import java.util.Map;
import java.util.TreeMap;

/// Origins as they may be shown and journalled: where a value could hold a credential in clear, it stays out.
public final class Origins {
    private static final String KEPT_BACK = "<not shown>";

    private Origins() {}

    /// One line for the journal.
    static String words(Origin origin) {
        return switch (origin) {
            case Origin.Manual(String location) -> "manual " + bare(location);
            case Origin.OpenApi(String location, String baseUrl) ->
                "openapi " + bare(location) + (baseUrl.isEmpty() ? "" : " called at " + baseUrl);
            case Origin.Mcp(McpServer.Stdio stdio) ->
                "mcp command " + stdio.command().getFirst() + " with "
                        + (stdio.command().size() - 1) + " arguments";
            case Origin.Mcp(McpServer.Http http) -> "mcp " + bare(http.url());
            case Origin.GraphQl(String url, var headers) -> "graphql " + bare(url);
            case Origin.Grpc(String url, var headers) -> "grpc " + bare(url);
            case Origin.Builtin() -> "builtin";
        };
    }

    /// A value is shown only where it is nothing but a `${NAME}` placeholder, or a scheme word and one.
    public static Map<String, String> shown(Map<String, String> values) {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((name, value) -> shown.put(name, placeholderOnly(value) ? value : KEPT_BACK));
        return shown;
    }

    private static boolean placeholderOnly(String value) {
        String rest = Placeholders.fill(value, name -> "").strip();
        return !Placeholders.names(value).isEmpty()
                && (rest.isEmpty() || rest.equals("Bearer") || rest.equals("Basic") || rest.equals("token"));
    }

    /// Without the query, which may hold a key.
    private static String bare(String location) {
        int query = location.indexOf('?');
        return query < 0 ? location : location.substring(0, query) + "?...";
    }
}
