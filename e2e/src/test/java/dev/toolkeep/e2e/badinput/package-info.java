/// Malformed and hostile input, through the doors of a whole house.
@NullMarked
package dev.toolkeep.e2e.badinput;

import org.jspecify.annotations.NullMarked;
