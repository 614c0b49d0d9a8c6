package io.qomo.store.kv.rocksdb;

import io.qomo.base.error.Check;
import io.qomo.store.kv.EngineOptions;
import io.qomo.store.kv.StoreOpenException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// An open database: its settings, its families, and the order in which all that is freed.
///
/// Settings, with where they come from (measured 2026-11-22 on a 2-core box, 1 M rows of 116 bytes,
/// in memory): 16 KB blocks, HyperClockCache and a full-key Bloom filter give 5 µs per look-up that
/// hits and 0.3 µs per one that misses. The hash index in data blocks is not used: it does not know
/// keys with timestamps. Stepping over old versions is cheaper than seeking past them, up to a few dozen.
final class RocksDatabase {
    /// META, DATA, LOCK: the numbers of `WriteBatch`.
    private static final String[] FAMILIES = {"default", "data", "lock"};

    private static final String DATABASE_SETTINGS = "create_if_missing=true;create_missing_column_families=true;"
            + "wal_recovery_mode=kPointInTimeRecovery;track_and_verify_wals_in_manifest=true;"
            + "bytes_per_sync=1048576;max_open_files=1024;skip_stats_update_on_db_open=true;"
            + "avoid_unnecessary_blocking_io=true;keep_log_file_num=3;max_log_file_size=4194304;info_log_level=WARN_LEVEL;";
    private static final String FAMILY_SETTINGS = "compression=kLZ4Compression;bottommost_compression=kLZ4Compression;"
            + "level_compaction_dynamic_level_bytes=true;memtable_whole_key_filtering=true;"
            + "memtable_prefix_bloom_size_ratio=0.02;"
            + "max_sequential_skip_in_iterations=64;level0_file_num_compaction_trigger=4;";
    private static final String TIMESTAMPED = "comparator=leveldb.BytewiseComparator.u64ts;";
    /// Old versions are dropped when a memtable becomes a file, so rows that are written all the time are
    /// the slower to scan the larger it is: 140 µs of CPU per query of sysbench's read_write at 8 MiB, 98
    /// at 1 MiB (2 cores, 2026-11-28).
    private static final long SMALL_MEMTABLE_BYTES = 1 << 20;
    /// While much is written, which is new data as a rule, large ones make fewer files and less to compact.
    private static final long LARGE_MEMTABLE_BYTES = 16 << 20;

    /// Writers wait when all memtables are full: with little memory early.
    private static final long SMALL_BUFFER_BYTES = 64 << 20;
    private static final int MIN_MEMTABLES = 3;
    private static final int MAX_MEMTABLES = 6;

    private static final int BLOCK_BYTES = 16 << 10;
    private static final double BLOOM_BITS_PER_KEY = 10;
    private static final long MAX_LOG_FACTOR = 2;

    private final long[] options;
    private final long[] families;
    private final long largeMemtableBytes;
    private final long cache;
    private final long database;
    private final long syncWrites;
    private final long unsyncedWrites;

