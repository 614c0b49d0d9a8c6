package io.qomo.store.txn;

import io.qomo.base.error.Check;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// A load that collects a chunk of entries, and has it written when it is full.
public final class ChunkedLoad implements BulkLoader.Load {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int ENTRY_OVERHEAD_BYTES = 64;

    private final ToLongFunction<NavigableMap<byte[], byte[]>> writer;
    private final Runnable closing;
    private NavigableMap<byte[], byte[]> chunk = new TreeMap<>(Arrays::compareUnsigned);
    private long chunkBytes;
    private long written;
    private boolean isOver;

    /// @param writer  makes a chunk durable, which it may keep, and returns how many entries it wrote
    /// @param closing runs when the load is closed
    public ChunkedLoad(ToLongFunction<NavigableMap<byte[], byte[]>> writer, Runnable closing) {
        this.writer = writer;
        this.closing = closing;
    }

    @Override
    public void add(byte[] key, byte[] value) {
        Check.that(!isOver, "the load is over");
        chunk.put(key, value);
        chunkBytes += key.length + value.length + ENTRY_OVERHEAD_BYTES;
        if (chunkBytes >= CHUNK_BYTES) {
            flush();
        }
    }

    private void flush() {
        written += writer.applyAsLong(chunk);
        chunk = new TreeMap<>(Arrays::compareUnsigned);
        chunkBytes = 0;
    }

    @Override
    public long finish() {
        Check.that(!isOver, "the load is over");
        if (chunkBytes > 0) {
            flush();
        }
        isOver = true;
        return written;
    }

    @Override
    public void close() {
        isOver = true;
        closing.run();
    }
}
