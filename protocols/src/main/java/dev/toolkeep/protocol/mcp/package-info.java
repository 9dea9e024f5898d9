/// Tools that live in MCP servers: one long-lived connection a server, by stdio or Streamable HTTP.
@NullMarked
package dev.toolkeep.protocol.mcp;

import org.jspecify.annotations.NullMarked;
