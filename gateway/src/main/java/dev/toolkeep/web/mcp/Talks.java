package dev.toolkeep.web.mcp;

import dev.toolkeep.protocol.Questions;
import dev.toolkeep.protocol.Talk;
import dev.toolkeep.protocol.Withdrawal;
import dev.toolkeep.web.rpc.RpcError;
import org.jspecify.annotations.Nullable;

/// What a request's era lets its call and its tool say to each other.
interface Talks {
    /// The call a retry goes on with; null when the request begins one of its own.
    ///
    /// @throws RpcError when the request's state is not one of ours for it
    default Going going(Desk desk, Talk.Purpose purpose, Withdrawal withdrawal) throws RpcError {
        return new Going(Talk.NONE, null, false);
    }

    /// @param talk of a new call
    /// @param parked the call's own place when it can be parked, or is
    /// @param resumed whether it was parked already, so that no new call begins
    record Going(Talk talk, Parking.@Nullable Parked parked, boolean resumed) {
        Questions questions() {
            return talk.questions();
        }
    }
}
