package io.qomo.store.txn.remote;

import io.qomo.store.txn.GroupLeader;
import io.qomo.store.txn.Participant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/// The leader's side of a transaction whose gateway is another node: its participant, and the new keys it
/// has told of.
///
/// Guarded by its lock, but for [#interrupt].
final class HostedTransaction implements Participant.BufferedWrites {
    private static final byte[] NONE = {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Participant participant;
    /// Keys told of, which are written when the transaction commits; guarded by itself.
    private final TreeSet<byte[]> newKeys = new TreeSet<>(Arrays::compareUnsigned);
    private final Map<Long, Participant.Newest> newest = new HashMap<>();
    private final long beganNanos;
    private long nextNewest = 1;
    private boolean isEnded;
    private volatile boolean isBusy;
    private volatile long lastUsedNanos;

    HostedTransaction(GroupLeader leader, TransactionName name, long nowNanos) {
        this.participant = leader.join(name.number(), this);
        this.beganNanos = nowNanos;
        this.lastUsedNanos = nowNanos;
    }

    /// A request begins: others wait until [#finish].
    void begin(long nowNanos, boolean isNewStatement) {
        lock.lock();
        if (isEnded) {
            lock.unlock();
            throw new UnknownTransactionException();
        }
        isBusy = true;
        lastUsedNanos = nowNanos;
        if (isNewStatement) {
            participant.clearInterrupt();
        }
    }

    /// The request is done.
    void finish(long nowNanos) {
        isBusy = false;
        lastUsedNanos = nowNanos;
        lock.unlock();
    }

    /// When its first request came.
    long beganNanos() {
        return beganNanos;
    }

    /// When a request last began or was done.
    long lastUsedNanos() {
        return lastUsedNanos;
    }

    /// Whether a request is being handled.
    boolean isBusy() {
        return isBusy;
    }

    Participant participant() {
        return participant;
    }

    void openNewest(boolean isValidated, WireWriter out) {
        Participant.Newest opened = participant.newest(isValidated);
        long id = nextNewest++;
        newest.put(id, opened);
        out.number(id).fixed(opened.timestamp());
    }

    void closeNewest(long id) {
        Participant.Newest opened = newest.remove(id);
        if (opened != null) {
            opened.close();
        }
    }

    void insert(byte[] key, long waitNanos) {
        participant.insert(key, NONE, this, waitNanos);
        participant.wrote();
    }

    @Override
    public void buffer(byte[] key, byte[] value) {
        synchronized (newKeys) {
            newKeys.add(key);
        }
    }

    @Override
    public boolean writesIn(byte[] from, byte[] toExclusive) {
        synchronized (newKeys) {
            byte[] first = newKeys.ceiling(from);
            return first != null && (toExclusive.length == 0 || Arrays.compareUnsigned(first, toExclusive) < 0);
        }
    }

    void interrupt() {
        participant.interrupt();
    }

    /// Waits for a request that is being handled, and gives everything up.
    void end() {
        lock.lock();
        try {
            if (!isEnded) {
                isEnded = true;
                newest.values().forEach(Participant.Newest::close);
                newest.clear();
                participant.end();
            }
        } finally {
            lock.unlock();
        }
    }
}
