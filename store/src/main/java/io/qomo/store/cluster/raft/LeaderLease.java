package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import io.qomo.base.env.Env;
import io.qomo.store.cluster.NotLeaderException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Knows, without asking the others each time, that no other node can lead the group yet.
///
/// A follower agrees to no election within an election timeout of having heard from the leader. The library's
/// lease ends well before that; here its answer is believed for [#FRESH_NANOS] more, so that both together stay
/// below the election timeout. Monotonic clocks are trusted to run at about the same speed, and for nothing
/// else. While leadership is being handed over, which the others do not wait for, nothing is believed that was
/// not asked at that moment.
final class LeaderLease {
    /// How long a confirmation is good.
    static final long FRESH_NANOS = 100_000_000L;
    /// From here on a reader has it renewed in passing.
    private static final long AGEING_NANOS = 40_000_000L;
    private static final long WAIT_MS = 2_000;
    /// How long a hand-over may take before it has failed.
    private static final long HAND_OVER_NANOS = 10_000_000_000L;
    private static final byte[] NO_CONTEXT = {};

    private final Node node;
    private final Env env;
    private final AtomicBoolean isRenewing = new AtomicBoolean();
    private volatile long confirmedNanos;
    private volatile boolean isConfirmed;
    private volatile boolean isHandingOver;
    private volatile long handOverNanos;

    LeaderLease(Node node, Env env) {
        this.node = node;
        this.env = env;
    }

    /// Another node is about to be asked to lead.
    void handOver() {
        handOverNanos = env.nanoTime();
        isHandingOver = true;
    }

    private boolean isHandingOver(long now) {
        if (isHandingOver && now - handOverNanos > HAND_OVER_NANOS) {
            isHandingOver = false;
        }
        return isHandingOver;
    }

    /// Returns if this node leads; throws [NotLeaderException] if that cannot be said.
    void confirm() {
        long now = env.nanoTime();
        long age = now - confirmedNanos;
        if (isConfirmed && age < FRESH_NANOS && !isHandingOver(now)) {
            if (age > AGEING_NANOS && isRenewing.compareAndSet(false, true)) {
                renew();
            }
            return;
        }
        await(renew());
    }

    private CompletableFuture<Boolean> renew() {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        long asked = env.nanoTime();
        node.readIndex(ReadOnlyOption.ReadOnlyLeaseBased, NO_CONTEXT, new ReadIndexClosure() {
            @Override
            public void run(Status status, long index, byte[] context) {
                boolean leads = status.isOk() && node.isLeader(false);
                if (leads) {
                    confirmedNanos = asked;
                    isConfirmed = true;
                }
                isRenewing.set(false);
                outcome.complete(leads);
            }
        });
        return outcome;
    }

    private static void await(CompletableFuture<Boolean> outcome) {
        boolean leads;
        try {
            leads = outcome.get(WAIT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leads = false;
        } catch (ExecutionException | TimeoutException e) {
            leads = false;
        }
        if (!leads) {
            throw new NotLeaderException("leadership could not be confirmed");
        }
    }
}
