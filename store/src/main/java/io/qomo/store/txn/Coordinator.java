package io.qomo.store.txn;

import io.qomo.base.memory.MemoryAccount;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Begins transactions, and knows how many are open and what memory their writes take.
public final class Coordinator implements TransactionManager {
    private final Participants participants;
    private final MemoryAccount buffers;
    private final AtomicLong nextId = new AtomicLong(1);
    private final AtomicInteger open = new AtomicInteger();

    /// Transactions over the group of `participants`.
    ///
    /// @param bufferBytes memory for the writes of all of them
    public Coordinator(Participants participants, long bufferBytes) {
        this.participants = participants;
        this.buffers = new MemoryAccount("transactions", bufferBytes);
    }

    @Override
    public Transaction begin(TransactionOptions options) {
        open.incrementAndGet();
        return new CoordinatedTransaction(this, nextId.getAndIncrement(), options);
    }

    @Override
    public long latestTimestamp() {
        return participants.latestTimestamp();
    }

    @Override
    public int openTransactions() {
        return open.get();
    }

    @Override
    public long bufferedBytes() {
        return buffers.usedBytes();
    }

    @Override
    public long lockWaits() {
        return participants.lockWaits();
    }

    @Override
    public long lockWaitNanos() {
        return participants.lockWaitNanos();
    }

    /// The memory of buffered writes.
    MemoryAccount buffers() {
        return buffers;
    }

    /// The part of a new transaction in the group.
    Participant join(long transactionId, Participant.BufferedWrites writes) {
        return participants.join(transactionId, writes);
    }

    void ended() {
        open.decrementAndGet();
    }
}
