package dev.toolkeep.testkit.contract;

import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.MemoryCatalog;

class MemoryVersionsTest extends VersionsContract {
    @Override
    protected Catalog open() {
        return new MemoryCatalog();
    }
}
