package io.qomo.store.txn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who holds a key and who waits for it. Everything is guarded by the stripe it lives in.
final class KeyLock {
    /// Stands for all empty queues and is never added to.
    private static final ArrayDeque<LockRequest> EMPTY = new ArrayDeque<>(0);

    final byte[] key;
    final int hash;
    /// Next in the stripe's bucket.
    @Nullable KeyLock next;

    private @Nullable LockOwner exclusive;
    private List<LockOwner> shared = List.of();
    private ArrayDeque<LockRequest> queue = EMPTY;

    KeyLock(byte[] key, int hash) {
        this.key = key;
        this.hash = hash;
    }

    boolean isUnused() {
        return exclusive == null && shared.isEmpty() && queue.isEmpty();
    }

    /// Whether `owner` holds the key at least as strongly as `mode`.
    boolean isHeld(LockOwner owner, LockMode mode) {
        return exclusive == owner || (mode == LockMode.SHARED && shared.contains(owner));
    }

    /// Whether `owner` holds the key in any mode.
    boolean isHeld(LockOwner owner) {
        return exclusive == owner || shared.contains(owner);
    }

    /// Whether a new request may be granted now: nobody holds the key against it and nobody waits
    /// before it.
    boolean isFree(LockOwner owner, LockMode mode) {
        return isCompatible(owner, mode) && (queue.isEmpty() || shared.contains(owner));
    }

    private boolean isCompatible(LockOwner owner, LockMode mode) {
        if (exclusive != null && exclusive != owner) {
            return false;
        }
        return mode == LockMode.SHARED || shared.isEmpty() || (shared.size() == 1 && shared.contains(owner));
    }

    /// Makes `owner` a holder; returns whether it was none before.
    boolean grant(LockOwner owner, LockMode mode) {
        boolean wasHolder = isHeld(owner);
        if (mode == LockMode.EXCLUSIVE) {
            shared = List.of();
            exclusive = owner;
        } else if (exclusive != owner && !wasHolder) {
            if (shared.isEmpty()) {
                shared = new ArrayList<>(2);
            }
            shared.add(owner);
        }
        return !wasHolder;
    }

    /// Queues a request: an upgrade before all that hold nothing, because they wait for its owner
    /// anyway.
    void enqueue(LockRequest request) {
        if (queue == EMPTY) {
            queue = new ArrayDeque<>(4);
        }
        if (isHeld(request.owner)) {
            queue.addFirst(request);
        } else {
            queue.addLast(request);
        }
    }

    /// Takes a request out of the queue and lets pass whom it held up.
    void dequeue(LockRequest request) {
        queue.remove(request);
        grantWaiting();
    }

    /// Who waits for it.
    void collectWaiting(List<LockRequest> waiting) {
        waiting.addAll(queue);
    }

    /// `owner` gives the key up.
    void release(LockOwner owner) {
        if (exclusive == owner) {
            exclusive = null;
        } else {
            shared.remove(owner);
        }
        grantWaiting();
    }

    private void grantWaiting() {
        LockRequest first = queue.peekFirst();
        while (first != null && isCompatible(first.owner, first.mode)) {
            queue.removeFirst();
            if (grant(first.owner, first.mode)) {
                first.owner.held.add(this);
            }
            first.state = LockRequest.State.GRANTED;
            first.owner.waiting = null;
            first.wake();
            first = queue.peekFirst();
        }
    }

    /// Whom `request` waits for: conflicting holders and conflicting requests before it. An
    /// EXCLUSIVE request among the latter stands for everything before it, because it waits for
    /// that itself; this keeps long queues cheap.
    void collectBlockers(LockRequest request, List<LockOwner> blockers) {
        if (exclusive != null && exclusive != request.owner) {
            blockers.add(exclusive);
        }
        if (request.mode == LockMode.EXCLUSIVE) {
            for (LockOwner holder : shared) {
                if (holder != request.owner) {
                    blockers.add(holder);
                }
            }
        }
        for (LockRequest earlier : queue) {
            if (earlier == request) {
                return;
            }
            if (earlier.mode == LockMode.EXCLUSIVE) {
                blockers.clear();
                blockers.add(earlier.owner);
            } else if (request.mode == LockMode.EXCLUSIVE) {
                blockers.add(earlier.owner);
            }
        }
    }
}
