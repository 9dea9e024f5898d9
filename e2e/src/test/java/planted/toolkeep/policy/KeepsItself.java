package planted.toolkeep.policy;

import dev.toolkeep.store.SqlStore;

record KeepsItself(SqlStore store) {}
