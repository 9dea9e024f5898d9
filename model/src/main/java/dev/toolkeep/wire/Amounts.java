package dev.toolkeep.wire;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The numbers and switches of a template, each inside its bounds.
final class Amounts {
    private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

    private Amounts() {}

    /// Seconds, as most UTCP documents mean it: more than 0, at most a day.
    static Duration seconds(JsonNode json, String name, Duration otherwise) throws Malformed {
        return duration(json, name, 0, otherwise);
    }

    /// Milliseconds, as the streaming and socket templates mean it: more than 0, at most a day.
    static Duration millis(JsonNode json, String name, Duration otherwise) throws Malformed {
        return duration(json, name, 3, otherwise);
    }

    private static Duration duration(JsonNode json, String name, int shift, Duration otherwise) throws Malformed {
        JsonNode given = Members.given(json, name);
        if (given == null) {
            return otherwise;
        }
        String unit = shift == 0 ? "seconds" : "milliseconds";
        if (!given.isNumber()) {
            throw new Malformed(name + " must be a number of " + unit);
        }
        BigDecimal seconds = given.decimalValue().movePointLeft(shift);
        if (seconds.signum() <= 0 || seconds.compareTo(DAY) > 0 || seconds.scale() > 9) {
            throw new Malformed(name + " must be more than 0 and at most "
                    + DAY.movePointRight(shift).toPlainString() + " " + unit);
        }
        return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
    }

    static void putSeconds(ObjectNode json, String name, Duration duration) {
        json.put(name, BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros());
    }

    static void putMillis(ObjectNode json, String name, Duration duration) {
        json.put(name, BigDecimal.valueOf(duration.toNanos(), 6).stripTrailingZeros());
    }

    /// A whole number from `least` to `most`.
    static int number(JsonNode json, String name, int least, int most, int otherwise) throws Malformed {
        JsonNode given = Members.given(json, name);
        if (given == null) {
            return otherwise;
        }
        if (!given.isIntegralNumber()
                || !given.canConvertToInt()
                || given.intValue() < least
                || given.intValue() > most) {
            throw new Malformed(name + " must be a whole number from " + least + " to " + most);
        }
        return given.intValue();
    }

    static boolean yes(JsonNode json, String name, boolean otherwise) throws Malformed {
        JsonNode given = Members.given(json, name);
        if (given == null) {
            return otherwise;
        }
        if (!given.isBoolean()) {
            throw new Malformed(name + " must be true or false");
        }
        return given.booleanValue();
    }

    /// Refuses a member that would change the call and is not honoured.
    static void refuse(JsonNode json, String name, String why) throws Malformed {
        @Nullable JsonNode given = Members.given(json, name);
        if (given != null) {
            throw new Malformed(name + " " + why);
        }
    }
}
