/// Whether a tool is still exactly what a person approved.
@NullMarked
package dev.toolkeep.trust;

import org.jspecify.annotations.NullMarked;
