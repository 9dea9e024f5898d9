package dev.toolkeep.screen;

import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.wire.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Puts `[redacted]` where a secret stands: as it is, in hex, in base64 (alone or inside something longer), and each of
/// these under backslash escapes, percent or form encoding and wrapped lines, two encodings deep. What holds no secret
/// is given back as it came, the same object.
@SuppressWarnings("ReferenceEquality") // the same object back means that nothing was found
final class Redaction {
    static final String MARK = "[redacted]";
    /// Where a fault's texts are cut, a secret may be cut too.
    private static final int CUT = 2000;

    private static final List<Reading.Decoder> DECODERS =
            List.of(Reading::unescaped, Reading::unpercented, Reading::unformed, Reading::unwrapped);

    private final List<Needle> needles;

    Redaction(List<String> secrets) {
        this.needles = Needle.of(secrets);
    }

    boolean isEmpty() {
        return needles.isEmpty();
    }

    String clean(String text) {
        if (needles.isEmpty() || text.length() < Needle.SHORTEST) {
            return text;
        }
        BitSet found = new BitSet();
        mark(Reading.plain(text), 2, found);
        return found.isEmpty() ? text : replaced(text, found);
    }

    byte[] clean(byte[] bytes) {
        if (needles.isEmpty()) {
            return bytes;
        }
        Charset charset = charset(bytes);
        String text = new String(bytes, charset);
        String cleaned = clean(text);
        return cleaned.equals(text) ? bytes : cleaned.getBytes(charset);
    }

    ToolFault clean(ToolFault fault) {
        if (needles.isEmpty()) {
            return fault;
        }
        return new ToolFault(
                fault.kind(), clean(fault.message()), cleanStart(fault.detail()), cleanEnd(fault.overheard()));
    }

    /// A text of which the end may be missing, and with it the end of a secret.
    private String cleanStart(String text) {
        int cut = 0;
        if (text.length() == CUT) {
            for (Needle needle : needles) {
                cut = Math.max(cut, needle.begunAtEnd(text));
            }
        }
        return cut == 0 ? clean(text) : clean(text.substring(0, text.length() - cut)) + MARK;
    }

    /// A text of which the beginning may be missing.
    private String cleanEnd(String text) {
        int cut = 0;
        if (text.length() == CUT) {
            for (Needle needle : needles) {
                cut = Math.max(cut, needle.endedAtStart(text));
            }
        }
        return cut == 0 ? clean(text) : MARK + clean(text.substring(cut));
    }

    JsonNode clean(JsonNode node) {
        if (needles.isEmpty()) {
            return node;
        }
        return switch (node.getNodeType()) {
            case STRING -> {
                String text = node.stringValue();
                String cleaned = clean(text);
                yield cleaned.equals(text) ? node : StringNode.valueOf(cleaned);
            }
            case NUMBER -> isSecret(node) ? StringNode.valueOf(MARK) : node;
            case OBJECT -> object((ObjectNode) node);
            case ARRAY -> array((ArrayNode) node);
            default -> node;
        };
    }

    private JsonNode object(ObjectNode object) {
        ObjectNode copy = null;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = clean(member.getKey());
            JsonNode value = clean(member.getValue());
            boolean changed = !name.equals(member.getKey()) || value != member.getValue();
            if (changed && copy == null) {
                copy = startOf(object, member.getKey());
            }
            if (copy != null) {
                copy.set(free(copy, name), value);
            }
        }
        return copy == null ? object : copy;
    }

    private static ObjectNode startOf(ObjectNode object, String end) {
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (member.getKey().equals(end)) {
                break;
            }
            copy.set(member.getKey(), member.getValue());
        }
        return copy;
    }

    /// Two names may become one by redaction; neither member may vanish for that.
    private static String free(ObjectNode copy, String name) {
        String free = name;
        for (int i = 2; copy.has(free); i++) {
            free = name + " " + i;
        }
        return free;
    }

    private JsonNode array(ArrayNode array) {
        ArrayNode copy = null;
        for (int i = 0; i < array.size(); i++) {
            JsonNode value = clean(array.get(i));
            if (value != array.get(i) && copy == null) {
                copy = Json.array();
                for (int j = 0; j < i; j++) {
                    copy.add(array.get(j));
                }
            }
            if (copy != null) {
                copy.add(value);
            }
        }
        return copy == null ? array : copy;
    }

    private boolean isSecret(JsonNode number) {
        for (Needle needle : needles) {
            if (needle.numeric() && number.asString().contains(needle.plain().getFirst())) {
                return true;
            }
        }
        return false;
    }

    private void mark(Reading reading, int deeper, BitSet found) {
        for (Needle needle : needles) {
            for (String spelling : needle.plain()) {
                mark(reading, spelling, false, found);
            }
            for (String spelling : needle.base64()) {
                mark(reading, spelling, true, found);
            }
        }
        if (deeper > 0) {
            for (Reading.Decoder decoder : DECODERS) {
                Reading decoded = decoder.read(reading);
                if (decoded != null) {
                    mark(decoded, deeper - 1, found);
                }
            }
        }
    }

    private static void mark(Reading reading, String spelling, boolean base64, BitSet found) {
        String text = reading.text();
        int at = text.indexOf(spelling);
        while (at >= 0) {
            int from = at;
            int to = at + spelling.length();
            if (base64) {
                while (from > 0 && base64(text.charAt(from - 1))) {
                    from--;
                }
                while (to < text.length() && (base64(text.charAt(to)) || text.charAt(to) == '=')) {
                    to++;
                }
            }
            found.set(reading.start(from), reading.start(to));
            at = text.indexOf(spelling, to);
        }
    }

    private static boolean base64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }

    private static String replaced(String text, BitSet found) {
        StringBuilder clean = new StringBuilder(text.length());
        int from = 0;
        for (int at = found.nextSetBit(0); at >= 0; at = found.nextSetBit(from)) {
            clean.append(text, from, at).append(MARK);
            from = found.nextClearBit(at);
        }
        return clean.append(text, from, text.length()).toString();
    }

    /// UTF-8 where that is what it is; else Latin-1, which keeps every byte.
    private static Charset charset(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
