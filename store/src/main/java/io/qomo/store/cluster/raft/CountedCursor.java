package io.qomo.store.cluster.raft;

import io.qomo.store.kv.KvCursor;

/// A cursor that tells when it is closed.
final class CountedCursor implements KvCursor {
    private final KvCursor inner;
    private final Runnable closed;
    private boolean isClosed;

    CountedCursor(KvCursor inner, Runnable closed) {
        this.inner = inner;
        this.closed = closed;
    }

    @Override
    public boolean next() {
        return inner.next();
    }

    @Override
    public byte[] keyBuffer() {
        return inner.keyBuffer();
    }

    @Override
    public int keyOffset() {
        return inner.keyOffset();
    }

    @Override
    public int keyLength() {
        return inner.keyLength();
    }

    @Override
    public byte[] valueBuffer() {
        return inner.valueBuffer();
    }

    @Override
    public int valueOffset() {
        return inner.valueOffset();
    }

    @Override
    public int valueLength() {
        return inner.valueLength();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            inner.close();
            closed.run();
        }
    }
}
