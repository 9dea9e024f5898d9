/// Tests of the room of the same name.
@NullMarked
package dev.toolkeep.web.mcp;

import org.jspecify.annotations.NullMarked;
