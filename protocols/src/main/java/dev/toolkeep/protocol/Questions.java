package dev.toolkeep.protocol;

import dev.toolkeep.wire.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/// Who answers what a tool asks while it works (MCP elicitation, sampling, roots). Thread-safe.
public interface Questions {
    /// What may be asked, as MCP's `ClientCapabilities`; empty when nothing may. Must not be modified.
    ObjectNode capabilities();

    /// Whose answers these are. A connection that may carry questions is never shared between two of them.
    String party();

    /// Whether a call may end in [Answer.Asks], to be made again with the answers. Such a caller can be asked during a
    /// call too.
    boolean takesAsking();

    /// Asks one question. Completes with its result, or with null when nobody answers; never exceptionally.
    CompletionStage<Said> ask(String method, ObjectNode params);

    /// What came of a question.
    sealed interface Said {
        record Answered(ObjectNode result) implements Said {}

        /// @param message why there is no answer
        record Nothing(int code, String message) implements Said {}
    }

    /// Nobody may be asked anything.
    Questions NONE = new Questions() {
        @Override
        public ObjectNode capabilities() {
            return Json.object();
        }

        @Override
        public String party() {
            return "";
        }

        @Override
        public boolean takesAsking() {
            return false;
        }

        @Override
        public CompletionStage<Said> ask(String method, ObjectNode params) {
            return CompletableFuture.completedFuture(new Said.Nothing(-32601, "nobody may be asked"));
        }
    };
}
