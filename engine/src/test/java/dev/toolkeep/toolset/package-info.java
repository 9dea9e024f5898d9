/// Tests of the room of the same name.
@NullMarked
package dev.toolkeep.toolset;

import org.jspecify.annotations.NullMarked;
