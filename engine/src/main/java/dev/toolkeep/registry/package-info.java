/// Where tools come from, every version of them ever offered, and where each one stands.
@NullMarked
package dev.toolkeep.registry;

import org.jspecify.annotations.NullMarked;
