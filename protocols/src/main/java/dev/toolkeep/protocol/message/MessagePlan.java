package dev.toolkeep.protocol.message;

import dev.toolkeep.protocol.Dispatch;
import dev.toolkeep.protocol.http.ArgumentText;
import dev.toolkeep.protocol.http.Fill;
import dev.toolkeep.protocol.http.Unsendable;
import dev.toolkeep.tool.ArgumentMarks;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// The message of one call. A value goes into JSON as a value and into a text as its characters: whatever it holds, the
/// message keeps the shape its template has. Neither arguments nor secrets are scanned for placeholders again.
public final class MessagePlan {
    private MessagePlan() {}

    /// The bytes to send, in UTF-8.
    ///
    /// @param elsewhere arguments that have another place (a URL, a header)
    /// @throws Unsendable when an argument the template needs is missing or does not fit where it stands
    public static byte[] fill(MessageTemplate template, Set<String> elsewhere, Dispatch dispatch) throws Unsendable {
        Fill fill = new Fill(dispatch);
        return switch (template) {
            case MessageTemplate.Arguments() -> Json.bytes(rest(dispatch.arguments(), elsewhere));
            case MessageTemplate.Tree(JsonNode value) -> {
                JsonNode filled = tree(value, dispatch.arguments(), fill);
                yield Json.bytes(filled == null ? NullNode.getInstance() : filled);
            }
            case MessageTemplate.Text(String text) ->
                line(text, dispatch.arguments(), fill).getBytes(StandardCharsets.UTF_8);
        };
    }

    /// A JSON value with its placeholders replaced; for what is compared rather than sent.
    public static ObjectNode fill(ObjectNode value, Dispatch dispatch) throws Unsendable {
        return tree(value, dispatch.arguments(), new Fill(dispatch)) instanceof ObjectNode object
                ? object
                : Json.object();
    }

    private static ObjectNode rest(ObjectNode arguments, Set<String> elsewhere) {
        if (elsewhere.isEmpty()) {
            return arguments;
        }
        ObjectNode rest = Json.object();
        for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
            if (!elsewhere.contains(argument.getKey())) {
                rest.set(argument.getKey(), argument.getValue());
            }
        }
        return rest;
    }

    /// Null for a text that is the placeholder of an argument that was not given.
    private static @Nullable JsonNode tree(JsonNode value, ObjectNode arguments, Fill fill) throws Unsendable {
        if (value.isString()) {
            List<ArgumentMarks.Piece> pieces = ArgumentMarks.pieces(value.stringValue());
            if (pieces.size() == 1 && pieces.getFirst().argument()) {
                return arguments.get(pieces.getFirst().text());
            }
            return Json.string(joined(pieces, arguments, fill, false));
        }
        if (value.isObject()) {
            ObjectNode filled = Json.object();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                JsonNode inner = tree(member.getValue(), arguments, fill);
                if (inner != null) {
                    filled.set(member.getKey(), inner);
                }
            }
            return filled;
        }
        if (value.isArray()) {
            ArrayNode filled = Json.array();
            for (JsonNode item : value) {
                JsonNode inner = tree(item, arguments, fill);
                if (inner == null) {
                    throw new Unsendable("an argument that the tool's message needs is missing: "
                            + ArgumentMarks.names(item.stringValue()));
                }
                filled.add(inner);
            }
            return filled;
        }
        return value;
    }

    /// Text that is not JSON has no quotes to stay between, so an argument may not hold what could end a line or a
    /// record.
    private static String line(String text, ObjectNode arguments, Fill fill) throws Unsendable {
        return joined(ArgumentMarks.pieces(text), arguments, fill, true);
    }

    private static String joined(List<ArgumentMarks.Piece> pieces, ObjectNode arguments, Fill fill, boolean plain)
            throws Unsendable {
        StringBuilder joined = new StringBuilder();
        for (ArgumentMarks.Piece piece : pieces) {
            if (!piece.argument()) {
                joined.append(fill.text(piece.text()));
                continue;
            }
            JsonNode value = arguments.get(piece.text());
            if (value == null || value.isNull()) {
                throw new Unsendable("the argument " + piece.text() + ", which the tool's message needs, is missing");
            }
            String written = ArgumentText.of(value);
            if (plain && written.chars().anyMatch(MessagePlan::endsSomething)) {
                throw new Unsendable("the argument " + piece.text() + " holds a control character, which could end"
                        + " the tool's message early");
            }
            joined.append(written);
        }
        return joined.toString();
    }

    private static boolean endsSomething(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }
}
