package dev.toolkeep.client;

import dev.toolkeep.client.search.ToolDescription;
import dev.toolkeep.wire.LeftOut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How registering one manual ended.
///
/// @param manual its name, as its tools carry it
/// @param tools those that may be called now
/// @param resting names of tools whose definition is not the one accepted before; see [ToolkeepClient#accept]
/// @param leftOut what the manual has and could not be taken, each with the reason
/// @param failure why nothing was registered; null when it was
public record Registration(
        String manual,
        List<ToolDescription> tools,
        List<String> resting,
        List<LeftOut> leftOut,
        @Nullable RegistrationFailed failure) {
    public Registration {
        tools = List.copyOf(tools);
        resting = List.copyOf(resting);
        leftOut = List.copyOf(leftOut);
    }

    static Registration failed(RegistrationFailed why) {
        return new Registration(why.manual(), List.of(), List.of(), List.of(), why);
    }

    public boolean success() {
        return failure == null;
    }

    /// The code of the failure; empty when there is none.
    public String code() {
        return failure == null ? "" : failure.code();
    }

    /// This, or the failure thrown.
    public Registration orThrow() {
        if (failure != null) {
            throw failure;
        }
        return this;
    }
}
