package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.net.Destination;
import dev.toolkeep.protocol.net.EgressDenied;
import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An http template made ready: everything that does not depend on the call is read and checked once.
final class HttpPlan {
    private static final int LONGEST_TARGET = 32 * 1024;

    record Header(String name, String value) {}

    /// A request, ready to be sent to [#to].
    record Outgoing(
            String target, List<Header> headers, @Nullable Buffer body) {}

    private final CallTemplate.Http template;
    private final HttpMethod method;
    private final Destination to;
    private final UrlPattern url;
    private final List<Header> headers;
    private final Set<String> fixedNames;
    private final Set<String> placed;
    private final String contentType;
    private final RequestBody body;

    private HttpPlan(CallTemplate.Http template, Destination to, UrlPattern url, List<Header> headers) {
        this.template = template;
        this.method = HttpMethod.valueOf(template.method().name());
        this.to = to;
        this.url = url;
        this.headers = headers;
        this.fixedNames = new HashSet<>();
        headers.forEach(header -> fixedNames.add(header.name().toLowerCase(Locale.ROOT)));
        this.placed = new HashSet<>(url.arguments());
        placed.addAll(template.headerFields());
        String bodyField = template.bodyField();
        if (bodyField != null) {
            placed.add(bodyField);
        }
        this.contentType = headers.stream()
                .filter(header -> header.name().equalsIgnoreCase("Content-Type"))
                .map(Header::value)
                .findFirst()
                .orElse(template.contentType());
        this.body = RequestBody.of(contentType);
    }

    /// Reads a template.
    ///
    /// @throws Unsendable when no call of it could ever be sent
    static HttpPlan of(CallTemplate.Http template) throws Unsendable {
        String text = template.url();
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
        List<Header> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : new java.util.TreeMap<>(template.headers()).entrySet()) {
            HeaderRules.checkName(header.getKey());
            headers.add(new Header(header.getKey(), header.getValue()));
        }
        for (String name : template.headerFields()) {
            HeaderRules.checkName(name);
        }
        try {
            Destination to = Destination.of(text.substring(0, slashes), authority);
            return new HttpPlan(template, to, UrlPattern.parse(text.substring(end)), List.copyOf(headers));
        } catch (EgressDenied denied) {
            throw new Unsendable(Kind.EGRESS_DENIED, String.valueOf(denied.getMessage()));
        }
    }

    HttpMethod method() {
        return method;
    }

    Destination to() {
        return to;
    }

    CallTemplate.Http template() {
        return template;
    }

    /// The request of one call. Secrets are put in here and nowhere before.
    Outgoing fill(Dispatch dispatch) throws Unsendable {
        Fill fill = new Fill(dispatch.secrets());
        ObjectNode arguments = dispatch.arguments();
        Map<String, Header> set = HashMap.newHashMap(8);
        for (Header header : headers) {
            put(set, header.name(), fill.text(header.value()));
        }
        for (String name : template.headerFields()) {
            JsonNode value = arguments.get(name);
            if (value != null && !value.isNull()) {
                putArgument(set, name, value);
            }
        }
        StringBuilder target = url.fill(arguments, fill);
        char separator = addQuery(target, arguments);
        authenticate(set, target, separator, fill);
        if (target.length() > LONGEST_TARGET) {
            throw new Unsendable("the arguments make the tool's URL too long");
        }
        Buffer content = body(arguments);
        if (content != null) {
            put(set, "Content-Type", contentType);
        }
        putIfAbsent(set, "Accept", "application/json, text/*;q=0.9, */*;q=0.8");
        putIfAbsent(set, "User-Agent", "Toolkeep");
        putIfAbsent(set, "X-Request-Id", dispatch.requestId());
        if (!dispatch.traceparent().isEmpty()) {
            put(set, "traceparent", dispatch.traceparent());
        }
        return new Outgoing(target.toString(), List.copyOf(set.values()), content);
    }

    private char addQuery(StringBuilder target, ObjectNode arguments) throws Unsendable {
        char separator = url.hasQuery() ? '&' : '?';
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            String name = argument.getKey();
            if (placed.contains(name)) {
                continue;
            }
            boolean key = template.auth() instanceof Auth.ApiKey auth
                    && auth.location() == Auth.Location.QUERY
                    && auth.varName().equals(name);
            if (key || url.queryNames().contains(name)) {
                throw new Unsendable(
                        "the argument " + name + " would stand beside a query parameter the tool has fixed");
            }
            separator = QueryText.append(target, separator, name, argument.getValue());
        }
        return separator;
    }

    private void authenticate(Map<String, Header> set, StringBuilder target, char separator, Fill fill)
            throws Unsendable {
        switch (template.auth()) {
            case Auth.None _ -> {}
            case Auth.Basic basic -> {
                String user = fill.text(basic.username());
                if (user.indexOf(':') >= 0) {
                    throw new Unsendable("the user name of basic authentication holds a ':'");
                }
                byte[] pair = (user + ":" + fill.text(basic.password())).getBytes(StandardCharsets.UTF_8);
                put(set, "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
            }
            case Auth.ApiKey key -> {
                String value = fill.text(key.apiKey());
                if (value.isEmpty()) {
                    throw new Unsendable("the tool's API key is empty");
                }
                switch (key.location()) {
                    case HEADER -> {
                        HeaderRules.checkName(key.varName());
                        put(set, key.varName(), value);
                    }
                    case QUERY -> QueryText.pair(target, separator, key.varName(), value);
                    case COOKIE -> cookie(set, key.varName(), value);
                }
            }
        }
    }

    private static void cookie(Map<String, Header> set, String name, String value) throws Unsendable {
        HeaderRules.checkName(name);
        if (value.chars().anyMatch(c -> c <= ' ' || c > '~' || "\",;\\".indexOf(c) >= 0)) {
            throw new Unsendable("the cookie " + name + " holds a character that a cookie cannot carry");
        }
        Header before = set.get("cookie");
        put(set, "Cookie", (before == null ? "" : before.value() + "; ") + name + "=" + value);
    }

    private @Nullable Buffer body(ObjectNode arguments) throws Unsendable {
        String field = template.bodyField();
        JsonNode value = field == null ? null : arguments.get(field);
        return value == null || value.isNull() ? null : body.write(value);
    }

    private void putArgument(Map<String, Header> set, String name, JsonNode value) throws Unsendable {
        boolean key = template.auth() instanceof Auth.ApiKey auth
                && auth.location() == Auth.Location.HEADER
                && auth.varName().equalsIgnoreCase(name);
        if (key || fixedNames.contains(name.toLowerCase(Locale.ROOT)) || !HeaderRules.argumentMaySet(name)) {
            throw new Unsendable("the argument " + name + " may not set the header of that name");
        }
        put(set, name, ArgumentText.of(value));
    }

    private static void put(Map<String, Header> set, String name, String value) throws Unsendable {
        set.put(name.toLowerCase(Locale.ROOT), new Header(name, HeaderRules.checkValue(name, value)));
    }

    private static void putIfAbsent(Map<String, Header> set, String name, String value) {
        set.putIfAbsent(name.toLowerCase(Locale.ROOT), new Header(name, value));
    }
}
