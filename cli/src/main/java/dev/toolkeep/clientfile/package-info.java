/// What configuration files of MCP clients, and the official registry's `server.json`, say about servers.
@NullMarked
package dev.toolkeep.clientfile;

import org.jspecify.annotations.NullMarked;
