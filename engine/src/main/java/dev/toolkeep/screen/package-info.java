/// What leaves a tool is checked and cleaned before anyone reads it.
@NullMarked
package dev.toolkeep.screen;

import org.jspecify.annotations.NullMarked;
