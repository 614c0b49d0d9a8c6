package io.qomo.store.txn.remote;

import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.ReadSet;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.LockResult;
import io.qomo.store.txn.Participant;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import org.jspecify.annotations.Nullable;

/// A participant on another node, reached by requests: one for each call, as the leader answers it.
///
/// Throws besides what [Participant] says `NotLeaderException`, [UnknownTransactionException] and
/// `TransportException`.
final class RemoteParticipant implements Participant {
    /// What a request may take beyond the time it waits for locks.
    private static final long REQUEST_NANOS = 10_000_000_000L;

    private final GroupChannel channel;
    private final long leader;
    private final TransactionName name;
    private final int lane;
    private volatile boolean isKnown;
    private boolean isWriter;
    private boolean isCleared;

    RemoteParticipant(GroupChannel channel, long leader, TransactionName name) {
        this.channel = channel;
        this.leader = leader;
        this.name = name;
        this.lane = (int) (name.number() & Integer.MAX_VALUE);
    }

    private WireWriter request(Operation operation, int bytes) {
        WireWriter out = new WireWriter(bytes + 40)
                .put(GroupService.VERSION)
                .put(operation.ordinal())
                .fixed(name.incarnation())
                .number(name.number())
                .put((isKnown ? 0 : GroupService.MAY_BEGIN) | (isCleared ? GroupService.CLEAR_INTERRUPT : 0));
        isCleared = false;
        return out;
    }

    private WireReader call(WireWriter request, long waitNanos) {
        long timeout = waitNanos > Long.MAX_VALUE - REQUEST_NANOS ? Long.MAX_VALUE : waitNanos + REQUEST_NANOS;
        WireReader in = Answer.check(channel.call(leader, lane, request.toBytes(), timeout));
        isKnown = true;
        return in;
    }

    @Override
    public long takeSnapshot(boolean isValidated) {
        return call(request(Operation.SNAPSHOT, 1).put(isValidated), 0).fixed();
    }

    @Override
    public void adoptSnapshot(long snapshot) {
        call(request(Operation.ADOPT_SNAPSHOT, Long.BYTES).fixed(snapshot), 0);
    }

    @Override
    public void releaseSnapshot() {
        if (isKnown) {
            channel.tell(leader, lane, request(Operation.RELEASE_SNAPSHOT, 0).toBytes());
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key, long at) {
        return call(request(Operation.GET, key.length + 16).bytes(key).fixed(at), 0)
                .optional();
    }

    @Override
    public byte[] @Nullable [] multiGet(byte[][] keys, long at) {
        WireWriter out =
                request(Operation.MULTI_GET, 64 * keys.length).fixed(at).number(keys.length);
        for (byte[] key : keys) {
            out.bytes(key);
        }
        WireReader in = call(out, 0);
        byte[] @Nullable [] values = new byte[keys.length] @Nullable [];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.optional();
        }
        return values;
    }

    @Override
    public KvCursor scan(byte[] from, byte[] toExclusive, ScanDirection direction, long at) {
        return new RemoteCursor(this, from, toExclusive, direction, at);
    }

    /// A piece of a scan.
    WireReader scanPiece(byte[] from, byte[] toExclusive, ScanDirection direction, long at, int maxRows, int maxBytes) {
        return call(
                request(Operation.SCAN, from.length + toExclusive.length + 32)
                        .bytes(from)
                        .bytes(toExclusive)
                        .put(direction == ScanDirection.REVERSE)
                        .fixed(at)
                        .number(maxRows)
                        .number(maxBytes),
                0);
    }

    @Override
    public Newest newest(boolean isValidated) {
        WireReader in = call(request(Operation.NEWEST, 1).put(isValidated), 0);
        long id = in.number();
        long timestamp = in.fixed();
        return new Newest() {
            @Override
            public long timestamp() {
                return timestamp;
            }

            @Override
            public void close() {
                channel.tell(
                        leader,
                        lane,
                        request(Operation.CLOSE_NEWEST, 8).number(id).toBytes());
            }
        };
    }

