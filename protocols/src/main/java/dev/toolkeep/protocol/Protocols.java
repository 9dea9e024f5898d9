package dev.toolkeep.protocol;

import dev.toolkeep.tool.CallTemplate;
import dev.toolkeep.tool.ToolFault;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The one switch over the sealed choice of protocols.
public final class Protocols implements Protocol {
    private final Protocol http;
    private final Protocol sse;
    private final Protocol stream;
    private final Protocol graphQl;
    private final Protocol grpc;
    private final Protocol text;
    private final Protocol mcp;
    private final Local local;
    private final Sockets sockets;

    /// The ways to call a tool that takes messages.
    public record Sockets(Protocol webSocket, Protocol tcp, Protocol udp) {}

    /// The ways to use what is on this machine.
    public record Local(Protocol cli, Protocol file, Protocol builtin) {}

    public Protocols(
            Protocol http,
            Protocol sse,
            Protocol stream,
            Protocol graphQl,
            Protocol grpc,
            Protocol text,
            Protocol mcp,
            Local local,
            Sockets sockets) {
        this.http = http;
        this.sse = sse;
        this.stream = stream;
        this.graphQl = graphQl;
        this.grpc = grpc;
        this.text = text;
        this.mcp = mcp;
        this.local = local;
        this.sockets = sockets;
    }

    @Override
    public CompletionStage<Sent> send(Dispatch dispatch) {
        return switch (dispatch.template()) {
            case CallTemplate.Http _ -> http.send(dispatch);
            case CallTemplate.Sse _ -> sse.send(dispatch);
            case CallTemplate.StreamableHttp _ -> stream.send(dispatch);
            case CallTemplate.GraphQl _ -> graphQl.send(dispatch);
            case CallTemplate.Grpc _ -> grpc.send(dispatch);
            case CallTemplate.Text _ -> text.send(dispatch);
            case CallTemplate.Mcp _ -> mcp.send(dispatch);
            case CallTemplate.WebSocket _ -> sockets.webSocket().send(dispatch);
            case CallTemplate.Tcp _ -> sockets.tcp().send(dispatch);
            case CallTemplate.Udp _ -> sockets.udp().send(dispatch);
            case CallTemplate.Cli _ -> local.cli().send(dispatch);
            case CallTemplate.File _ -> local.file().send(dispatch);
            case CallTemplate.Builtin _ -> local.builtin().send(dispatch);
            case CallTemplate.DirectCall _ -> local.builtin().send(dispatch);
            case CallTemplate.Unsupported unsupported -> unsupported(unsupported);
        };
    }

    private static CompletionStage<Sent> unsupported(CallTemplate.Unsupported template) {
        ToolFault fault = ToolFault.of(ToolFault.Kind.BAD_REQUEST, "this tool cannot be called: " + template.reason());
        return CompletableFuture.completedFuture(new Sent.Failed(fault));
    }
}
