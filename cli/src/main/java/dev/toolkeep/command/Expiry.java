package dev.toolkeep.command;

import dev.toolkeep.remote.Failed;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A moment as it is typed: a time (RFC 3339), or a span from now such as `30d`, `12h`, `2w`, `15m`.
final class Expiry {
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([mhdw])");

    private Expiry() {}

    /// In UTC, as the server reads it; empty stays empty.
    static String at(String option, String typed, Instant now) throws Failed {
        if (typed.isEmpty()) {
            return "";
        }
        Matcher span = SPAN.matcher(typed);
        if (span.matches()) {
            long n = Long.parseLong(span.group(1));
            Duration length = switch (span.group(2)) {
                case "m" -> Duration.ofMinutes(n);
                case "h" -> Duration.ofHours(n);
                case "d" -> Duration.ofDays(n);
                default -> Duration.ofDays(7 * n);
            };
            return now.plus(length).toString();
        }
        return time(option, typed);
    }

    /// A time alone; empty stays empty.
    static String time(String option, String typed) throws Failed {
        if (typed.isEmpty()) {
            return "";
        }
        try {
            return OffsetDateTime.parse(typed).toInstant().toString();
        } catch (DateTimeException e) {
            throw Failed.usage(
                    option + " is a time such as 2026-12-31T12:00:00Z, or where it means a span, 30d, 12h or 2w", "");
        }
    }
}
