package dev.toolkeep.schema;

import com.networknt.schema.dialect.Dialects;
import dev.toolkeep.wire.Malformed;
import tools.jackson.databind.JsonNode;

/// The drafts of JSON Schema that are understood, by the `$schema` that names them.
enum Dialect {
    DRAFT_4("json-schema.org/draft-04/schema", Dialects.getDraft4()),
    DRAFT_6("json-schema.org/draft-06/schema", Dialects.getDraft6()),
    DRAFT_7("json-schema.org/draft-07/schema", Dialects.getDraft7()),
    DRAFT_2019_09("json-schema.org/draft/2019-09/schema", Dialects.getDraft201909()),
    DRAFT_2020_12("json-schema.org/draft/2020-12/schema", Dialects.getDraft202012());

    private final String address;

    @SuppressWarnings("ImmutableEnumChecker") // built once and never changed; the validator does not say so
    private final com.networknt.schema.dialect.Dialect rules;

    Dialect(String address, com.networknt.schema.dialect.Dialect published) {
        this.address = address;
        this.rules = com.networknt.schema.dialect.Dialect.builder(published)
                .keyword(new DistinctItems())
                .build();
    }

    /// What the validator judges by: the published dialect, with our own [DistinctItems].
    com.networknt.schema.dialect.Dialect rules() {
        return rules;
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
