package dev.toolkeep.protocol.net;

import dev.toolkeep.tool.ToolFault;
import java.net.URI;

/// How fetching a document ended.
public sealed interface Fetched {
    /// The whole body, decompressed; `contentType` as the server wrote it, or empty; `finalUri` after redirects.
    record Document(byte[] bytes, String contentType, URI finalUri) implements Fetched {}

    record Failed(ToolFault fault) implements Fetched {}
}
