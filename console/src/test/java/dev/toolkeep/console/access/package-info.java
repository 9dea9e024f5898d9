/// Who may come in, seen from outside.
@NullMarked
package dev.toolkeep.console.access;

import org.jspecify.annotations.NullMarked;
