package dev.toolkeep.wire;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.HttpCall;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The templates that are HTTP requests, read and written. Where two readers could differ about what a request holds
/// (a parameter set twice, a body set twice) it is refused.
final class HttpTemplates {
    static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration STREAM_TIMEOUT = Duration.ofMinutes(5);
    private static final int MOST_EVENTS = 100_000;
    private static final int MOST_PARAMETERS = 100;

    private HttpTemplates() {}

    static CallTemplate.Http http(JsonNode json) throws Malformed {
        HttpCall.Body body = body(json, "body");
        HttpCall request = call(json, method(json), "application/json", body, timeout(json));
        return new CallTemplate.Http(request, Amounts.yes(json, "follow_redirects", false));
    }

    /// `retry_timeout` is in milliseconds, `timeout` and `reconnect_delay` in seconds, as the documents have it.
    static CallTemplate.Sse sse(JsonNode json) throws Malformed {
        HttpCall.Method method = method(json);
        if (method != HttpCall.Method.GET && method != HttpCall.Method.POST) {
            throw new Malformed("http_method of an sse template must be GET or POST");
        }
        Amounts.refuse(json, "event_filter", "is not supported: event_type names the events that count");
        HttpCall request = call(
                json, method, "application/json", body(json, null), Amounts.seconds(json, "timeout", STREAM_TIMEOUT));
        Duration delay = Amounts.seconds(json, "reconnect_delay", Duration.ofSeconds(3));
        return new CallTemplate.Sse(
                request,
                Members.text(json, "event_type", ""),
                Amounts.yes(json, "reconnect", true),
                Amounts.millis(json, "retry_timeout", delay),
                Amounts.number(json, "max_events", 1, MOST_EVENTS, MOST_EVENTS));
    }

    static void write(CallTemplate.Sse sse, ObjectNode json) {
        json.put("call_template_type", "sse");
        write(sse.request(), json);
        if (!sse.eventType().isEmpty()) {
            json.put("event_type", sse.eventType());
        }
        json.put("reconnect", sse.reconnect());
        Amounts.putMillis(json, "retry_timeout", sse.retry());
        json.put("max_events", sse.maxEvents());
        Amounts.putSeconds(json, "timeout", sse.request().timeout());
    }

    /// `timeout` is in milliseconds, as the documents have it.
    static CallTemplate.StreamableHttp streamable(JsonNode json) throws Malformed {
        HttpCall.Method method = method(json);
        if (method != HttpCall.Method.GET && method != HttpCall.Method.POST) {
            throw new Malformed("http_method of a streamable_http template must be GET or POST");
        }
        Duration timeout = Amounts.millis(json, "timeout", Duration.ofMinutes(1));
        HttpCall request = call(json, method, "application/json", body(json, null), timeout);
        return new CallTemplate.StreamableHttp(request, Amounts.number(json, "chunk_size", 1, 1 << 20, 4096));
    }

    static void write(CallTemplate.StreamableHttp streamable, ObjectNode json) {
        json.put("call_template_type", "streamable_http");
        write(streamable.request(), json);
        json.put("chunk_size", streamable.chunkBytes());
        Amounts.putMillis(json, "timeout", streamable.request().timeout());
    }

    static void write(CallTemplate.Http http, ObjectNode json) {
        json.put("call_template_type", "http");
        write(http.request(), json);
        if (http.followRedirects()) {
            json.put("follow_redirects", true);
        }
        Amounts.putSeconds(json, "timeout", http.request().timeout());
    }

    static void write(HttpCall request, ObjectNode json) {
        json.put("http_method", request.method().name());
        json.put("url", request.url());
        json.put("content_type", request.contentType());
        Members.put(json, "headers", request.headers());
        Members.put(json, "query_params", request.query());
        switch (request.body()) {
            // Absent means "body" to UTCP's http, so "no body" has to be said.
            case HttpCall.Body.None() -> json.putNull("body_field");
            case HttpCall.Body.Field(String name) -> json.put("body_field", name);
            case HttpCall.Body.Fixed(JsonNode value) -> json.set("body", value);
            case HttpCall.Body.Members(String name, var encoding) -> {
                json.put("body_field", name);
                Placings.write(encoding, json.putObject("body_encoding"));
            }
            case HttpCall.Body.Bytes(String name) ->
                json.put("body_field", name).put("body_encoding", "base64");
        }
        Members.put(json, "header_fields", request.headerFields());
        Placings.write(request, json);
        Auths.write(request.auth(), json);
    }

