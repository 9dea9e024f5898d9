/// How much a caller may ask: rate, concurrency, size and time.
@NullMarked
package dev.toolkeep.limits;

import org.jspecify.annotations.NullMarked;
