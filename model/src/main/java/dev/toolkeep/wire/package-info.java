/// Bytes to values and back: strict JSON and YAML, canonical JSON, UTCP manuals, OpenAPI documents.
@NullMarked
package dev.toolkeep.wire;

import org.jspecify.annotations.NullMarked;
