package dev.toolkeep.console.api;

import dev.toolkeep.policy.ToolPattern;
import dev.toolkeep.tool.Digest;
import dev.toolkeep.tool.ToolName;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads single fields of bodies and queries into the project's own types, or says which field is unfit.
final class Fields {
    private Fields() {}

    /// A field that must be there.
    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Unfit.invalid(field, "it is required");
        }
        return value;
    }

    /// A list that may be missing.
    static <T> List<T> list(String field, @Nullable List<T> values) {
        if (values == null) {
            return List.of();
        }
        values.forEach(value -> required(field, value));
        return List.copyOf(values);
    }

    static ToolName tool(String field, String text) {
        try {
            return ToolName.parse(text);
        } catch (IllegalArgumentException e) {
            throw Unfit.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    static List<ToolName> tools(List<String> texts) {
        return texts.stream().map(text -> tool("tools", text)).toList();
    }

    static Digest digest(String field, String text) {
        try {
            return new Digest(text);
        } catch (IllegalArgumentException e) {
            throw Unfit.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    /// Null when it is empty.
    static @Nullable Digest optionalDigest(String field, String text) {
        return text.isEmpty() ? null : digest(field, text);
    }

    /// Null when it is missing.
    static @Nullable Instant time(String field, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.ofEpochSecond(253_402_300_799L))) {
                throw Unfit.invalid(field, "it lies outside the years 1970 to 9999");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw Unfit.invalid(field, "a time is written like 2026-11-21T09:30:00Z");
        }
    }

    /// Null when it is empty.
    static @Nullable ToolPattern pattern(String field, String text) {
        try {
            return text.isEmpty() ? null : new ToolPattern(text);
        } catch (IllegalArgumentException e) {
            throw Unfit.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    /// The constant a lower-case word stands for.
    static <E extends Enum<E>> E word(String field, String text, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        StringBuilder known = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            known.append(known.isEmpty() ? "" : ", ").append(word(constant));
        }
        throw Unfit.invalid(field, "it is one of " + known);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
