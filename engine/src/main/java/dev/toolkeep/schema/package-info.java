/// JSON Schemas, compiled once, that judge arguments and answers without backtracking or fetching.
@NullMarked
package dev.toolkeep.schema;

import org.jspecify.annotations.NullMarked;
