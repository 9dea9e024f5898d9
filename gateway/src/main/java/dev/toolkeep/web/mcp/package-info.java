/// The MCP door: `POST /mcp`, revisions 2025-03-26 to 2025-11-25 and 2026-07-28 at one URL.
@NullMarked
package dev.toolkeep.web.mcp;

import org.jspecify.annotations.NullMarked;
