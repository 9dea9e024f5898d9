/// One process: its data folder, its configuration, its two listeners.
@NullMarked
package dev.toolkeep.start;

import org.jspecify.annotations.NullMarked;
