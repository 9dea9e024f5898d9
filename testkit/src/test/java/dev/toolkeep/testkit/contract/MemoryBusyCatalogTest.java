package dev.toolkeep.testkit.contract;

import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.MemoryCatalog;

class MemoryBusyCatalogTest extends BusyCatalogContract {
    @Override
    protected Catalog open() {
        return new MemoryCatalog();
    }
}
