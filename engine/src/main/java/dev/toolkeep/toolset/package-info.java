/// Curated, named selections of tools, each with its own endpoint.
@NullMarked
package dev.toolkeep.toolset;

import org.jspecify.annotations.NullMarked;
