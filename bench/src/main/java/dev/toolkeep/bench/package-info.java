/// Measures Toolkeep: servers to load, listings of many tools, and the cost of each stage.
@NullMarked
package dev.toolkeep.bench;

import org.jspecify.annotations.NullMarked;
