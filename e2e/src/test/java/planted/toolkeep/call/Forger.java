package planted.toolkeep.call;

import planted.toolkeep.policy.PermittedCall;
import planted.toolkeep.trust.TrustedTool;

final class Forger {
    TrustedTool trusted() {
        return new TrustedTool();
    }

    PermittedCall permitted() {
        return new PermittedCall();
    }
}
