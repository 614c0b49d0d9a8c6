package io.qomo.store.cluster.log;

import java.util.ArrayDeque;

/// Keeps the newest records of all groups in memory, up to a size. Owned by the leader.
///
/// A record that its group has forgotten counts until its turn comes.
final class TailCache {
    /// Of the objects around a payload.
    private static final int RECORD_BYTES = 80;

    private final long limitBytes;
    private long bytes;
    private final ArrayDeque<GroupState> owners = new ArrayDeque<>();
    private final ArrayDeque<LogRecord> records = new ArrayDeque<>();

    TailCache(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /// Takes the record in, unless it is larger than a quarter of the cache.
    void add(GroupState group, LogRecord record) {
        long size = size(record);
        if (size > limitBytes / 4) {
            return;
        }
        owners.addLast(group);
        records.addLast(record);
        bytes += size;
        group.cache(record);
        while (bytes > limitBytes) {
            LogRecord oldest = records.removeFirst();
            bytes -= size(oldest);
            owners.removeFirst().dropCached(oldest);
        }
    }

    private static long size(LogRecord record) {
        return record.payload().length + RECORD_BYTES;
    }
}
