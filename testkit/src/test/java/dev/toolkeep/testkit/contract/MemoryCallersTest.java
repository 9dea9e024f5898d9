package dev.toolkeep.testkit.contract;

import dev.toolkeep.caller.Callers;
import dev.toolkeep.caller.MemoryCallers;

class MemoryCallersTest extends CallersContract {
    @Override
    protected Callers open() {
        return new MemoryCallers();
    }
}
