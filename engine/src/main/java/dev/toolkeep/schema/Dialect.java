package dev.toolkeep.schema;

import com.networknt.schema.SpecificationVersion;
import dev.toolkeep.wire.Malformed;
import tools.jackson.databind.JsonNode;

/// The drafts of JSON Schema that are understood, by the `$schema` that names them.
enum Dialect {
    DRAFT_4("json-schema.org/draft-04/schema", SpecificationVersion.DRAFT_4),
    DRAFT_6("json-schema.org/draft-06/schema", SpecificationVersion.DRAFT_6),
    DRAFT_7("json-schema.org/draft-07/schema", SpecificationVersion.DRAFT_7),
    DRAFT_2019_09("json-schema.org/draft/2019-09/schema", SpecificationVersion.DRAFT_2019_09),
    DRAFT_2020_12("json-schema.org/draft/2020-12/schema", SpecificationVersion.DRAFT_2020_12);

    private final String address;
    private final SpecificationVersion version;

    Dialect(String address, SpecificationVersion version) {
        this.address = address;
        this.version = version;
    }

    SpecificationVersion version() {
        return version;
    }

    String idKeyword() {
        return this == DRAFT_4 ? "id" : "$id";
    }

    /// Whether a bound that excludes itself is written as a boolean beside the bound.
    boolean booleanBounds() {
        return this == DRAFT_4;
    }

    /// Whether `items` may be a list of schemas, one a position.
    boolean itemsMayBeList() {
        return this != DRAFT_2020_12;
    }

    /// The dialect `schema` says it is written in; 2020-12 where it says nothing.
    static Dialect of(JsonNode schema) throws Malformed {
        JsonNode said = schema.get("$schema");
        if (said == null) {
            return DRAFT_2020_12;
        }
        if (said.isString()) {
            String address = said.asString().replaceFirst("^https?://", "").replaceFirst("#$", "");
            for (Dialect dialect : values()) {
                if (dialect.address.equals(address)) {
                    return dialect;
                }
            }
            if (address.equals("json-schema.org/schema")) {
                return DRAFT_2020_12;
            }
        }
        throw new Malformed("its $schema names a dialect that is not understood; drafts 4, 6, 7, 2019-09, 2020-12 are");
    }
}
