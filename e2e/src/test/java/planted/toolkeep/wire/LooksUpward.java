package planted.toolkeep.wire;

import dev.toolkeep.call.Snapshot;

record LooksUpward(Snapshot above) {}
