package dev.toolkeep.tool;

import java.util.Locale;
import java.util.Optional;

/// How one argument is written into a request, where it is not written as UTCP writes it (OpenAPI 3.1, "Style Values").
///
/// @param name what the parameter is called in the request; an argument may be called otherwise
/// @param explode whether each item of a list, and each member of an object, stands for itself
public record Placing(In in, String name, Style style, boolean explode) {
    /// Where the argument goes.
    public enum In {
        PATH,
        QUERY,
        HEADER,
        COOKIE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The styles of OpenAPI, and JSON text (`content`).
    public enum Style {
        SIMPLE("simple"),
        LABEL("label"),
        MATRIX("matrix"),
        FORM("form"),
        SPACE_DELIMITED("spaceDelimited"),
        PIPE_DELIMITED("pipeDelimited"),
        DEEP_OBJECT("deepObject"),
        JSON("json");

        private final String word;

        Style(String word) {
            this.word = word;
        }

        /// As OpenAPI writes it.
        public String word() {
            return word;
        }

        public static Optional<Style> of(String word) {
            for (Style style : values()) {
                if (style.word.equals(word)) {
                    return Optional.of(style);
                }
            }
            return Optional.empty();
        }

        /// Whether a parameter there may have this style.
        public boolean fits(In in) {
            return switch (this) {
                case SIMPLE -> in == In.PATH || in == In.HEADER;
                case LABEL, MATRIX -> in == In.PATH;
                case FORM -> in == In.QUERY || in == In.COOKIE;
                case SPACE_DELIMITED, PIPE_DELIMITED, DEEP_OBJECT -> in == In.QUERY;
                case JSON -> true;
            };
        }
    }
}
