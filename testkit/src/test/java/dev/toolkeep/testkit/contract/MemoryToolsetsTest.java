package dev.toolkeep.testkit.contract;

import dev.toolkeep.toolset.MemoryToolsets;
import dev.toolkeep.toolset.Toolsets;

class MemoryToolsetsTest extends ToolsetsContract {
    @Override
    protected Toolsets open() {
        return new MemoryToolsets();
    }
}
