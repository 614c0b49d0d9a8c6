package io.qomo.store.kv.rocksdb;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.kv.EngineOptions;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An ordered store in a RocksDB directory.
///
/// Reads are made on the caller's thread with a handle of their own and never wait for each other.
/// Writes are one at a time. A thread looks after idle iterators, which would keep files and memory
/// from being freed.
public final class RocksStore implements OrderedStore {
    private static final Logger LOG = LoggerFactory.getLogger(RocksStore.class);
    private static final long IDLE_ITERATOR_NANOS = 1_000_000_000L;
    private static final long CLOSE_TIMEOUT_NANOS = 10_000_000_000L;
    private static final long SMALL_WRITE_BYTES = 1 << 20;
    /// Memtables above this are written to files at close, so that the next start has little log to
    /// replay.
    private static final long MAX_REPLAY_BYTES = 2 << 20;
    private static final byte MEMTABLES_AND_FILES = 3;

    private final RocksDatabase database;
    private final String directory;
    private final Env env;
    private final ReadHandles handles;
    private final RocksMeta meta;
    private final WritePace pace;
    private final Thread housekeeper;
    // guarded by writeLock
    private final Object writeLock = new Object();
    private final Scratch encoded = new Scratch(SMALL_WRITE_BYTES);
    private final Scratch writeError = new Scratch(Long.BYTES);
    private boolean isClosed;
    private volatile boolean isClosing;

    /// Opens or makes the store in `directory`, whose parent exists. Throws `StoreOpenException`,
    /// also when the log is damaged; `wasSynced` says that all earlier writes were synced, without
    /// which that cannot be told.
    public RocksStore(Path directory, EngineOptions options, Env env, boolean wasSynced) {
        this.directory = directory.toString();
        if (wasSynced) {
            LogInspector.check(directory);
        }
        this.env = env;
        this.database = new RocksDatabase(directory, options);
        this.pace = new WritePace(database::setLargeMemtables);
        this.handles =
                new ReadHandles(() -> new ReadHandle(database.pointer(), database.dataFamily(), directory.toString()));
        this.meta = new RocksMeta(database.pointer(), database.metaFamily(), this.directory);
        Binding.setLong(writeError.address(Long.BYTES), 0);
        this.housekeeper = env.threads("store-engine").newThread(this::keepHouse);
        housekeeper.start();
    }

    private void keepHouse() {
        while (!isClosing) {
            LockSupport.parkNanos(this, IDLE_ITERATOR_NANOS);
            if (!isClosing) {
                pace.tick();
                handles.releaseIteratorsUnusedSince(env.nanoTime() - IDLE_ITERATOR_NANOS);
            }
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key, long timestamp) {
        ReadHandle handle = handles.take();
        try {
            return handle.get(key, timestamp);
        } finally {
            handles.give(handle);
        }
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys, long timestamp) {
        ReadHandle handle = handles.take();
        try {
            return handle.multiGet(keys, timestamp);
        } finally {
            handles.give(handle);
        }
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long timestamp) {
        ReadHandle handle = handles.take();
        boolean isOpen = false;
        try {
            handle.openRange(from, toExclusive, timestamp, env.nanoTime());
            isOpen = true;
            return new RocksCursor(handles, handle, from, toExclusive.length > 0, direction);
        } finally {
            if (!isOpen) {
                handles.give(handle);
            }
        }
    }

    @Override
    public boolean hasVersionAfter(byte[] key, long timestamp) {
        ReadHandle handle = handles.take();
        try {
            return handle.hasVersionSince(key, timestamp + 1);
        } finally {
            handles.give(handle);
        }
    }

    @Override
    public byte @Nullable [] meta(byte[] key) {
        ReadHandle guard = handles.take();
        try {
            return meta.get(key);
        } finally {
            handles.give(guard);
        }
    }

    @Override
    public KvCursor scanMeta(byte[] from, byte[] toExclusive) {
        ReadHandle guard = handles.take();
        try {
            return meta.scan(from, toExclusive);
        } finally {
            handles.give(guard);
        }
    }

    @Override
    public void write(WriteBatch batch, boolean sync) {
        synchronized (writeLock) {
            checkOpen();
            long nativeBatch = nativeBatch(batch);
            long error = writeError.address(Long.BYTES);
            RocksCalls.write(database.pointer(), database.writeOptions(sync), nativeBatch, error);
            RocksCalls.destroyBatch(nativeBatch);
            String message = RocksErrors.take(error);
            if (message != null) {
                throw RocksErrors.write(message, directory);
            }
        }
        pace.wrote(batch.length());
    }

    /// By way of memory of its own, but for large batches, whose memory would be needed once more.
    private long nativeBatch(WriteBatch batch) {
        if (batch.length() > SMALL_WRITE_BYTES) {
            return RocksCalls.createBatch(batch.encoded(), batch.length());
        }
        return RocksCalls.createBatch(encoded.hold(batch.encoded(), batch.length()), batch.length());
    }

    @Override
    public void dropHistory(long timestamp) {
        synchronized (writeLock) {
            checkOpen();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(ValueLayout.JAVA_LONG, 3);
                if (timestamp > horizon(memory)) {
                    memory.set(ValueLayout.JAVA_LONG, 0, timestamp);
                    long error = memory.address() + 2L * Long.BYTES;
                    RocksSetup.dropHistory(
                            database.pointer(), database.dataFamily(), memory.address(), Long.BYTES, error);
                    RocksErrors.check(error, directory);
                }
            }
        }
    }

    @Override
    public long historyHorizon() {
        synchronized (writeLock) {
            checkOpen();
            try (Arena arena = Arena.ofConfined()) {
                return horizon(arena.allocate(ValueLayout.JAVA_LONG, 3));
            }
        }
    }

