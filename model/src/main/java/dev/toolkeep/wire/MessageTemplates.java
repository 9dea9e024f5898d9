package dev.toolkeep.wire;

import dev.toolkeep.tool.ArgumentMarks;
import dev.toolkeep.tool.MessageTemplate;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a template sends, read and written. A text that is to be JSON is parsed here, once, with its placeholders still
/// in it: what an argument holds can then never become part of the JSON around it.
final class MessageTemplates {
    private static final String FORMAT = "request_data_format";
    private static final String TEMPLATE = "request_data_template";
    private static final String MARK = "UTCP_ARG_";

    private MessageTemplates() {}

    /// A `websocket` template's `message` (an object, or text), or `request_data_template` in its place.
    static MessageTemplate message(JsonNode json) throws Malformed {
        JsonNode message = Members.given(json, "message");
        JsonNode template = Members.given(json, TEMPLATE);
        if (message != null && template != null) {
            throw new Malformed("message and " + TEMPLATE + " exclude each other");
        }
        JsonNode given = message == null ? template : message;
        String format = Members.text(json, FORMAT, "");
        if (given == null && format.equals("text")) {
            throw new Malformed(FORMAT + " text needs a message");
        }
        if (given == null || given.isString()) {
            String text = given == null ? null : given.stringValue();
            boolean looksLikeJson = text != null
                    && (text.stripLeading().startsWith("{")
                            || text.stripLeading().startsWith("["));
            return read(text, format.isEmpty() && text != null && !looksLikeJson ? "text" : format);
        }
        if (!given.isObject() || format.equals("text")) {
            throw new Malformed("message must be an object, or text");
        }
        return tree(given);
    }

    /// A `tcp` or `udp` template's `request_data_format` and `request_data_template`.
    static MessageTemplate data(JsonNode json) throws Malformed {
        JsonNode given = Members.given(json, TEMPLATE);
        String text = given == null ? null : Members.text(json, TEMPLATE);
        return read(text == null || text.isEmpty() ? null : text, Members.text(json, FORMAT, "json"));
    }

    static void writeMessage(MessageTemplate message, ObjectNode json) {
        switch (message) {
            case MessageTemplate.Arguments() -> {}
            case MessageTemplate.Text(String text) -> json.put(FORMAT, "text").put("message", text);
            case MessageTemplate.Tree(ObjectNode object) -> json.set("message", object);
            case MessageTemplate.Tree(JsonNode value) ->
                json.put(FORMAT, "json").put("message", Json.text(value));
        }
    }

    static void writeData(MessageTemplate message, ObjectNode json) {
        switch (message) {
            case MessageTemplate.Arguments() -> json.put(FORMAT, "json");
            case MessageTemplate.Text(String text) -> json.put(FORMAT, "text").put(TEMPLATE, text);
            case MessageTemplate.Tree(JsonNode value) ->
                json.put(FORMAT, "json").put(TEMPLATE, Json.text(value));
        }
    }

    private static MessageTemplate read(@Nullable String text, String format) throws Malformed {
        return switch (format) {
            case "", "json" -> text == null ? new MessageTemplate.Arguments() : tree(parsed(text));
            case "text" -> {
                if (text == null) {
                    throw new Malformed(FORMAT + " text needs a " + TEMPLATE
                            + ": values joined by spaces would let a caller choose what stands where");
                }
                yield new MessageTemplate.Text(text);
            }
            default -> throw new Malformed(FORMAT + " must be json or text");
        };
    }

    private static MessageTemplate tree(JsonNode value) throws Malformed {
        checkNames(value);
        return new MessageTemplate.Tree(value);
    }

    private static void checkNames(JsonNode value) throws Malformed {
        for (String name : value.propertyNames()) {
            if (name.contains(MARK)) {
                throw new Malformed("a member's name in the message may not be a placeholder");
            }
        }
        for (JsonNode inner : value) {
            checkNames(inner);
        }
    }

    /// JSON in which a placeholder may stand unquoted for a whole value.
    private static JsonNode parsed(String text) throws Malformed {
        StringBuilder quoted = new StringBuilder(text.length() + 16);
        boolean inText = false;
        for (ArgumentMarks.Piece piece : ArgumentMarks.pieces(text)) {
            if (piece.argument()) {
                String mark = ArgumentMarks.of(piece.text());
                quoted.append(inText ? mark : Json.text(Json.string(mark)));
            } else {
                quoted.append(piece.text());
                inText = inTextAfter(piece.text(), inText);
            }
        }
        try {
            return StrictJson.parse(quoted.toString().getBytes(StandardCharsets.UTF_8), Bounds.REQUEST);
        } catch (Malformed notJson) {
            throw new Malformed(
                    "the message is neither JSON nor said to be text (" + FORMAT + "): " + notJson.getMessage());
        }
    }

    private static boolean inTextAfter(String literal, boolean before) {
        boolean inText = before;
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (inText && c == '\\') {
                i++;
            } else if (c == '"') {
                inText = !inText;
            }
        }
        return inText;
    }
}