    @Override
    public LockResult lock(byte[] key, LockMode mode, WaitPolicy policy, long waitNanos, boolean isValidated) {
        WireReader in = call(
                request(Operation.LOCK, key.length + 24)
                        .bytes(key)
                        .put(mode.ordinal())
                        .put(policy.ordinal())
                        .fixed(waitNanos)
                        .put(isValidated),
                policy == WaitPolicy.WAIT ? waitNanos : 0);
        boolean isGranted = in.flag();
        byte[] value = in.optional();
        return new LockResult(isGranted, value, in.flag());
    }

    @Override
    public boolean lockRange(
            byte[] from, byte[] toExclusive, LockMode mode, WaitPolicy policy, long waitNanos, boolean isValidated) {
        return call(
                        request(Operation.LOCK_RANGE, from.length + toExclusive.length + 32)
                                .bytes(from)
                                .bytes(toExclusive)
                                .put(mode.ordinal())
                                .put(policy.ordinal())
                                .fixed(waitNanos)
                                .put(isValidated),
                        policy == WaitPolicy.WAIT ? waitNanos : 0)
                .flag();
    }

    @Override
    public void insert(byte[] key, byte[] value, BufferedWrites writes, long waitNanos) {
        isWriter = true;
        call(request(Operation.INSERT, key.length + 16).bytes(key).fixed(waitNanos), waitNanos);
        writes.buffer(key, value);
    }

    @Override
    public void startWriting() {
        // the leader has to know of new keys only, and of those before they are written
        isWriter = true;
    }

    @Override
    public void wrote() {
        // the leader counts the new keys
    }

    @Override
    public Transaction.@Nullable Superseded superseded(byte[] key, long snapshot) {
        WireReader in =
                call(request(Operation.SUPERSEDED, key.length + 16).bytes(key).fixed(snapshot), 0);
        boolean isChanged = in.flag();
        byte[] value = in.optional();
        return isChanged ? new Transaction.Superseded(value) : null;
    }

    @Override
    public long commit(WriteBatch batch, byte[][] sortedKeys, @Nullable ReadSet reads, boolean makesRoom) {
        if (!isKnown) {
            // A commit must not make the transaction: long on its way, it would do so after its outcome
            // was asked for.
            call(request(Operation.RELEASE_SNAPSHOT, 0), 0);
        }
        WireWriter out = request(Operation.COMMIT, batch.length() + 16 * sortedKeys.length + 64);
        out.bytes(batch.encoded(), 0, batch.length());
        int[] slots = batch.slots();
        out.number(slots.length);
        int last = 0;
        for (int slot : slots) {
            out.number(slot - last);
            last = slot;
        }
        out.number(sortedKeys.length);
        for (byte[] key : sortedKeys) {
            out.bytes(key);
        }
        GroupService.write(reads, out);
        out.put(makesRoom);
        return call(out, 0).fixed();
    }

    @Override
    public void validate(@Nullable ReadSet reads) {
        WireWriter out = request(Operation.VALIDATE, 64);
        GroupService.write(reads, out);
        call(out, 0);
    }

    @Override
    public void end() {
        if (isKnown || isWriter) {
            isKnown = true;
            channel.tell(leader, lane, request(Operation.END, 0).toBytes());
        }
    }

    @Override
    public void interrupt() {
        if (isKnown) {
            WireWriter out = new WireWriter(40)
                    .put(GroupService.VERSION)
                    .put(Operation.INTERRUPT.ordinal())
                    .fixed(name.incarnation())
                    .number(name.number())
                    .put(0);
            channel.tell(leader, Transport.UNORDERED, out.toBytes());
        }
    }

    @Override
    public void clearInterrupt() {
        isCleared = true;
    }
}
