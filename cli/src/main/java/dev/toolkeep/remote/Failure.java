package dev.toolkeep.remote;

import dev.toolkeep.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/// Why a command did not do what it was asked: what happened, by which rule, and what to do next.
///
/// @param exit 1 refused or failed, 2 wrong usage
/// @param code a stable word: the server's own where it was the server who said no
/// @param rule empty where no rule said so
/// @param advice empty where nobody knows better
public record Failure(int exit, String code, String message, String rule, String advice) {
    public static Failure failed(String code, String message, String advice) {
        return new Failure(1, code, message, "", advice);
    }

    public static Failure usage(String message, String advice) {
        return new Failure(2, "usage", message, "", advice);
    }

    public ObjectNode json() {
        ObjectNode json = Json.object().put("code", code).put("message", message);
        if (!rule.isEmpty()) {
            json.put("rule", rule);
        }
        return advice.isEmpty() ? json : json.put("advice", advice);
    }
}
