package io.qomo.store.cluster.rpc;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Hands an outcome to the one thread that made it and waits.
final class WaitingCallback implements ResponseCallback {
    private final Thread waiter = Thread.currentThread();
    private volatile @Nullable Object outcome;

    @Override
    public void completed(byte[] response) {
        outcome = response;
        LockSupport.unpark(waiter);
    }

    @Override
    public void failed(TransportException failure) {
        outcome = failure;
        LockSupport.unpark(waiter);
    }

    byte[] await() {
        Object known = outcome;
        while (known == null) {
            LockSupport.park(this);
            known = outcome;
            if (known == null && waiter.isInterrupted()) {
                throw new TransportException(new TransportException(
                        TransportException.Outcome.LOST, "interrupted while waiting for the response"));
            }
        }
        if (known instanceof TransportException failure) {
            throw new TransportException(failure);
        }
        return (byte[]) known;
    }
}
