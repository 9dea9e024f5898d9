/// The UTCP door: `GET /utcp`, a manual of exactly the tools its reader may call.
@NullMarked
package dev.toolkeep.web.utcp;

import org.jspecify.annotations.NullMarked;
