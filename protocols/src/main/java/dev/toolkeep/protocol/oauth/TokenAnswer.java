package dev.toolkeep.protocol.oauth;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What a token endpoint said, read (RFC 6749, 5.1 and 5.2).
final class TokenAnswer {
    static final int MOST_BYTES = 64 * 1024;
    private static final int LONGEST_TOKEN = 16 * 1024;
    private static final Duration UNSAID = Duration.ofMinutes(5);
    private static final Duration LONGEST_LIFE = Duration.ofHours(24);
    private static final Set<String> CODES = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope",
            "temporarily_unavailable",
            "server_error");

    private TokenAnswer() {}

    /// A token, when it is a bearer token that may be sent in a header and holds for all that was asked.
    static Granted read(byte[] body, String scope) {
        JsonNode answer;
        try {
            answer = StrictJson.object(body, Bounds.ANSWER.withBytes(MOST_BYTES));
        } catch (Malformed e) {
            return failed("the token endpoint's answer is not valid JSON");
        }
        String token = answer.path("access_token").stringValue("");
        String type = answer.path("token_type").stringValue("bearer");
        if (token.isEmpty() || token.length() > LONGEST_TOKEN || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            return failed("the token endpoint's answer holds no access token that can be sent");
        }
        if (!type.equalsIgnoreCase("bearer")) {
            return failed("the token endpoint gave a token that is no bearer token");
        }
        JsonNode granted = answer.path("scope");
        if (granted.isString() && !scopes(granted.stringValue()).containsAll(scopes(scope))) {
            return failed("the token endpoint granted less than the scope that was asked for; grant the client all of"
                    + " it, or ask for less");
        }
        return new Granted.Token(token, life(answer.path("expires_in")));
    }

    /// The code in an error answer; empty when it holds none of the known ones.
    static String code(byte[] body) {
        try {
            String code = StrictJson.object(body, Bounds.ANSWER.withBytes(MOST_BYTES))
                    .path("error")
                    .stringValue("");
            return CODES.contains(code) ? code : "";
        } catch (Malformed e) {
            return "";
        }
    }

    private static Duration life(JsonNode seconds) {
        double said = seconds.isNumber() ? seconds.doubleValue() : number(seconds.stringValue(""));
        if (Double.isNaN(said)) {
            return UNSAID;
        }
        double within = Math.clamp(said, 0, (double) LONGEST_LIFE.toSeconds());
        return Duration.ofMillis((long) (within * 1000));
    }

    /// Some servers write the number as text.
    private static double number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : Double.NaN;
    }

    private static List<String> scopes(String text) {
        return Arrays.stream(text.split(" ", -1)).filter(one -> !one.isEmpty()).toList();
    }

    private static Granted failed(String words) {
        return new Granted.Failed(ToolFault.of(Kind.BAD_ANSWER, words));
    }
}
