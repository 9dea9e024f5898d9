package dev.toolkeep.wire;

import dev.toolkeep.tool.Auth;
import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.Framing;
import dev.toolkeep.tool.MessageTemplate;
import dev.toolkeep.tool.SocketCall;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// UTCP's `tcp` and `udp`, read and written. `timeout` is in milliseconds, as the documents have it. Neither has a
/// field for TLS: both are spoken in the clear, and only to what an operator granted to the source.
final class SocketTemplates {
    private static final int LARGEST = 64 << 20;
    private static final int LONGEST_DELIMITER = 64;
    private static final int MOST_DATAGRAMS = 1_000;
    private static final List<String> TLS = List.of("tls", "ssl", "use_tls", "use_ssl", "secure");

    private SocketTemplates() {}

    static CallTemplate.Tcp tcp(JsonNode json) throws Malformed {
        return new CallTemplate.Tcp(
                call(json), framing(json), Amounts.number(json, "max_response_size", 1, LARGEST, 65_536));
    }

    static CallTemplate.Udp udp(JsonNode json) throws Malformed {
        return new CallTemplate.Udp(
                call(json), Amounts.number(json, "number_of_response_datagrams", 0, MOST_DATAGRAMS, 1));
    }

    static void write(CallTemplate.Tcp tcp, ObjectNode json) {
        json.put("call_template_type", "tcp");
        write(tcp.call(), json);
        switch (tcp.framing()) {
            case Framing.Stream() -> json.put("framing_strategy", "stream");
            case Framing.FixedLength(int bytes) ->
                json.put("framing_strategy", "fixed_length").put("fixed_message_length", bytes);
            case Framing.LengthPrefix(int bytes, boolean big) ->
                json.put("framing_strategy", "length_prefix")
                        .put("length_prefix_bytes", bytes)
                        .put("length_prefix_endian", big ? "big" : "little");
            case Framing.Delimiter(String written, boolean escapes) ->
                json.put("framing_strategy", "delimiter")
                        .put("message_delimiter", written)
                        .put("interpret_escape_sequences", escapes);
        }
        json.put("max_response_size", tcp.maxResponse());
    }

    static void write(CallTemplate.Udp udp, ObjectNode json) {
        json.put("call_template_type", "udp");
        write(udp.call(), json);
        json.put("number_of_response_datagrams", udp.datagrams());
    }

    private static void write(SocketCall call, ObjectNode json) {
        json.put("host", call.host()).put("port", call.port());
        MessageTemplates.writeData(call.message(), json);
        if (call.charset().isEmpty()) {
            json.putNull("response_byte_format");
        } else {
            json.put("response_byte_format", call.charset());
        }
        Amounts.putMillis(json, "timeout", call.timeout());
    }

    private static SocketCall call(JsonNode json) throws Malformed {
        String host = Members.text(json, "host");
        if (host.indexOf('/') >= 0 || host.indexOf('?') >= 0 || host.indexOf('#') >= 0 || host.indexOf('\\') >= 0) {
            throw new Malformed("host must be an ASCII name or address");
        }
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        int port = Amounts.number(json, "port", 1, 65_535, 0);
        if (port == 0) {
            throw new Malformed("port is missing");
        }
        TargetUrl to = TargetUrl.of("http://" + (bare ? "[" + host + "]" : host) + ":" + port);
        if (!(Auths.read(json) instanceof Auth.None)) {
            throw new Malformed("auth has no place in a message of tcp or udp: put ${NAME} into the template");
        }
        for (String name : TLS) {
            Amounts.refuse(json, name, "is not supported: UTCP's tcp and udp are not encrypted");
        }
        MessageTemplate message = MessageTemplates.data(json);
        return new SocketCall(
                to.host(), to.port(), message, charset(json), Amounts.millis(json, "timeout", HttpTemplates.TIMEOUT));
    }

    /// Absent means UTF-8, null means bytes.
    private static String charset(JsonNode json) throws Malformed {
        JsonNode given = json.get("response_byte_format");
        if (given == null) {
            return "utf-8";
        }
        if (given.isNull()) {
            return "";
        }
        String name = Members.text(json, "response_byte_format").toLowerCase(Locale.ROOT);
        // Python, whose names these are, also says latin-1 and utf_8.
        for (String known : List.of(name, name.replace("-", "").replace("_", ""))) {
            if (supported(known)) {
                return known;
            }
        }
        throw new Malformed("response_byte_format is no character set known here");
    }

    private static boolean supported(String charset) {
        try {
            return !charset.isEmpty() && Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }

    private static Framing framing(JsonNode json) throws Malformed {
        return switch (Members.text(json, "framing_strategy", "stream")) {
            case "stream" -> new Framing.Stream();
            case "length_prefix" -> lengthPrefix(json);
            case "delimiter" -> delimiter(json);
            case "fixed_length" -> {
                if (Members.given(json, "fixed_message_length") == null) {
                    throw new Malformed("fixed_message_length must be set for fixed_length framing");
                }
                yield new Framing.FixedLength(Amounts.number(json, "fixed_message_length", 1, LARGEST, 1));
            }
            default -> throw new Malformed("framing_strategy must be length_prefix, delimiter, fixed_length or stream");
        };
    }

    private static Framing lengthPrefix(JsonNode json) throws Malformed {
        int bytes = Amounts.number(json, "length_prefix_bytes", 1, 8, 4);
        if (Arrays.stream(new int[] {1, 2, 4, 8}).noneMatch(known -> known == bytes)) {
            throw new Malformed("length_prefix_bytes must be 1, 2, 4 or 8");
        }
        return switch (Members.text(json, "length_prefix_endian", "big")) {
            case "big" -> new Framing.LengthPrefix(bytes, true);
            case "little" -> new Framing.LengthPrefix(bytes, false);
            default -> throw new Malformed("length_prefix_endian must be big or little");
        };
    }

    private static Framing delimiter(JsonNode json) throws Malformed {
        boolean escapes = Amounts.yes(json, "interpret_escape_sequences", true);
        Framing.Delimiter delimiter =
                new Framing.Delimiter(Members.text(json, "message_delimiter", escapes ? "\\x00" : "\0"), escapes);
        try {
            int length = delimiter.bytes().length;
            if (length < 1 || length > LONGEST_DELIMITER) {
                throw new Malformed("message_delimiter must be 1 to " + LONGEST_DELIMITER + " bytes");
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("message_delimiter: " + e.getMessage());
        }
        return delimiter;
    }
}
