/// What a command sees of the person before it: what it prints, and what it asks.
@NullMarked
package dev.toolkeep.terminal;

import org.jspecify.annotations.NullMarked;
