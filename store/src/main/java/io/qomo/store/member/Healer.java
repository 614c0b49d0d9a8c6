package io.qomo.store.member;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.raft.RaftGroup;
import io.qomo.store.txn.remote.GroupHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes replicas out of the group whose nodes have been gone for long, as far as others are there instead: a
/// majority is then one of nodes that live. Acts while this node leads; on the housekeeper's thread.
///
/// Whoever comes back asks to be taken in again.
final class Healer {
    private static final Logger LOG = LoggerFactory.getLogger(Healer.class);
    /// Fewer replicas are not left by this.
    private static final int MIN_REPLICAS = 3;
    private static final long ALIVE_NANOS = 3_000_000_000L;
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final long self;
    private final RaftGroup group;
    private final GroupHost host;
    private final long goneNanos;
    private final Env env;
    private long nextNanos;

    /// @param gone how long a node must have been silent
    Healer(long self, RaftGroup group, GroupHost host, Duration gone, Env env) {
        this.self = self;
        this.group = group;
        this.host = host;
        this.goneNanos = gone.toNanos();
        this.env = env;
        this.nextNanos = env.nanoTime();
    }

    /// Looks around from time to time. Throws [NotLeaderException].
    void heal() {
        if (!host.leads() || env.nanoTime() - nextNanos < 0) {
            return;
        }
        nextNanos = env.nanoTime() + PAUSE_NANOS;
        List<Long> living = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        for (long id : group.members()) {
            long silence = id == self ? 0 : host.silenceNanos(id);
            if (silence < ALIVE_NANOS) {
                living.add(id);
            } else if (silence > goneNanos) {
                gone.add(id);
            }
        }
        if (!gone.isEmpty() && living.size() >= MIN_REPLICAS) {
            long id = gone.getFirst();
            group.removeMember(id);
            LOG.atWarn().addKeyValue("node", id).log("a node has been gone for too long; its replica is given up");
        }
    }
}
