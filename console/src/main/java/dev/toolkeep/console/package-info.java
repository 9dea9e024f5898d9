/// The side people see, as a program: one Spring web server on one port, wired by hand.
@NullMarked
package dev.toolkeep.console;

import org.jspecify.annotations.NullMarked;
