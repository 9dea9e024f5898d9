/// The administration API as its clients see it.
@NullMarked
package dev.toolkeep.console.api;

import org.jspecify.annotations.NullMarked;
