package io.qomo.serve.cluster;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.lock.Interruption;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.lock.MetadataLocks.Duration;
import io.qomo.store.txn.remote.Gateway;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What sessions of other nodes hold of this node's metadata locks. Any thread.
final class ForeignLocks {
    private static final long LOOK_MS = 20;

    private final MetadataLocks locks;
    private final Settled settled = new Settled();
    private final Map<Holder, Party> parties = new ConcurrentHashMap<>();

    /// One foreign session; its lock guards the owner.
    private static final class Party {
        final ReentrantLock lock = new ReentrantLock();
        final Interruption interruption = new Interruption();
        final MetadataLocks.Owner owner = new MetadataLocks.Owner(interruption);
        final Set<LockName> names = new HashSet<>();
    }

    ForeignLocks(MetadataLocks locks) {
        this.locks = locks;
    }

    /// Takes a lock, or makes it stronger; who holds it already gets it at once.
    void hold(Holder holder, long leadership, long sequence, LockName name, LockMode mode, long timeoutMs) {
        with(holder, party -> {
            settled.check(holder, leadership, sequence);
            party.interruption.begin();
            locks.acquire(party.owner, name, mode, Duration.EXPLICIT, timeoutMs);
            party.names.add(name);
        });
    }

    /// Gives locks back, or makes them weaker.
    void loosen(Holder holder, long leadership, long sequence, Collection<LockName> names, @Nullable LockMode mode) {
        with(holder, party -> {
            settled.note(holder, leadership, sequence);
            for (LockName name : names) {
                if (mode == null) {
                    locks.release(party.owner, name);
                    party.names.remove(name);
                } else {
                    locks.downgrade(party.owner, name, mode);
                }
            }
        });
    }

    /// Ends the wait of a session.
    void stopWaiting(Holder holder) {
        Party party = parties.get(holder);
        if (party != null) {
            party.interruption.killQuery();
        }
    }

    /// The nodes of which something is held.
    Set<Gateway> gateways() {
        Set<Gateway> gateways = new HashSet<>();
        parties.keySet().forEach(holder -> gateways.add(holder.gateway()));
        return gateways;
    }

    /// Gives everything back that sessions of a node hold.
    void forget(Gateway gateway) {
        for (Holder holder : parties.keySet()) {
            if (holder.gateway().equals(gateway)) {
                with(holder, party -> {
                    locks.release(party.owner, Duration.EXPLICIT);
                    party.names.clear();
                });
            }
        }
    }

    /// Does something for a session; an earlier request of it, which nobody waits for any more, gives way.
    private void with(Holder holder, Consumer<Party> action) {
        while (true) {
            Party party = parties.computeIfAbsent(holder, h -> new Party());
            await(party);
            try {
                if (parties.get(holder) == party) {
                    action.accept(party);
                    return;
                }
            } finally {
                if (party.names.isEmpty()) {
                    parties.remove(holder, party);
                }
                party.lock.unlock();
            }
        }
    }

    private static void await(Party party) {
        try {
            while (!party.lock.tryLock(LOOK_MS, TimeUnit.MILLISECONDS)) {
                party.interruption.killQuery();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlException(ErrorCode.QUERY_INTERRUPTED);
        }
    }
}
