package dev.toolkeep.web.mcp;

import java.util.List;

/// The two ways MCP is spoken: with a handshake (to 2025-11-25), and with `_meta` in every request (from 2026-07-28).
enum Era {
    LEGACY,
    MODERN;

    static final String MODERN_VERSION = "2026-07-28";

    /// Newest first. Of 2025-03-26 all but batches, which every later revision forbids.
    static final List<String> LEGACY_VERSIONS = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    static final List<String> VERSIONS = List.of(MODERN_VERSION, "2025-11-25", "2025-06-18", "2025-03-26");
}
