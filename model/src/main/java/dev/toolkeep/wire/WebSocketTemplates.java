package dev.toolkeep.wire;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.WebSocketCall;
import dev.toolkeep.tool.WebSocketCall.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// UTCP's `websocket`, read and written. All times are in seconds, as the documents have it.
final class WebSocketTemplates {
    private static final Duration STREAM_TIMEOUT = Duration.ofMinutes(5);
    private static final int MOST_ANSWERS = 10_000;

    private WebSocketTemplates() {}

    static CallTemplate.WebSocket read(JsonNode json) throws Malformed {
        String url = Members.text(json, "url");
        TargetUrl.webSocket(url);
        if (!Amounts.yes(json, "verify_ssl", true)) {
            throw new Malformed("verify_ssl: false is refused: a server whose certificate is not checked may be anyone."
                    + " Give its certificate authority to Toolkeep instead");
        }
        JsonNode compression = Members.given(json, "compression");
        if (compression != null && !(compression.isBoolean() && !compression.booleanValue())) {
            throw new Malformed("compression is refused: how large a message unpacks cannot be bounded beforehand");
        }
        Amounts.refuse(json, "discovery_url", "is not supported: give the manual itself");
        MessageTemplate message = MessageTemplates.message(json);
        WebSocketCall.Replies replies = replies(json);
        Duration timeout = Amounts.seconds(
                json,
                "timeout",
                replies.expected() == WebSocketCall.STREAM ? longer(STREAM_TIMEOUT, replies) : longer(json, replies));
        HttpCall handshake = new HttpCall(
                HttpCall.Method.GET,
                url,
                "application/json",
                checked("headers", HttpTemplates.headers(json), true),
                Map.of(),
                new HttpCall.Body.None(),
                headerFields(json),
                Auths.read(json),
                timeout);
        WebSocketCall.Line line = new WebSocketCall.Line(
                Amounts.seconds(json, "connection_timeout", Duration.ofSeconds(10)),
                Amounts.yes(json, "keep_alive", true),
                Amounts.seconds(json, "ping_interval", Duration.ofSeconds(30)),
                Amounts.yes(json, "close_after_response", message.correlation() == null));
        return new CallTemplate.WebSocket(new WebSocketCall(handshake, subprotocol(json), message, replies, line));
    }

    static void write(WebSocketCall call, ObjectNode json) {
        json.put("call_template_type", "websocket").put("url", call.handshake().url());
        Members.put(json, "headers", call.handshake().headers());
        Members.put(json, "header_fields", call.handshake().headerFields());
        Auths.write(call.handshake().auth(), json);
        if (!call.subprotocol().isEmpty()) {
            json.put("protocol", call.subprotocol());
        }
        MessageTemplates.writeMessage(call.message(), json);
        WebSocketCall.Replies replies = call.replies();
        if (replies.format() != Format.ANY) {
            json.put("response_format", replies.format().name().toLowerCase(Locale.ROOT));
        }
        json.put("expected_responses", replies.expected());
        if (!replies.filter().isEmpty()) {
            json.set("message_filter", replies.filter());
        }
        Amounts.putSeconds(json, "response_timeout", replies.timeout());
        Amounts.putSeconds(json, "timeout", call.handshake().timeout());
        WebSocketCall.Line line = call.line();
        Amounts.putSeconds(json, "connection_timeout", line.connectTimeout());
        json.put("keep_alive", line.keepAlive());
        Amounts.putSeconds(json, "ping_interval", line.pingInterval());
        json.put("close_after_response", line.closeAfter());
    }

    private static WebSocketCall.Replies replies(JsonNode json) throws Malformed {
        Format format = switch (Members.text(json, "response_format", "")) {
            case "" -> Format.ANY;
            case "json" -> Format.JSON;
            case "text" -> Format.TEXT;
            case "raw" -> Format.RAW;
            default -> throw new Malformed("response_format must be json, text or raw");
        };
        int expected = Amounts.number(json, "expected_responses", WebSocketCall.STREAM, MOST_ANSWERS, 1);
        if (expected == 0) {
            throw new Malformed("expected_responses must be 1 to " + MOST_ANSWERS + ", or -1 for a stream");
        }
        ObjectNode filter = Members.object(json, "message_filter");
        Duration whole = Amounts.seconds(json, "timeout", HttpTemplates.TIMEOUT);
        return new WebSocketCall.Replies(format, expected, filter, Amounts.seconds(json, "response_timeout", whole));
    }

    /// A whole call that is not bounded by its document is not bounded below what one answer may take.
    private static Duration longer(Duration whole, WebSocketCall.Replies replies) {
        return whole.compareTo(replies.timeout()) < 0 ? replies.timeout() : whole;
    }

    private static Duration longer(JsonNode json, WebSocketCall.Replies replies) {
        return Members.given(json, "response_timeout") == null ? HttpTemplates.TIMEOUT : replies.timeout();
    }

    private static String subprotocol(JsonNode json) throws Malformed {
        String name = Members.text(json, "protocol", "");
        if (!name.isEmpty() && !HeaderNames.valid(name)) {
            throw new Malformed("protocol is no name of a subprotocol");
        }
        return name;
    }

    private static List<String> headerFields(JsonNode json) throws Malformed {
        List<String> fields = HttpTemplates.headerFields(json);
        for (String field : fields) {
            checkName("header_fields", field, false);
        }
        return fields;
    }

    private static Map<String, String> checked(String member, Map<String, String> headers, boolean fixed)
            throws Malformed {
        for (String name : new ArrayList<>(headers.keySet())) {
            checkName(member, name, fixed);
        }
        return headers;
    }

    /// @param fixed whether it is the template that sets it: only that may say what origin the connection has
    private static void checkName(String member, String name, boolean fixed) throws Malformed {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("sec-websocket-") || (lower.equals("origin") && !fixed)) {
            throw new Malformed(member + " may not hold '" + lower + "'");
        }
    }
}
