package dev.toolkeep.web.exchange;

import org.jspecify.annotations.Nullable;

/// W3C trace context as a peer sent it.
public final class Trace {
    private static final int LENGTH = 55;

    private Trace() {}

    /// `text` when it is a version 00 traceparent, else nothing.
    public static String parent(@Nullable String text) {
        if (text == null || text.length() != LENGTH || !text.startsWith("00-")) {
            return "";
        }
        for (int i = 3; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 35 || i == 52;
            boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (dash ? c != '-' : !hex) {
                return "";
            }
        }
        return text;
    }
}
