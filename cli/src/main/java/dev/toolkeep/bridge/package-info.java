/// Carries MCP between standard input and output and a running Toolkeep, for clients that only start programs.
@NullMarked
package dev.toolkeep.bridge;

import org.jspecify.annotations.NullMarked;
