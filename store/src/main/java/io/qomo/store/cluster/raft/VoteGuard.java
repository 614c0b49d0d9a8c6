package io.qomo.store.cluster.raft;

import io.qomo.base.env.Env;

/// Keeps this node from electing another leader while the present one may trust its lease. Thread-safe.
///
/// The library has a follower refuse only the question before a vote when it has heard from the leader
/// lately, not the vote itself. A leader that was paused in between and is heard of again would then hold a
/// lease while another is elected, and answer reads that miss the other's commits. Here neither a vote is
/// given nor one asked for, which is a vote for oneself, until a lease that was given has ended. A leader
/// that hands over trusts no lease; whom it asks to lead may ask for votes at once.
final class VoteGuard {
    /// Of the election timeout; more than a lease lasts, see [LeaderLease].
    private static final double LEASE_SHARE = 0.9;
    /// How long the vote for a hand-over may take.
    private static final long TRANSFER_NANOS = 2_000_000_000L;

    private final Env env;
    private final long leaseNanos;
    private volatile boolean hasHeard;
    private volatile long heardNanos;
    private volatile boolean isAskedToLead;
    private volatile long askedNanos;

    VoteGuard(long electionTimeoutMs, Env env) {
        this.env = env;
        this.leaseNanos = (long) (electionTimeoutMs * 1_000_000L * LEASE_SHARE);
    }

    /// The leader has been heard of, and will be told so.
    void heard() {
        heardNanos = env.nanoTime();
        hasHeard = true;
    }

    /// The leader asks this node to lead.
    void askedToLead() {
        askedNanos = env.nanoTime();
        isAskedToLead = true;
    }

    /// Whether a vote of this node is asked for because the leader wants it so.
    boolean isTransfer() {
        return isAskedToLead && env.nanoTime() - askedNanos < TRANSFER_NANOS;
    }

    /// Whether a lease that this node has given may still be trusted.
    boolean isBound() {
        return hasHeard && env.nanoTime() - heardNanos < leaseNanos;
    }
}
