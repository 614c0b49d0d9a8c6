package io.qomo.store.cluster.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/// One open file. Reading is for many threads, writing for one; none of it heeds interrupts.
interface LogFile extends AutoCloseable {
    /// Its length.
    long size() throws IOException;

    /// Writes all that remains of `bytes`.
    void write(ByteBuffer bytes, long at) throws IOException;

    /// Reads until `target` is full or the file ends; false when it ended.
    boolean read(ByteBuffer target, long at) throws IOException;

    /// Waits until what was written is on the disk.
    ///
    /// Throws `InterruptedForceException` when that cannot be known because the thread was
    /// interrupted: write all again, and force it again.
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
