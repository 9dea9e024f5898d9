/// Proof that the fakes do what they say.
@NullMarked
package dev.toolkeep.testkit.fake;

import org.jspecify.annotations.NullMarked;
