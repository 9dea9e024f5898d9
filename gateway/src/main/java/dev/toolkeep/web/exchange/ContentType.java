package dev.toolkeep.web.exchange;

import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a body says it is, and what a peer says it takes.
public final class ContentType {
    private ContentType() {}

    /// Only `application/json` in UTF-8 gets in: no form and no `text/plain`, which a browser sends anywhere unasked.
    public static void requireJson(Exchange exchange) throws TurnedAway {
        List<String> types = exchange.headers(HttpHeaders.CONTENT_TYPE);
        if (types.size() != 1 || !isJson(types.getFirst())) {
            throw TurnedAway.with(new Problem(
                    415,
                    "unsupported_media_type",
                    "The body must be application/json in UTF-8.",
                    "content-type",
                    "Send the header Content-Type: application/json."));
        }
        if (exchange.header(HttpHeaders.CONTENT_ENCODING) != null) {
            throw TurnedAway.with(new Problem(
                    415,
                    "unsupported_media_type",
                    "The body must not be compressed.",
                    "content-encoding",
                    "Send the body without Content-Encoding."));
        }
    }

    static boolean isJson(String type) {
        if (type.equals("application/json")) {
            return true;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", 3);
        if (!parts[0].strip().equals("application/json") || parts.length > 2) {
            return false;
        }
        String parameter = parts.length == 1 ? "" : parts[1].strip();
        return parameter.isEmpty() || parameter.equals("charset=utf-8") || parameter.equals("charset=\"utf-8\"");
    }

    /// Whether `accept` names `text/event-stream`.
    public static boolean takesEvents(@Nullable String accept) {
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/event-stream");
    }
}