    static HttpCall call(
            JsonNode json, HttpCall.Method method, String contentType, HttpCall.Body body, Duration timeout)
            throws Malformed {
        String url = Members.text(json, "url");
        TargetUrl.of(url);
        String type = Members.text(json, "content_type", contentType);
        HeaderNames.checkValue("content_type", type);
        if (!Amounts.yes(json, "verify_ssl", true)) {
            throw new Malformed("verify_ssl: false is refused: a server whose certificate is not checked may be anyone."
                    + " Give its certificate authority to Toolkeep instead");
        }
        return new HttpCall(
                method,
                url,
                type,
                headers(json),
                query(json, url),
                body,
                headerFields(json),
                Placings.read(json, url),
                Auths.read(json),
                timeout);
    }

    private static HttpCall.Method method(JsonNode json) throws Malformed {
        String method = Members.text(json, "http_method", "GET");
        for (HttpCall.Method known : HttpCall.Method.values()) {
            if (known.name().equals(method)) {
                return known;
            }
        }
        throw new Malformed("http_method must be GET, POST, PUT, DELETE or PATCH");
    }

    /// `body` is the same in every call, `body_field` names an argument. Null for the latter means that nothing is
    /// sent.
    ///
    /// @param otherwise the argument meant when neither is said; null: none
    private static HttpCall.Body body(JsonNode json, @Nullable String otherwise) throws Malformed {
        JsonNode fixed = Members.given(json, "body");
        JsonNode field = json.get("body_field");
        if (fixed != null) {
            if (field != null && !field.isNull()) {
                throw new Malformed("body and body_field exclude each other");
            }
            return new HttpCall.Body.Fixed(fixed);
        }
        boolean none = field == null ? otherwise == null : field.isNull();
        return none
                ? new HttpCall.Body.None()
                : Placings.body(json, field == null ? String.valueOf(otherwise) : Members.text(json, "body_field"));
    }

    static Map<String, String> headers(JsonNode json) throws Malformed {
        Map<String, String> headers = Members.textMap(json, "headers");
        HeaderNames.check("headers", List.copyOf(headers.keySet()));
        for (String value : headers.values()) {
            HeaderNames.checkValue("headers", value);
        }
        return headers;
    }

    static List<String> headerFields(JsonNode json) throws Malformed {
        List<String> fields = Members.texts(json, "header_fields");
        HeaderNames.check("header_fields", fields);
        for (String field : fields) {
            if (!HeaderNames.argumentMaySet(field)) {
                throw new Malformed("header_fields may not hold '" + field.toLowerCase(Locale.ROOT) + "'");
            }
        }
        return fields;
    }

    /// Fixed parameters: texts, numbers, true and false.
    private static Map<String, String> query(JsonNode json, String url) throws Malformed {
        Map<String, String> query = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> one :
                Members.object(json, "query_params").properties()) {
            JsonNode value = one.getValue();
            if (value.isNull()) {
                continue;
            }
            if (one.getKey().isEmpty() || value.isContainer()) {
                throw new Malformed("query_params must hold texts, numbers, true and false under names");
            }
            query.put(one.getKey(), value.isString() ? value.stringValue() : Json.text(value));
        }
        if (query.size() > MOST_PARAMETERS) {
            throw new Malformed("query_params holds more than " + MOST_PARAMETERS + " parameters");
        }
        if (!query.isEmpty() && url.indexOf('?') >= 0) {
            throw new Malformed("query_params and a query in the URL exclude each other");
        }
        return query;
    }

    private static Duration timeout(JsonNode json) throws Malformed {
        return Amounts.seconds(json, "timeout", TIMEOUT);
    }
}
