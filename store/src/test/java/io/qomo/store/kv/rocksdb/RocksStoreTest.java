package io.qomo.store.kv.rocksdb;

import io.qomo.base.env.SystemEnv;
import io.qomo.store.kv.EngineOptions;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.OrderedStoreConformance;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest extends OrderedStoreConformance {
    private static final EngineOptions SMALL = new EngineOptions(8 << 20, 4 << 20, 2);

    @TempDir
    private Path directory;

    private int created;

    @Override
    protected OrderedStore create() {
        created++;
        return new RocksStore(directory.resolve("engine" + created), SMALL, new SystemEnv(), true);
    }

    @Override
    protected void settle(OrderedStore store) {
        ((RocksStore) store).compactAll();
    }
}
