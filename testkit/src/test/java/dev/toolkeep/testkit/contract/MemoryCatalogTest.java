package dev.toolkeep.testkit.contract;

import dev.toolkeep.registry.Catalog;
import dev.toolkeep.registry.MemoryCatalog;

class MemoryCatalogTest extends CatalogContract {
    @Override
    protected Catalog open() {
        return new MemoryCatalog();
    }
}
