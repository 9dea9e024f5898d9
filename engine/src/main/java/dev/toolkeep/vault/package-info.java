/// Secrets at rest, and the one door that opens them for one permitted call.
@NullMarked
package dev.toolkeep.vault;

import org.jspecify.annotations.NullMarked;
