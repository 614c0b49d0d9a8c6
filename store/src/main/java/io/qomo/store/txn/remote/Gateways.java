package io.qomo.store.txn.remote;

import io.qomo.base.env.Env;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What a leader hears of the gateways whose transactions it hosts. Thread-safe.
///
/// The word that a transaction has ended may get lost, as may the gateway; and a request that was long
/// on its way may bring a transaction back whose end has been heard. Therefore gateways tell again and
/// again which transactions are open. What is told is old when it arrives: to be ended, a transaction
/// must have been here at a moment that the gateway knew to be past when it looked. That moment is a
/// reading of the leader's clock, which the answer to one message brings to the gateway and the next
/// message brings back.
final class Gateways {
    /// Longer than a process that lives can be silent: a transaction is ended that might go on.
    private static final long SILENCE_NANOS = 10_000_000_000L;

    /// Longer than the lease that an answer to [#alive] gives a gateway, see [GroupRouter].
    private static final long EXPULSION_NANOS = 6_000_000_000L;

    private final Map<TransactionName, HostedTransaction> hosted;
    private final Env env;
    /// When each was heard of; a gateway's name is that of no transaction of it.
    private final Map<TransactionName, Long> heard = new ConcurrentHashMap<>();

    Gateways(Map<TransactionName, HostedTransaction> hosted, Env env) {
        this.hosted = hosted;
        this.env = env;
    }

    private static TransactionName gateway(long node, long incarnation) {
        return new TransactionName(node, incarnation, 0);
    }

    /// A gateway tells what is open.
    byte[] alive(Leadership leadership, long node, long incarnation, WireReader in) {
        long now = env.nanoTime();
        heard.put(gateway(node, incarnation), now);
        boolean isForThis = in.fixed() == leadership.id();
        long clock = in.fixed();
        int count = in.count();
        Set<Long> open = HashSet.newHashSet(count);
        for (int i = 0; i < count; i++) {
            open.add(in.number());
        }
        if (isForThis) {
            hosted.forEach((name, transaction) -> {
                if (name.node() == node
                        && name.incarnation() == incarnation
                        && transaction.beganNanos() - clock < 0
                        && !open.contains(name.number())) {
                    end(name, transaction);
                }
            });
        }
        boolean isAdmitted = leadership.admissions().admits(node, incarnation);
        return GroupService.done()
                .fixed(leadership.id())
                .fixed(now)
                .put(isAdmitted)
                .toBytes();
    }

    /// Expels the registered gateways that are silent, but not the one of this node; returns them.
    List<Gateway> expelSilent(Leadership leadership, long self) {
        long past = env.nanoTime() - EXPULSION_NANOS;
        List<Gateway> expelled = new ArrayList<>();
        for (Gateway gateway : leadership.admissions().registered()) {
            Long last = heard.get(gateway(gateway.node(), gateway.incarnation()));
            boolean isSilent = leadership.beganNanos() - past < 0 && (last == null || last - past < 0);
            if (isSilent && gateway.node() != self && leadership.admissions().expel(gateway)) {
                leadership.letGo(gateway);
                endAll(gateway);
                expelled.add(gateway);
            }
        }
        return expelled;
    }

    /// How long nothing has been heard of a node, as long as the leadership lasts.
    long silenceNanos(Leadership leadership, long node) {
        long last = leadership.beganNanos();
        for (Map.Entry<TransactionName, Long> entry : heard.entrySet()) {
            if (entry.getKey().node() == node && entry.getValue() - last > 0) {
                last = entry.getValue();
            }
        }
        return env.nanoTime() - last;
    }

    /// A gateway that has just registered counts as heard of.
    void registered(Gateway gateway) {
        heard.put(gateway(gateway.node(), gateway.incarnation()), env.nanoTime());
    }

    /// Ends all transactions of a gateway whose requests are answered no more; waits for those that are
    /// being answered.
    void endAll(Gateway gateway) {
        hosted.forEach((name, transaction) -> {
            if (name.node() == gateway.node() && name.incarnation() == gateway.incarnation()) {
                hosted.remove(name, transaction);
                transaction.interrupt();
                transaction.end();
            }
        });
    }

    /// A request that waits for a lock is made to give up first; the transaction ends the next time.
    private void end(TransactionName name, HostedTransaction transaction) {
        if (transaction.isBusy()) {
            transaction.interrupt();
        } else if (hosted.remove(name, transaction)) {
            transaction.end();
        }
    }

    /// Ends the transactions of gateways that are silent, and keeps no history for them.
    void endForgotten(Leadership leadership) {
        long past = env.nanoTime() - SILENCE_NANOS;
        heard.values().removeIf(nanos -> nanos - past < 0);
        for (Gateway holder : leadership.holders()) {
            if (!heard.containsKey(gateway(holder.node(), holder.incarnation()))
                    && leadership.beganNanos() - past < 0) {
                leadership.letGo(holder);
            }
        }
        hosted.forEach((name, transaction) -> {
            if (transaction.lastUsedNanos() - past < 0
                    && !heard.containsKey(gateway(name.node(), name.incarnation()))) {
                end(name, transaction);
            }
        });
    }
}
