package dev.toolkeep.start;

import java.nio.file.Path;

/// A value that somebody set.
///
/// @param where as an error names it, such as `--port`, `TOOLKEEP_GATEWAY_PORT` or `keep.yaml, line 3: gateway.port`
/// @param directory what a relative path in it is relative to
record Given(String text, String where, Path directory) {}
