package io.qomo.store.cluster.raft;

import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A group's copy on this node: a store and how much of the log it holds. The log's thread applies; any
/// thread reads.
///
/// Two meta keys say where it stands, in the same batch as what they speak of: `applied`, the timestamp,
/// which the leader put into the batch, and `raft`, the index and term of the entry:
///
/// ```
/// raft   index 8 bytes, term 8 bytes, little-endian
/// ```
final class GroupReplica {
    private static final byte[] APPLIED_KEY = "applied".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RAFT_KEY = "raft".getBytes(StandardCharsets.US_ASCII);
    /// Room in a batch for the record of [#RAFT_KEY].
    private static final int RAFT_RECORD_BYTES = 64;

    private final OrderedStore store;
    private volatile long appliedTimestamp;
    private volatile long appliedIndex;
    /// History below it may be gone.
    private volatile long horizon;

    GroupReplica(OrderedStore store) {
        this.store = store;
        reload();
    }

    /// Reads anew where the store stands, after it was exchanged.
    void reload() {
        byte[] applied = store.meta(APPLIED_KEY);
        byte[] raft = store.meta(RAFT_KEY);
        appliedTimestamp = applied == null ? 0 : longAt(applied);
        appliedIndex = raft == null ? 0 : longAt(raft);
        horizon = store.historyHorizon();
    }

    /// The store is about to be exchanged; [#reload] follows.
    void exchanging() {
        horizon = Long.MAX_VALUE;
    }

    /// Whether reads at this timestamp see all there is; see [GroupMember#holds].
    boolean holds(long timestamp) {
        return appliedTimestamp >= timestamp && horizon <= timestamp;
    }

    private static long longAt(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    OrderedStore store() {
        return store;
    }

    /// Everything up to this timestamp is in the store.
    long appliedTimestamp() {
        return appliedTimestamp;
    }

    /// The last entry of the log that is in the store; entries up to it are not applied again.
    long appliedIndex() {
        return appliedIndex;
    }

    /// Adds the record of the applied timestamp, which the leader does before the batch enters the log.
    static void addTimestamp(WriteBatch batch, long timestamp) {
        byte[] applied = new byte[Long.BYTES];
        ByteBuffer.wrap(applied).order(ByteOrder.LITTLE_ENDIAN).putLong(timestamp);
        batch.putMeta(APPLIED_KEY, applied);
    }

    /// Makes what the store holds the state after the first entry of a new log, whose term is 1.
    void found() {
        WriteBatch batch = new WriteBatch(RAFT_RECORD_BYTES);
        addPosition(batch, 1, 1);
        store.write(batch, false);
        appliedIndex = 1;
    }

    private static void addPosition(WriteBatch batch, long index, long term) {
        byte[] raft = new byte[2 * Long.BYTES];
        ByteBuffer.wrap(raft).order(ByteOrder.LITTLE_ENDIAN).putLong(index).putLong(term);
        batch.putMeta(RAFT_KEY, raft);
    }

    /// Applies an entry read from the log.
    void apply(long index, long term, ByteBuffer data) {
        EntryCodec.Entry entry = EntryCodec.decode(data, RAFT_RECORD_BYTES);
        if (entry != null) {
            apply(index, term, entry.timestamp(), entry.horizon(), entry.batch());
        }
    }

    /// Applies an entry whose batch is at hand.
    void apply(long index, long term, long timestamp, long newHorizon, WriteBatch batch) {
        addPosition(batch, index, term);
        store.write(batch, false);
        appliedIndex = index;
        appliedTimestamp = timestamp;
        if (newHorizon > horizon) {
            horizon = newHorizon;
            store.dropHistory(newHorizon);
        }
    }
}
