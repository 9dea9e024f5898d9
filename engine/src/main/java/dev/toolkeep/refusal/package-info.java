/// Not allowed, because: the one value every stage says no with.
@NullMarked
package dev.toolkeep.refusal;

import org.jspecify.annotations.NullMarked;
