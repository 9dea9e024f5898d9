package dev.toolkeep.protocol.http;

import dev.toolkeep.protocol.Secrets;
import dev.toolkeep.secret.Placeholders;
import dev.toolkeep.tool.ToolFault.Kind;
import org.jspecify.annotations.Nullable;

/// Puts the opened secrets of one call in the place of their placeholders.
final class Fill {
    private final Secrets secrets;
    private @Nullable String missing;

    Fill(Secrets secrets) {
        this.secrets = secrets;
    }

    /// `text` with every `${NAME}` replaced.
    String text(String text) throws Unsendable {
        String filled = Placeholders.fill(text, this::value);
        String name = missing;
        if (name != null) {
            throw new Unsendable(Kind.MISSING_SECRET, "the secret ${" + name + "} was not granted to this tool");
        }
        return filled;
    }

    private String value(String name) {
        String value = secrets.value(name);
        if (value == null) {
            missing = missing == null ? name : missing;
            return "";
        }
        return value;
    }
}
