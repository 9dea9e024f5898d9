package dev.toolkeep.tool;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What is sent to a tool that takes messages. Arguments stand where `UTCP_ARG_name_UTCP_ARG` does (see
/// [ArgumentMarks]), vault secrets where `${NAME}` does, and `${request_id}` is the id of the call.
public sealed interface MessageTemplate {
    /// All arguments that have no other place, as one JSON object.
    record Arguments() implements MessageTemplate {}

    /// A JSON value. Placeholders stand in its texts, never in its names; a text that is one placeholder and nothing
    /// else becomes the argument itself, whatever its type. Must not be modified.
    record Tree(JsonNode value) implements MessageTemplate {}

    /// Text that is not JSON.
    record Text(String text) implements MessageTemplate {}

    /// The arguments it names.
    default Set<String> arguments() {
        Set<String> names = new LinkedHashSet<>();
        switch (this) {
            case Arguments() -> {}
            case Text(String text) -> names.addAll(ArgumentMarks.names(text));
            case Tree(JsonNode value) -> addNames(value, names);
        }
        return names;
    }

    /// The member that tells one answer from another: the first member of the object that is `${request_id}` and
    /// nothing else; null where there is none.
    default @Nullable String correlation() {
        if (this instanceof Tree(JsonNode value) && value.isObject()) {
            for (String name : value.propertyNames()) {
                JsonNode member = value.get(name);
                if (member.isString() && member.stringValue().equals("${request_id}")) {
                    return name;
                }
            }
        }
        return null;
    }

    private static void addNames(JsonNode value, Set<String> names) {
        if (value.isString()) {
            names.addAll(ArgumentMarks.names(value.stringValue()));
        }
        value.forEach(inner -> addNames(inner, names));
    }
}
