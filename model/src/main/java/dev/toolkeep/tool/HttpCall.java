package dev.toolkeep.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An HTTP request and the places its arguments go to. `{name}` in `url` takes an argument as one path segment,
/// `headerFields` are arguments sent as headers, `body` says what the body is; every other argument goes to the query.
/// `query` holds fixed parameters: an argument of the same name is refused. Header, query, credential and body values
/// may hold `${NAME}` placeholders for vault secrets; host and port may not. `timeout` bounds the whole exchange.
/// `placings` says, by argument, where one goes that is not written that way.
public record HttpCall(
        Method method,
        String url,
        String contentType,
        Map<String, String> headers,
        Map<String, String> query,
        Body body,
        List<String> headerFields,
        Map<String, Placing> placings,
        Auth auth,
        Duration timeout) {
    public HttpCall {
        headers = Map.copyOf(headers);
        query = Map.copyOf(query);
        headerFields = List.copyOf(headerFields);
        placings = Map.copyOf(placings);
    }

    /// One whose arguments are all written as UTCP writes them.
    public HttpCall(
            Method method,
            String url,
            String contentType,
            Map<String, String> headers,
            Map<String, String> query,
            Body body,
            List<String> headerFields,
            Auth auth,
            Duration timeout) {
        this(method, url, contentType, headers, query, body, headerFields, Map.of(), auth, timeout);
    }

    /// What the body is.
    public sealed interface Body {
        /// Nothing is sent.
        record None() implements Body {}

        /// The argument of that name, when it is given.
        record Field(String name) implements Body {}

        /// The argument of that name, an object: a form or parts, whose members are written as `encoding` says, by
        /// member; one that it does not name as usual.
        record Members(String name, Map<String, PartEncoding> encoding) implements Body {
            public Members {
                encoding = Map.copyOf(encoding);
            }
        }

        /// The argument of that name, bytes in Base64 (RFC 4648, 4), sent as those bytes.
        record Bytes(String name) implements Body {}

        /// The same value in every call (`body`). Placeholders stand in its texts, never in its names. Must not be
        /// modified.
        record Fixed(JsonNode value) implements Body {}

        /// The argument that is sent; empty where none is.
        default Optional<String> argument() {
            return switch (this) {
                case None _ -> Optional.empty();
                case Fixed _ -> Optional.empty();
                case Field(String name) -> Optional.of(name);
                case Members(String name, var encoding) -> Optional.of(name);
                case Bytes(String name) -> Optional.of(name);
            };
        }

        /// @param field the argument sent as the body; null for none
        static Body of(@Nullable String field) {
            return field == null ? new None() : new Field(field);
        }
    }

    public enum Method {
        GET,
        POST,
        PUT,
        DELETE,
        PATCH
    }
}
