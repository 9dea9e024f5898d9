package dev.toolkeep.engine;

import dev.toolkeep.protocol.SelfDescribing;
import dev.toolkeep.protocol.net.Egress;
import dev.toolkeep.protocol.oauth.Tokens;
import io.vertx.core.Vertx;

/// A protocol from a module the engine does not know, opened with the engine's own way out.
@FunctionalInterface
public interface ProtocolModule {
    SelfDescribing open(Vertx vertx, Egress egress, Tokens tokens);

    /// In place of a module the program was built without.
    static ProtocolModule absent(String module) {
        return new Absent(module);
    }

    /// A module that is not there: two of one name are equal.
    record Absent(String module) implements ProtocolModule {
        @Override
        public SelfDescribing open(Vertx vertx, Egress egress, Tokens tokens) {
            return SelfDescribing.absent(module);
        }
    }
}
