package dev.toolkeep.web.mcp;

import dev.toolkeep.web.exchange.Exchange;
import dev.toolkeep.web.rpc.RpcError;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Revision 2026-07-28, Streamable HTTP, "Server Validation": what stands in a header must be what stands in the body,
/// because others on the way believed the header.
final class HeaderCheck {
    private static final String OPEN = "=?base64?";
    private static final String CLOSE = "?=";
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,20}(\\.0{1,10})?");

    private HeaderCheck() {}

    /// The one value of a header; null when there is none.
    static @Nullable String single(Exchange exchange, String name) throws RpcError {
        List<String> values = exchange.headers(name);
        if (values.size() > 1) {
            throw mismatch(name + " is given more than once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /// The header must be there and say exactly `expected`.
    static void exact(Exchange exchange, String name, String expected) throws RpcError {
        String value = single(exchange, name);
        if (value == null) {
            throw mismatch(name + " is missing");
        }
        if (!value.equals(expected)) {
            throw mismatch(name + " does not say what the body says");
        }
    }

    /// As [#exact], with the base64 form allowed.
    static void encoded(Exchange exchange, String name, String expected) throws RpcError {
        String value = single(exchange, name);
        if (value == null) {
            throw mismatch(name + " is missing");
        }
        if (!decoded(name, value).equals(expected)) {
            throw mismatch(name + " does not say what the body says");
        }
    }

    /// Each argument its tool mirrors must stand in its header, and no header may speak for an argument that is not
    /// there.
    static void mirrored(Exchange exchange, ShownTool tool, ObjectNode arguments) throws RpcError {
        for (ShownTool.Mirrored parameter : tool.mirrored()) {
            String name = "Mcp-Param-" + parameter.name();
            JsonNode value = at(arguments, parameter.path());
            String header = single(exchange, name);
            if (value == null || value.isNull()) {
                if (header != null) {
                    throw mismatch(name + " speaks of an argument that the body does not have");
                }
            } else if (header == null) {
                throw mismatch(name + " is missing");
            } else if (!same(value, decoded(name, header))) {
                throw mismatch(name + " does not say what the body says");
            }
        }
    }

    static RpcError mismatch(String why) {
        return new RpcError(400, RpcError.HEADER_MISMATCH, "Header mismatch: " + why);
    }

    private static @Nullable JsonNode at(JsonNode arguments, List<String> path) {
        JsonNode value = arguments;
        for (String step : path) {
            value = value == null ? null : value.get(step);
        }
        return value;
    }

    private static boolean same(JsonNode value, String header) {
        if (value.isString()) {
            return value.stringValue().equals(header);
        }
        if (value.isBoolean()) {
            return String.valueOf(value.booleanValue()).equals(header);
        }
        return value.isNumber()
                && INTEGER.matcher(header).matches()
                && value.decimalValue().compareTo(new BigDecimal(header)) == 0;
    }

    static String decoded(String name, String value) throws RpcError {
        if (value.startsWith(OPEN) && value.endsWith(CLOSE) && value.length() >= OPEN.length() + CLOSE.length()) {
            return base64(name, value.substring(OPEN.length(), value.length() - CLOSE.length()));
        }
        if (!value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f))) {
            throw mismatch(name + " holds a character that must be sent in base64");
        }
        return value;
    }

    private static String base64(String name, String text) throws RpcError {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
                throw mismatch(name + " is not well-formed base64");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw mismatch(name + " is not well-formed base64 of UTF-8");
        }
    }
}
