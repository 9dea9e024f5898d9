@NullMarked
package dev.toolkeep.start;

import org.jspecify.annotations.NullMarked;
