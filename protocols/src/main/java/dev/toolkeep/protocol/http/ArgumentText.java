package dev.toolkeep.protocol.http;

import dev.toolkeep.wire.Json;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/// How an argument is written outside of JSON: a string as it is, `true` and `false`, numbers in digits, arrays and
/// objects as compact JSON.
public final class ArgumentText {
    private ArgumentText() {}

    public static String of(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        if (value.isIntegralNumber()) {
            return value.numberValue().toString();
        }
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            return Math.abs(number.scale()) <= 30 ? number.toPlainString() : number.toString();
        }
        return Json.text(value);
    }
}
