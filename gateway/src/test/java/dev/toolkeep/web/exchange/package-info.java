/// Tests of the room of the same name.
@NullMarked
package dev.toolkeep.web.exchange;

import org.jspecify.annotations.NullMarked;
