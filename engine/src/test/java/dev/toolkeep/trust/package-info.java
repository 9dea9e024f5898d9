@NullMarked
package dev.toolkeep.trust;

import org.jspecify.annotations.NullMarked;
