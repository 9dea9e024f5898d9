package dev.toolkeep.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// One OpenAPI document and its references into itself (RFC 6901 pointers in URI fragments).
final class ApiDocument {
    private static final int LONGEST_CHAIN = 32;
    /// Schemas without references and at most this large are written out where they are used.
    private static final int SMALL = 40;

    private static final int MOST_KEPT = 2_000_000;

    private final JsonNode root;
    private final boolean version30;
    private final Map<String, Boolean> small = new HashMap<>();
    private int keepable = MOST_KEPT;
    private int readable = 20_000_000;

    private ApiDocument(JsonNode root, boolean version30) {
        this.root = root;
        this.version30 = version30;
    }

    static ApiDocument of(JsonNode root) throws Malformed {
        JsonNode version = root.get("openapi");
        if (version == null || !version.isString()) {
            throw new Malformed("not an OpenAPI document: it has no openapi version");
        }
        String number = version.stringValue();
        if (!number.startsWith("3.0") && !number.startsWith("3.1")) {
            throw new Malformed("OpenAPI " + Members.printable(number) + " is not supported: use 3.0 or 3.1");
        }
        return new ApiDocument(root, number.startsWith("3.0"));
    }

    JsonNode root() {
        return root;
    }

    boolean version30() {
        return version30;
    }

    /// `node`, or what its `$ref` leads to.
    JsonNode resolve(JsonNode node) throws Malformed {
        JsonNode at = node;
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            JsonNode reference = at.get("$ref");
            if (reference == null || !reference.isString()) {
                if (!at.isObject() && !at.isBoolean()) {
                    throw new Malformed("holds a part that must be an object");
                }
                return at;
            }
            at = target(reference.stringValue());
        }
        throw new Malformed("a $ref leads back to itself");
    }

    /// What `reference` names in this document.
    JsonNode target(String reference) throws Malformed {
        if (!reference.startsWith("#")) {
            throw new Malformed("refers to another document, which is never fetched");
        }
        JsonNode at = root;
        try {
            String pointer = URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
            if (pointer.isEmpty() || !pointer.startsWith("/")) {
                throw new Malformed("a $ref names no place in the document");
            }
            for (String step : pointer.substring(1).split("/", -1)) {
                String name = step.replace("~1", "/").replace("~0", "~");
                at = at.isArray() && name.matches("[0-9]{1,6}") ? at.path(Integer.parseInt(name)) : at.path(name);
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("a $ref is not a valid pointer");
        }
        if (at.isMissingNode()) {
            throw new Malformed("a $ref names no place in the document");
        }
        return at;
    }

    /// Whether the schema at `reference` holds no reference and is small.
    boolean small(String reference, JsonNode target) {
        return small.computeIfAbsent(reference, _ -> size(target, 0) <= SMALL);
    }

    /// Takes one part from what may be read for all operations together, so that ten thousand operations that
    /// share one huge schema cost neither minutes nor the memory.
    void read() throws Malformed {
        if (--readable < 0) {
            throw new Malformed("the document's schemas are too large to be read for every operation");
        }
    }

    /// Whether there is no room left for what is kept only to be known (the schemas of answers): half of it stays for
    /// what calls need.
    boolean full() {
        return keepable < MOST_KEPT / 2;
    }

    /// Takes `parts` from what may be kept.
    void keep(int parts) throws Malformed {
        if (parts > keepable) {
            throw new Malformed("the document's schemas are too large to be kept for every operation");
        }
        keepable -= parts;
    }

    private static int size(JsonNode node, int before) {
        int size = before + 1;
        if (size > SMALL || node.has("$ref")) {
            return SMALL + 1;
        }
        for (JsonNode child : node) {
            size = size(child, size);
            if (size > SMALL) {
                return size;
            }
        }
        return size;
    }
}
