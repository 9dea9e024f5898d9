/// What a crash leaves behind.
@NullMarked
package dev.toolkeep.e2e.kill;

import org.jspecify.annotations.NullMarked;