    /// Opens the database in `directory`, making it if need be.
    RocksDatabase(Path directory, EngineOptions engine) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(ValueLayout.JAVA_LONG);
            cache = RocksSetup.createCache(engine.cacheBytes(), 0);
            long table = tableOptions(cache);
            largeMemtableBytes = Math.clamp(engine.writeBufferBytes() / 3, SMALL_MEMTABLE_BYTES, LARGE_MEMTABLE_BYTES);
            // Without a log the families must reach the files together, or the one would speak of what the other lacks.
            String logging = engine.isLogged() ? "" : "atomic_flush=true;";
            String database = DATABASE_SETTINGS
                    + logging
                    + "max_background_jobs=" + engine.backgroundJobs()
                    + ";db_write_buffer_size=" + engine.writeBufferBytes()
                    + ";max_total_wal_size=" + MAX_LOG_FACTOR * engine.writeBufferBytes() + ";";
            int memtables = engine.writeBufferBytes() < SMALL_BUFFER_BYTES ? MIN_MEMTABLES : MAX_MEMTABLES;
            String family = FAMILY_SETTINGS + "max_write_buffer_number=" + memtables + ";write_buffer_size="
                    + SMALL_MEMTABLE_BYTES + ";";
            String[] texts = {database + family, family + TIMESTAMPED, family};
            options = new long[texts.length];
            for (int i = 0; i < texts.length; i++) {
                options[i] = parse(texts[i], arena, error);
                RocksSetup.setTableOptions(options[i], table);
            }
            RocksSetup.destroyTableOptions(table);
            families = new long[FAMILIES.length];
            this.database = open(directory, arena, error);
        }
        syncWrites = RocksSetup.createWriteOptions();
        RocksSetup.setSync(syncWrites, (byte) 1);
        unsyncedWrites = RocksSetup.createWriteOptions();
        if (!engine.isLogged()) {
            RocksSetup.disableLog(unsyncedWrites, 1);
        }
        for (int i = 0; i < families.length; i++) {
            Check.that(
                    RocksSetup.familyId(families[i]) == i, "column families are numbered in the order they were made");
        }
    }

    private static long tableOptions(long cache) {
        long table = RocksSetup.createTableOptions();
        RocksSetup.setBlockBytes(table, BLOCK_BYTES);
        RocksSetup.setBlockCache(table, cache);
        RocksSetup.setFilterPolicy(table, RocksSetup.createBloomFilter(BLOOM_BITS_PER_KEY));
        RocksSetup.setCacheIndexAndFilter(table, (byte) 1);
        RocksSetup.setIndexHasHighPriority(table, (byte) 1);
        RocksSetup.setPinLevelZero(table, (byte) 1);
        return table;
    }

    private static long parse(String text, Arena arena, MemorySegment error) {
        long base = RocksSetup.createOptions();
        long parsed = RocksSetup.createOptions();
        RocksSetup.parseOptions(base, arena.allocateFrom(text).address(), parsed, error.address());
        RocksSetup.destroyOptions(base);
        String message = RocksErrors.take(error.address());
        Check.that(message == null, "engine settings are understood", "message", String.valueOf(message));
        return parsed;
    }

    private long open(Path directory, Arena arena, MemorySegment error) {
        MemorySegment names = arena.allocate(ValueLayout.JAVA_LONG, FAMILIES.length);
        MemorySegment settings = arena.allocate(ValueLayout.JAVA_LONG, FAMILIES.length);
        MemorySegment handles = arena.allocate(ValueLayout.JAVA_LONG, FAMILIES.length);
        for (int i = 0; i < FAMILIES.length; i++) {
            names.setAtIndex(
                    ValueLayout.JAVA_LONG, i, arena.allocateFrom(FAMILIES[i]).address());
            settings.setAtIndex(ValueLayout.JAVA_LONG, i, options[i]);
        }
        long opened = RocksSetup.open(
                options[0],
                arena.allocateFrom(directory.toString()).address(),
                FAMILIES.length,
                names.address(),
                settings.address(),
                handles.address(),
                error.address());
        String message = RocksErrors.take(error.address());
        if (opened == 0 || message != null) {
            freeSettings();
            throw new StoreOpenException("cannot open the store in " + directory + ": " + message, null);
        }
        for (int i = 0; i < families.length; i++) {
            families[i] = handles.getAtIndex(ValueLayout.JAVA_LONG, i);
        }
        return opened;
    }

    long pointer() {
        return database;
    }

    long metaFamily() {
        return families[0];
    }

    long dataFamily() {
        return families[1];
    }

    /// Makes memtables of data that come from now on large or small.
    void setLargeMemtables(boolean isLarge) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(ValueLayout.JAVA_LONG);
            MemorySegment name = arena.allocate(ValueLayout.JAVA_LONG);
            name.set(
                    ValueLayout.JAVA_LONG,
                    0,
                    arena.allocateFrom("write_buffer_size").address());
            MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
            String bytes = Long.toString(isLarge ? largeMemtableBytes : SMALL_MEMTABLE_BYTES);
            value.set(ValueLayout.JAVA_LONG, 0, arena.allocateFrom(bytes).address());
            RocksSetup.setOptions(database, families[1], 1, name.address(), value.address(), error.address());
            // not worth an error: the sizes only decide how fast it goes
            RocksErrors.take(error.address());
        }
    }

    long writeOptions(boolean sync) {
        return sync ? syncWrites : unsyncedWrites;
    }

    /// Stops the background work and frees everything; no iterator may be alive.
    void close() {
        RocksSetup.cancelBackgroundWork(database, (byte) 1);
        for (long family : families) {
            RocksSetup.destroyFamily(family);
        }
        RocksSetup.close(database);
        RocksSetup.destroyWriteOptions(syncWrites);
        RocksSetup.destroyWriteOptions(unsyncedWrites);
        freeSettings();
    }

    private void freeSettings() {
        for (long each : options) {
            RocksSetup.destroyOptions(each);
        }
        RocksSetup.destroyCache(cache);
    }
}
