/// The life of one call, and the snapshot it is decided from.
@NullMarked
package dev.toolkeep.call;

import org.jspecify.annotations.NullMarked;
