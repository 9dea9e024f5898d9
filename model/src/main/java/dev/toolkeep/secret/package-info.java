/// Values that must never be printed, and the placeholders that stand for them.
@NullMarked
package dev.toolkeep.secret;

import org.jspecify.annotations.NullMarked;
