package dev.toolkeep.command;

import dev.toolkeep.bridge.Bridge;
import dev.toolkeep.remote.AdminApi;
import dev.toolkeep.remote.Failed;
import dev.toolkeep.remote.McpLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `toolkeep mcp`: an MCP server on standard input and output, for clients that start programs.
@Command(
        name = "mcp",
        description = {
            "Serves MCP on standard input and output: what a client says is carried to the running gateway.",
            "For MCP clients that start a program. The key stays in its file: none stands in the client's settings.",
            "The key is the one in --key-file, else in the variable TOOLKEEP_KEY, else in DIR/agent.key."
        },
        footer = {
            "",
            "Example:",
            "  toolkeep mcp --key-file support-bot.key",
            "",
            "As a client's setting: {\"command\": \"/opt/toolkeep/toolkeep\", \"args\": [\"mcp\"]}"
        })
final class McpCommand implements Callable<Integer> {
    private final Desk desk;

    @Mixin
    private Asked asked = new Asked();

    @Option(names = "--toolset", paramLabel = "NAME", description = "Serve this toolset instead of all tools.")
    private @Nullable String toolset;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The file with the agent's key, readable by its owner alone")
    private @Nullable Path keyFile;

    McpCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws Failed {
        String path = toolset == null ? "/mcp" : "/mcp" + AdminApi.segment(toolset);
        try (McpLine line = desk.mcp(asked, keyFile, path)) {
            new Bridge(line, desk.out()).carry(desk.in());
            return 0;
        } catch (IOException e) {
            throw Failed.with("unreadable", "standard input cannot be read", "see what the client did to it");
        }
    }
}
