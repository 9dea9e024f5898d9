package dev.toolkeep.protocol;

import dev.toolkeep.protocol.net.Reach;
import dev.toolkeep.tool.ToolFault;
import dev.toolkeep.tool.ToolFault.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A protocol whose servers say what they offer, and which a program may be built without. Thread-safe.
public interface SelfDescribing extends Protocol {
    /// What the server at `url` offers. `headers` go with the question and become part of every tool's template; their
    /// placeholders are filled from `secrets` for the question alone.
    CompletionStage<Listed> list(
            String source, String url, Map<String, String> headers, Secrets secrets, Reach reach, Duration patience);

    /// What stands in a program without the module called `module`: every call and question is a fault that says so.
    static SelfDescribing absent(String module) {
        ToolFault fault =
                ToolFault.of(Kind.BAD_REQUEST, "this program was built without " + module + ", which calls such tools");
        return new SelfDescribing() {
            @Override
            public CompletionStage<Sent> send(Dispatch dispatch) {
                return CompletableFuture.completedFuture(new Sent.Failed(fault));
            }

            @Override
            public CompletionStage<Listed> list(
                    String source,
                    String url,
                    Map<String, String> headers,
                    Secrets secrets,
                    Reach reach,
                    Duration patience) {
                return CompletableFuture.completedFuture(new Listed.Failed(fault));
            }
        };
    }
}
