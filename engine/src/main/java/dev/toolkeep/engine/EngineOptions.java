package dev.toolkeep.engine;

import dev.toolkeep.journal.JournalOptions;
import dev.toolkeep.protocol.mcp.McpOptions;
import dev.toolkeep.protocol.net.EgressOptions;

/// How an engine behaves.
///
/// @param grpc what calls gRPC tools; absent unless the program brings it
/// @param chainDepth the most callers and tools a call may have passed through before
/// @param programVersion what `keep.facts` says
public record EngineOptions(
        JournalOptions journal,
        EgressOptions egress,
        McpOptions mcp,
        ProtocolModule grpc,
        int chainDepth,
        String programVersion) {
    public static EngineOptions defaults(String programVersion) {
        return new EngineOptions(
                JournalOptions.DEFAULT,
                EgressOptions.defaults(),
                McpOptions.standard(programVersion),
                ProtocolModule.absent("toolkeep-protocols-grpc"),
                4,
                programVersion);
    }

    public EngineOptions withMcp(McpOptions options) {
        return new EngineOptions(journal, egress, options, grpc, chainDepth, programVersion);
    }

    public EngineOptions withJournal(JournalOptions options) {
        return new EngineOptions(options, egress, mcp, grpc, chainDepth, programVersion);
    }

    /// With gRPC: `GrpcProtocol::new` of toolkeep-protocols-grpc.
    public EngineOptions withGrpc(ProtocolModule module) {
        return new EngineOptions(journal, egress, mcp, module, chainDepth, programVersion);
    }
}
