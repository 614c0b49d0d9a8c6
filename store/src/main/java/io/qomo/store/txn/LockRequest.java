package io.qomo.store.txn;

import java.util.concurrent.locks.LockSupport;

/// A place in the queue of a key.
///
/// ```
/// WAITING ─ grant ──→ GRANTED
///    ├───── choose ─→ VICTIM      (deadlock detection, from any thread)
///    └───── cancel ─→ CANCELLED   (timeout or interrupt, by its own thread)
/// ```
/// All transitions happen under the lock of the key's stripe.
final class LockRequest {
    enum State {
        WAITING,
        GRANTED,
        VICTIM,
        CANCELLED
    }

    final LockOwner owner;
    final LockMode mode;
    final KeyLock key;
    volatile State state = State.WAITING;
    private final Thread thread = Thread.currentThread();

    LockRequest(LockOwner owner, LockMode mode, KeyLock key) {
        this.owner = owner;
        this.mode = mode;
        this.key = key;
    }

    void wake() {
        LockSupport.unpark(thread);
    }
}
