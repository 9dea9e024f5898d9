/// Tests of the room of the same name.
@NullMarked
package dev.toolkeep.web.utcp;

import org.jspecify.annotations.NullMarked;
