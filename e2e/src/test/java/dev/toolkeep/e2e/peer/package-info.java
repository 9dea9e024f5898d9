/// Clients and servers that others wrote, against a whole house.
@NullMarked
package dev.toolkeep.e2e.peer;

import org.jspecify.annotations.NullMarked;
