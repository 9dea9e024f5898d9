package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.net.Destination;
import dev.toolkeep.protocol.net.EgressDenied;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.HttpCall;
import dev.toolkeep.tool.Placing;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.HeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The request of a template made ready: everything that does not depend on the call is read and checked once.
/// Immutable.
public final class HttpPlan {
    private static final int LONGEST_TARGET = 32 * 1024;

    public record Header(String name, String value) {}

    /// A request, ready to be sent to [#to].
    public record Outgoing(
            String target, List<Header> headers, @Nullable Buffer body) {}

    private final HttpCall request;
    private final HttpMethod method;
    private final Destination to;
    private final UrlPattern url;
    private final Map<String, String> headers;
    private final Map<String, String> query;
    private final Set<String> fixedNames = new HashSet<>();
    private final Set<String> placed;
    private final String contentType;
    private final RequestBody body;
    private final Map<String, Placing> placings;
    private final boolean multipart;

    private HttpPlan(HttpCall request, Destination to, UrlPattern url) throws Unsendable {
        this.request = request;
        this.method = HttpMethod.valueOf(request.method().name());
        this.to = to;
        this.url = url;
        this.headers = new TreeMap<>(request.headers());
        this.query = new TreeMap<>(request.query());
        String type = request.contentType();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            HeaderRules.checkName(header.getKey());
            fixedNames.add(header.getKey().toLowerCase(Locale.ROOT));
            type = header.getKey().equalsIgnoreCase("Content-Type") ? header.getValue() : type;
        }
        this.placed = new HashSet<>(url.arguments());
        placed.addAll(request.headerFields());
        for (String name : request.headerFields()) {
            HeaderRules.checkName(name);
        }
        placed.addAll(request.placings().keySet());
        request.body().argument().ifPresent(placed::add);
        this.contentType = type;
        this.body = RequestBody.of(type);
        this.placings = new TreeMap<>(request.placings());
        this.multipart = request.body() instanceof HttpCall.Body.Members && MemberBody.multipart(type);
    }

    /// Reads a template's request.
    ///
    /// @throws Unsendable when no call of it could ever be sent
    public static HttpPlan of(HttpCall request) throws Unsendable {
        String text = request.url();
        int slashes = text.indexOf("://");
        int end = slashes < 0 ? text.length() : slashes + 3;
        while (end < text.length() && "/?#\\".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (slashes < 0) {
            throw new Unsendable("the tool's URL is not absolute");
        }
        String authority = text.substring(slashes + 3, end);
        if (authority.indexOf('{') >= 0) {
            throw new Unsendable("the tool's URL leaves its host open; host and port must be fixed");
        }
        try {
            Destination to = Destination.of(text.substring(0, slashes), authority);
            return new HttpPlan(request, to, UrlPattern.parse(text.substring(end)));
        } catch (EgressDenied denied) {
            throw new Unsendable(Kind.EGRESS_DENIED, String.valueOf(denied.getMessage()));
        }
    }

    /// The arguments that have a place of their own in the request; every other would go to the query.
    public Set<String> placed() {
        return Set.copyOf(placed);
    }

    public HttpMethod method() {
        return method;
    }

    public Destination to() {
        return to;
    }

    /// How calls prove themselves; an [Auth.OAuth2] is not in what [#fill] makes.
    public Auth auth() {
        return request.auth();
    }

    public Duration timeout() {
        return request.timeout();
    }

    /// The request of one call. Secrets are put in here and nowhere before.
    ///
    /// @param accept the `Accept` header where the template fixes none
    public Outgoing fill(Dispatch dispatch, String accept) throws Unsendable {
        Fill fill = new Fill(dispatch);
        ObjectNode arguments = dispatch.arguments();
        HeaderSet set = new HeaderSet();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            set.put(header.getKey(), fill.text(header.getValue()));
        }
        for (String name : request.headerFields()) {
            JsonNode value = arguments.get(name);
            if (value != null && !value.isNull()) {
                putArgument(set, name, value);
            }
        }
        for (Map.Entry<String, Placing> placing : placings.entrySet()) {
            JsonNode value = arguments.get(placing.getKey());
            if (value != null && !value.isNull()) {
                putPlaced(set, placing.getValue(), value);
            }
        }
        StringBuilder target = url.fill(arguments, placings, fill);
        char separator = url.hasQuery() ? '&' : '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            separator = QueryText.pair(target, separator, parameter.getKey(), fill.text(parameter.getValue()));
        }
        separator = addQuery(target, separator, arguments);
        Proof.place(request.auth(), fill, set, target, separator);
        if (target.length() > LONGEST_TARGET) {
            throw new Unsendable("the arguments make the tool's URL too long");
        }
        String boundary = multipart ? MemberBody.boundary() : "";
        Buffer content = body(arguments, fill, boundary);
        if (content != null) {
            set.put("Content-Type", multipart ? "multipart/form-data; boundary=" + boundary : contentType);
        }
        set.putIfAbsent("Accept", accept);
        set.putIfAbsent("User-Agent", "Toolkeep");
        set.putIfAbsent("X-Request-Id", dispatch.requestId());
        if (!dispatch.traceparent().isEmpty()) {
            set.put("traceparent", dispatch.traceparent());
        }
        return new Outgoing(target.toString(), set.list(), content);
    }

    private char addQuery(StringBuilder target, char first, ObjectNode arguments) throws Unsendable {
        char separator = first;
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            String name = argument.getKey();
            if (placed.contains(name)) {
                continue;
            }
            if (Proof.isParameter(request.auth(), name)
                    || query.containsKey(name)
                    || url.queryNames().contains(name)) {
                throw new Unsendable(
                        "the argument " + name + " would stand beside a query parameter the tool has fixed");
            }
            separator = QueryText.append(target, separator, name, argument.getValue());
        }
        for (Map.Entry<String, Placing> placing : placings.entrySet()) {
            JsonNode value = arguments.get(placing.getKey());
            if (value != null && !value.isNull() && placing.getValue().in() == Placing.In.QUERY) {
                separator = addPlaced(target, separator, placing.getValue(), value);
            }
        }
        return separator;
    }

    /// An object whose members stand for themselves may not name a parameter that is another's.
    private char addPlaced(StringBuilder target, char first, Placing placing, JsonNode value) throws Unsendable {
        char separator = first;
        for (Styled.Pair pair : Styled.query(placing.name(), placing.style(), placing.explode(), value)) {
            boolean own = pair.name().equals(placing.name()) || placing.style() == Placing.Style.DEEP_OBJECT;
            if (Proof.isParameter(request.auth(), pair.name())
                    || query.containsKey(pair.name())
                    || url.queryNames().contains(pair.name())
                    || (!own && taken(pair.name()))) {
                throw new Unsendable("the argument for " + placing.name() + " would set another query parameter");
            }
            separator = QueryText.pair(target, separator, pair.name(), pair.value());
        }
        return separator;
    }

    private boolean taken(String name) {
        return placings.values().stream()
                .anyMatch(
                        other -> other.in() == Placing.In.QUERY && other.name().equals(name));
    }

    private void putPlaced(HeaderSet set, Placing placing, JsonNode value) throws Unsendable {
        if (placing.in() == Placing.In.HEADER) {
            putHeader(set, placing.name(), Styled.header(placing, value));
        } else if (placing.in() == Placing.In.COOKIE) {
            if (Proof.isCookie(request.auth(), placing.name())) {
                throw new Unsendable("an argument may not set the cookie " + placing.name());
            }
            for (Styled.Pair pair : Styled.query(placing.name(), placing.style(), placing.explode(), value)) {
                if (!pair.name().equals(placing.name())) {
                    throw new Unsendable("a cookie parameter takes no object whose members stand for themselves");
                }
                Proof.cookie(set, pair.name(), Percent.encoded(pair.value()));
            }
        }
    }

    private @Nullable Buffer body(ObjectNode arguments, Fill fill, String boundary) throws Unsendable {
        return switch (request.body()) {
            case HttpCall.Body.None() -> null;
            case HttpCall.Body.Fixed(JsonNode value) -> body.write(fill.tree(value));
            case HttpCall.Body.Field(String name) -> {
                JsonNode value = arguments.get(name);
                yield value == null || value.isNull() ? null : body.write(value);
            }
            case HttpCall.Body.Members(String name, var encoding) -> {
                JsonNode value = arguments.get(name);
                yield value == null || value.isNull() ? null : MemberBody.write(value, encoding, boundary);
            }
            case HttpCall.Body.Bytes(String name) -> {
                JsonNode value = arguments.get(name);
                yield value == null || value.isNull() ? null : Buffer.buffer(MemberBody.bytes(name, value));
            }
        };
    }

    private void putArgument(HeaderSet set, String name, JsonNode value) throws Unsendable {
        putHeader(set, name, ArgumentText.of(value));
    }

    private void putHeader(HeaderSet set, String name, String value) throws Unsendable {
        if (Proof.isHeader(request.auth(), name)
                || fixedNames.contains(name.toLowerCase(Locale.ROOT))
                || !HeaderNames.argumentMaySet(name)) {
            throw new Unsendable("the argument " + name + " may not set the header of that name");
        }
        set.put(name, value);
    }
}
