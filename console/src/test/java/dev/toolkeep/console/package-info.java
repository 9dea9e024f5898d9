/// The console as it looks from outside: a really started server over a real engine.
@NullMarked
package dev.toolkeep.console;

import org.jspecify.annotations.NullMarked;
