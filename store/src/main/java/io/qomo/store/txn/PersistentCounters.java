package io.qomo.store.txn;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.Replicator;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.MetaCommand;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/// Counters that run ahead of the disk in blocks: the persisted ceiling is above every value handed
/// out.
///
/// Blocks double from 8 to 8192 values, so that a small table loses few values in a crash and a
/// busy one syncs seldom.
public final class PersistentCounters implements Counters {
    private static final byte[] PREFIX = "counter/".getBytes(StandardCharsets.US_ASCII);
    private static final long FIRST_BLOCK = 8;
    private static final long LAST_BLOCK = 8192;
    /// The greatest unsigned number, which is never handed out: no ceiling would be above it.
    private static final long MAX = -1L;

    private final OrderedStore store;
    private final Replicator replicator;
    private final Map<Long, State> states = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    /// One counter; guarded by its lock, which is held while it is persisted. Numbers are unsigned.
    private static final class State {
        final ReentrantLock lock = new ReentrantLock();
        long next = 1;
        long ceiling = 1;
        long block = FIRST_BLOCK;
        boolean isLoaded;
        boolean isRemoved;
    }

    /// Counters kept in META of `store`, written through `replicator`.
    public PersistentCounters(OrderedStore store, Replicator replicator) {
        this.store = store;
        this.replicator = replicator;
    }

    @Override
    public long next(long counterId, long count, long increment, long offset) {
        if (count < 1 || increment < 1) {
            throw new IllegalArgumentException("count and increment are at least 1");
        }
        return with(counterId, state -> take(counterId, state, count, increment, offset));
    }

    /// Runs `action` with the loaded state under its lock.
    private long with(long counterId, ToLongFunction<State> action) {
        while (true) {
            State state = states.computeIfAbsent(counterId, id -> new State());
            state.lock.lock();
            try {
                if (isClosed) {
                    throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
                }
                if (!state.isRemoved) {
                    load(counterId, state);
                    return action.applyAsLong(state);
                }
            } finally {
                state.lock.unlock();
            }
        }
    }

    private long take(long counterId, State state, long count, long increment, long offset) {
        long first = align(state.next, increment, offset);
        long high = Math.multiplyHigh(count - 1, increment);
        long distance = (count - 1) * increment;
        long last = first + distance;
        boolean isOverflow = Long.compareUnsigned(first, state.next) < 0
                || high != 0
                || Long.compareUnsigned(last, first) < 0
                || last == MAX;
        if (isOverflow) {
            throw new SqlException(ErrorCode.AUTO_INCREMENT_EXHAUSTED);
        }
        cover(counterId, state, last);
        advance(state, last);
        return first;
    }

    /// The smallest v ≥ `from` with v ≡ offset (mod increment); wraps below `from` when there is
    /// none.
    private static long align(long from, long increment, long offset) {
        if (increment == 1) {
            return from;
        }
        long wanted = Math.floorMod(offset, increment);
        long gap = Math.floorMod(wanted - Long.remainderUnsigned(from, increment), increment);
        return from + gap;
    }

    /// Persists a ceiling above `last` before `last` is handed out.
    private void cover(long counterId, State state, long last) {
        if (Long.compareUnsigned(last, state.ceiling) < 0 || state.ceiling == MAX) {
            return;
        }
        long ceiling = last + state.block;
        if (Long.compareUnsigned(ceiling, last) <= 0) {
            ceiling = MAX;
        }
        persist(counterId, ceiling);
        state.ceiling = ceiling;
        state.block = Math.min(LAST_BLOCK, state.block * 2);
    }

    private static void advance(State state, long used) {
        if (Long.compareUnsigned(used, state.next) >= 0) {
            state.next = used == MAX ? MAX : used + 1;
        }
    }

    @Override
    public void raise(long counterId, long used) {
        with(counterId, state -> {
            if (Long.compareUnsigned(used, state.next) >= 0) {
                cover(counterId, state, used);
                advance(state, used);
            }
            return state.next;
        });
    }

    @Override
    public void reset(long counterId, long next) {
        with(counterId, state -> {
            persist(counterId, next);
            state.next = next;
            state.ceiling = next;
            state.block = FIRST_BLOCK;
            return next;
        });
    }

    @Override
    public long peek(long counterId) {
        return with(counterId, state -> state.next);
    }

    @Override
    public void remove(long counterId) {
        with(counterId, state -> {
            WriteBatch batch = new WriteBatch(32);
            batch.deleteMeta(metaKey(counterId));
            replicator.propose(new MetaCommand(batch));
            state.isRemoved = true;
            states.remove(counterId, state);
            return 0;
        });
    }

    /// Hands out nothing any more and persists where the counters stand, so that a clean restart
    /// skips nothing.
    public void close() {
        isClosed = true;
        WriteBatch batch = new WriteBatch(64);
        states.forEach((id, state) -> {
            state.lock.lock();
            try {
                if (state.isLoaded && !state.isRemoved && state.next != state.ceiling) {
                    batch.putMeta(metaKey(id), encode(state.next));
                    state.ceiling = state.next;
                }
            } finally {
                state.lock.unlock();
            }
        });
        if (batch.count() > 0) {
            replicator.propose(new MetaCommand(batch));
        }
    }

    private void load(long counterId, State state) {
        if (state.isLoaded) {
            return;
        }
        byte[] persisted = store.meta(metaKey(counterId));
        if (persisted != null) {
            state.next = ByteBuffer.wrap(persisted).getLong();
            state.ceiling = state.next;
        }
        state.isLoaded = true;
    }

    private void persist(long counterId, long ceiling) {
        WriteBatch batch = new WriteBatch(64);
        batch.putMeta(metaKey(counterId), encode(ceiling));
        replicator.propose(new MetaCommand(batch));
    }

    private static byte[] encode(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] metaKey(long counterId) {
        return ByteBuffer.allocate(PREFIX.length + Long.BYTES)
                .put(PREFIX)
                .putLong(counterId)
                .array();
    }
}
