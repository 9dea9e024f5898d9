package dev.toolkeep.journal;

import dev.toolkeep.tool.Digest;
import dev.toolkeep.wire.Bounds;
import dev.toolkeep.wire.Malformed;
import dev.toolkeep.wire.StrictJson;
import java.util.HexFormat;
import tools.jackson.databind.node.ObjectNode;

/// One record as it stands in the journal.
///
/// @param hash the SHA-256 of its line, 32 bytes
/// @param previous the hash it says the record before it has
public record Written(long sequence, long at, String type, byte[] previous, byte[] hash, ObjectNode json) {
    static Written read(byte[] line) throws Malformed {
        ObjectNode json = StrictJson.object(line, Bounds.REQUEST);
        if (!json.path("seq").isIntegralNumber()
                || !json.path("at").isIntegralNumber()
                || !json.path("type").isString()
                || !json.path("prev").isString()) {
            throw new Malformed("not a journal record: seq, at, type and prev are required");
        }
        try {
            byte[] previous = HexFormat.of().parseHex(json.path("prev").stringValue());
            byte[] hash = HexFormat.of().parseHex(Digest.of(line).text().substring(7));
            return new Written(
                    json.path("seq").longValue(),
                    json.path("at").longValue(),
                    json.path("type").stringValue(),
                    previous,
                    hash,
                    json);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not a journal record: prev is not a hash");
        }
    }

    /// The named text, or empty when the record does not say it.
    public String text(String name) {
        return json.path(name).asString("");
    }
}