    private long horizon(MemorySegment memory) {
        long error = memory.address() + 2L * Long.BYTES;
        long bytes =
                RocksSetup.history(database.pointer(), database.dataFamily(), memory.address() + Long.BYTES, error);
        RocksErrors.check(error, directory);
        if (bytes == 0) {
            return 0;
        }
        long length = memory.getAtIndex(ValueLayout.JAVA_LONG, 1);
        long horizon = length == Long.BYTES ? Binding.longAt(bytes) : 0;
        RocksCalls.free(bytes);
        return horizon;
    }

    @Override
    public void reclaim(byte[] from, byte[] toExclusive) {
        ReadHandle guard = handles.take();
        try (Scratch range = new Scratch(Long.BYTES + from.length + toExclusive.length)) {
            long error = range.address(0);
            long start = error + Long.BYTES;
            long end = start + from.length;
            Binding.setLong(error, 0);
            Binding.write(start, from, from.length);
            Binding.write(end, toExclusive, toExclusive.length);
            long data = database.dataFamily();
            RocksSetup.deleteFiles(database.pointer(), data, start, from.length, end, toExclusive.length, error);
            RocksErrors.check(error, directory);
        } finally {
            handles.give(guard);
        }
    }

    @Override
    public long approximateBytes(byte[] from, byte[] toExclusive) {
        ReadHandle guard = handles.take();
        byte[] end = toExclusive.length == 0 ? new byte[] {-1, -1, -1, -1, -1, -1, -1, -1} : toExclusive;
        try (Scratch memory = new Scratch(6L * Long.BYTES + from.length + end.length)) {
            long start = memory.address(0);
            long text = start + 6L * Long.BYTES;
            Binding.write(text, from, from.length);
            Binding.write(text + from.length, end, end.length);
            Binding.setLong(start, text);
            Binding.setLong(start + 8, from.length);
            Binding.setLong(start + 16, text + from.length);
            Binding.setLong(start + 24, end.length);
            Binding.setLong(start + 32, 0);
            Binding.setLong(start + 40, 0);
            RocksSetup.approximateSizes(
                    database.pointer(),
                    database.dataFamily(),
                    1,
                    start,
                    start + 8,
                    start + 16,
                    start + 24,
                    MEMTABLES_AND_FILES,
                    start + 32,
                    start + 40);
            RocksErrors.check(start + 40, directory);
            return Binding.longAt(start + 32);
        } finally {
            handles.give(guard);
        }
    }

    @Override
    public long averageEntryBytes() {
        long keys = property("rocksdb.estimate-num-keys");
        // The same measure as of the ranges it is set against: files are compressed, memtables are not.
        long bytes = approximateBytes(new byte[0], new byte[0]);
        return Math.max(1, bytes / Math.max(1, keys));
    }

    private long property(String name) {
        ReadHandle guard = handles.take();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
            int status = RocksSetup.property(
                    database.pointer(),
                    database.dataFamily(),
                    arena.allocateFrom(name).address(),
                    result.address());
            return status == 0 ? result.get(ValueLayout.JAVA_LONG, 0) : 0;
        } finally {
            handles.give(guard);
        }
    }

    @Override
    public void checkpoint(Path target) {
        ReadHandle guard = handles.take();
        try (Arena arena = Arena.ofConfined()) {
            long error = arena.allocate(ValueLayout.JAVA_LONG).address();
            long checkpointer = RocksSetup.createCheckpointer(database.pointer(), error);
            RocksErrors.check(error, directory);
            RocksSetup.checkpoint(
                    checkpointer, arena.allocateFrom(target.toString()).address(), 0, error);
            RocksSetup.destroyCheckpointer(checkpointer);
            RocksErrors.check(error, directory);
        } finally {
            handles.give(guard);
        }
    }

    /// Writes the memtables to files and merges all files of the data family, dropping the history
    /// that may go.
    public void compactAll() {
        ReadHandle guard = handles.take();
        try {
            flush();
            RocksSetup.compact(database.pointer(), database.dataFamily(), 0, 0, 0, 0);
        } finally {
            handles.give(guard);
        }
    }

    private void flush() {
        try (Arena arena = Arena.ofConfined()) {
            long error = arena.allocate(ValueLayout.JAVA_LONG).address();
            long options = RocksSetup.createFlushOptions();
            RocksSetup.flush(database.pointer(), options, database.metaFamily(), error);
            if (Binding.longAt(error) == 0) {
                RocksSetup.flush(database.pointer(), options, database.dataFamily(), error);
            }
            RocksSetup.destroyFlushOptions(options);
            RocksErrors.check(error, directory);
        }
    }

    private void checkOpen() {
        if (isClosed) {
            throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
        }
    }

    private void flushBeforeClose() {
        try {
            if (property("rocksdb.cur-size-all-mem-tables") > MAX_REPLAY_BYTES) {
                flush();
            }
        } catch (SqlException e) {
            LOG.atWarn().setCause(e).log("could not flush at close; the log will be replayed");
        }
    }

    @Override
    public void close() {
        synchronized (writeLock) {
            if (isClosed) {
                return;
            }
            isClosed = true;
        }
        flushBeforeClose();
        isClosing = true;
        LockSupport.unpark(housekeeper);
        try {
            housekeeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (handles.close(env::nanoTime, CLOSE_TIMEOUT_NANOS)) {
            database.close();
            encoded.close();
            writeError.close();
        } else {
            LOG.atError().addKeyValue("directory", directory).log("readers did not finish; the engine is left open");
        }
    }
}
