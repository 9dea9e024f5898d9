package dev.toolkeep.protocol.http;

import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.Placing;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The path and query of a template's URL, read once: literal text, `{argument}` and `${SECRET}` in turn. Every value
/// filled in is percent-encoded for its place; one that would climb out of its path segment is refused.
final class UrlPattern {
    /// A run of the URL between placeholders.
    sealed interface Piece {
        record Literal(String text) implements Piece {}

        record Argument(String name, boolean inPath) implements Piece {}

        record Secret(String placeholder) implements Piece {}
    }

    private final List<Piece> pieces;
    private final Set<String> arguments;
    private final Set<String> queryNames;
    private final boolean query;

    private UrlPattern(List<Piece> pieces, Set<String> arguments, Set<String> queryNames, boolean query) {
        this.pieces = List.copyOf(pieces);
        this.arguments = Set.copyOf(arguments);
        this.queryNames = Set.copyOf(queryNames);
        this.query = query;
    }

    /// Reads what follows the authority of a URL.
    static UrlPattern parse(String written) throws Unsendable {
        int hash = written.indexOf('#');
        String text = hash < 0 ? written : written.substring(0, hash);
        checkLiteral(text);
        int mark = text.indexOf('?');
        List<Piece> pieces = new ArrayList<>();
        Set<String> arguments = new HashSet<>();
        if (!text.startsWith("/")) {
            pieces.add(new Piece.Literal("/"));
        }
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            String name = close < 0 ? "" : text.substring(open + 1, close);
            if (name.isEmpty() || name.length() > 128 || name.chars().anyMatch(c -> "{?/+;&=".indexOf(c) >= 0)) {
                throw new Unsendable("the tool's URL has a placeholder that is not {name}");
            }
            boolean secret = open > 0 && text.charAt(open - 1) == '$' && Placeholders.validName(name);
            pieces.add(new Piece.Literal(text.substring(from, secret ? open - 1 : open)));
            if (secret) {
                pieces.add(new Piece.Secret("${" + name + "}"));
            } else {
                pieces.add(new Piece.Argument(name, mark < 0 || open < mark));
                arguments.add(name);
            }
            from = close + 1;
        }
        pieces.add(new Piece.Literal(text.substring(from)));
        Set<String> names = mark < 0 ? Set.of() : names(text.substring(mark + 1));
        return new UrlPattern(pieces, arguments, names, mark >= 0);
    }

    /// The arguments the pattern takes.
    Set<String> arguments() {
        return arguments;
    }

    /// The parameters the pattern itself puts into the query.
    Set<String> queryNames() {
        return queryNames;
    }

    boolean hasQuery() {
        return query;
    }

    /// @param placings of the arguments that are not written in the simple style
    StringBuilder fill(ObjectNode given, Map<String, Placing> placings, Fill fill) throws Unsendable {
        StringBuilder url = new StringBuilder(128);
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Literal literal -> url.append(literal.text());
                case Piece.Secret secret -> Percent.encode(url, fill.text(secret.placeholder()));
                case Piece.Argument argument -> {
                    Placing placing = placings.get(argument.name());
                    JsonNode value = given.get(argument.name());
                    if (placing == null || !argument.inPath() || value == null || value.isNull()) {
                        append(url, argument, value);
                    } else {
                        styled(url, argument, placing, value);
                    }
                }
            }
        }
        checkSegments(url);
        return url;
    }

    private static void styled(StringBuilder url, Piece.Argument argument, Placing placing, JsonNode value)
            throws Unsendable {
        List<Styled.Piece> written = Styled.path(placing, value);
        if (written.stream().allMatch(piece -> piece.text().isEmpty())) {
            throw new Unsendable("Missing required path parameter: " + argument.name());
        }
        for (Styled.Piece piece : written) {
            url.append(piece.before());
            appendOne(url, argument, piece.text());
        }
    }

    private static void append(StringBuilder url, Piece.Argument argument, @Nullable JsonNode value) throws Unsendable {
        if (value == null || value.isNull() || (value.isArray() && value.isEmpty())) {
            throw new Unsendable("Missing required path parameter: " + argument.name());
        }
        if (value.isArray()) { // the "simple" style of OpenAPI: a,b,c
            boolean first = true;
            for (JsonNode item : value) {
                url.append(first ? "" : ",");
                appendOne(url, argument, ArgumentText.of(item));
                first = false;
            }
            return;
        }
        appendOne(url, argument, ArgumentText.of(value));
    }

    private static void appendOne(StringBuilder url, Piece.Argument argument, String text) throws Unsendable {
        if (argument.inPath()) {
            if (text.isEmpty()) {
                throw new Unsendable("the path parameter " + argument.name() + " is empty");
            }
            if (climbs(text)) {
                throw new Unsendable("the path parameter " + argument.name() + " holds a '.' or '..' path segment");
            }
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new Unsendable("the path parameter " + argument.name() + " holds a control character");
        }
        Percent.encode(url, text);
    }

    /// Whether a server that decodes once too often would see a dot segment.
    private static boolean climbs(String text) {
        if (text.indexOf('.') < 0 && text.indexOf('%') < 0) {
            return false;
        }
        String seen = text.toLowerCase(Locale.ROOT);
        for (int round = 0; round < 3 && seen.indexOf('%') >= 0; round++) {
            seen = seen.replace("%25", "%")
                    .replace("%2e", ".")
                    .replace("%2f", "/")
                    .replace("%5c", "\\");
        }
        return hasDotSegment(seen, seen.length());
    }

    /// The same for the path as a whole: two harmless neighbours may form `..` together.
    private static void checkSegments(CharSequence url) throws Unsendable {
        int end = 0;
        boolean suspicious = false;
        while (end < url.length() && url.charAt(end) != '?') {
            char c = url.charAt(end++);
            suspicious |= c == '.' || c == '%';
        }
        if (suspicious) {
            String path =
                    url.subSequence(0, end).toString().toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (hasDotSegment(path, path.length())) {
                throw new Unsendable("the tool's URL would hold a '.' or '..' path segment");
            }
        }
    }

    private static boolean hasDotSegment(String path, int end) {
        int from = 0;
        for (int i = 0; i <= end; i++) {
            if (i == end || path.charAt(i) == '/' || path.charAt(i) == '\\' || path.charAt(i) == ';') {
                boolean one = i - from == 1 && path.charAt(from) == '.';
                boolean two = i - from == 2 && path.charAt(from) == '.' && path.charAt(from + 1) == '.';
                if (one || two) {
                    return true;
                }
                from = i + 1;
            }
        }
        return false;
    }

    private static void checkLiteral(String text) throws Unsendable {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '\\') {
                throw new Unsendable("the tool's URL holds a character that a URL cannot hold");
            }
        }
    }

    private static Set<String> names(String query) {
        Set<String> names = new HashSet<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            try {
                names.add(URLDecoder.decode(name, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                names.add(name);
            }
        }
        return names;
    }
}
