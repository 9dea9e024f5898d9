/// One engine, wired: every part made and joined in one place.
@NullMarked
package dev.toolkeep.engine;

import org.jspecify.annotations.NullMarked;
