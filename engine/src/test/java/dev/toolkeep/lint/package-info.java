@NullMarked
package dev.toolkeep.lint;

import org.jspecify.annotations.NullMarked;
