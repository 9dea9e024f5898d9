package dev.toolkeep.registry;

import dev.toolkeep.tool.Framing;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.SocketCall;
import dev.toolkeep.tool.WebSocketCall;
import dev.toolkeep.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// What there is to compare in two templates that send messages: each field by the name a person knows it by. What a
/// message says beside its placeholders is not among them, for a careless publisher may have written a secret there.
final class SocketFacets {
    private SocketFacets() {}

    /// Without the handshake, which is an HTTP request like any other.
    static Map<String, String> of(WebSocketCall call) {
        Map<String, String> facets = new LinkedHashMap<>();
        facets.put("subprotocol", call.subprotocol());
        facets.put("message", described(call.message()));
        facets.put("how an answer is read", call.replies().format().name());
        facets.put("answers waited for", "" + call.replies().expected());
        facets.put("answers that count", Json.text(call.replies().filter()));
        facets.put("timeout of an answer", call.replies().timeout().toString());
        facets.put("timeout of connecting", call.line().connectTimeout().toString());
        facets.put("pings", call.line().keepAlive() ? "every " + call.line().pingInterval() : "none");
        facets.put("connection", call.line().closeAfter() ? "for one call" : "for many calls");
        return facets;
    }

    static Map<String, String> of(SocketCall call, Framing framing, int maxResponse) {
        Map<String, String> facets = of(call);
        facets.put(
                "framing",
                switch (framing) {
                    case Framing.Stream() -> "until the connection is closed";
                    case Framing.FixedLength(int bytes) -> "always " + bytes + " bytes";
                    case Framing.LengthPrefix(int bytes, boolean big) ->
                        "a length of " + bytes + " bytes, " + (big ? "big-endian" : "little-endian");
                    case Framing.Delimiter(String written, boolean escapes) ->
                        "until " + written + (escapes ? "" : ", literally");
                });
        facets.put("most bytes of an answer", "" + maxResponse);
        return facets;
    }

    static Map<String, String> of(SocketCall call, int datagrams) {
        Map<String, String> facets = of(call);
        facets.put("answers waited for", "" + datagrams);
        return facets;
    }

    private static Map<String, String> of(SocketCall call) {
        Map<String, String> facets = new LinkedHashMap<>();
        facets.put("host and port", call.host() + ":" + call.port());
        facets.put("message", described(call.message()));
        facets.put("how an answer is read", call.charset());
        facets.put("timeout", call.timeout().toString());
        return facets;
    }

    private static String described(MessageTemplate message) {
        String arguments = message.arguments().isEmpty() ? "" : " with " + String.join(", ", message.arguments());
        return switch (message) {
            case MessageTemplate.Arguments() -> "the arguments";
            case MessageTemplate.Tree tree -> "JSON" + arguments;
            case MessageTemplate.Text text -> "text" + arguments;
        };
    }
}
