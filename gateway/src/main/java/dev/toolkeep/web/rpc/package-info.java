/// JSON-RPC messages of MCP clients, and the replies and errors they get.
@NullMarked
package dev.toolkeep.web.rpc;

import org.jspecify.annotations.NullMarked;
