package io.qomo.store.kv.memory;

import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.OrderedStoreConformance;

class MemoryStoreTest extends OrderedStoreConformance {
    @Override
    protected OrderedStore create() {
        return new MemoryStore();
    }

    @Override
    protected void settle(OrderedStore store) {}
}
