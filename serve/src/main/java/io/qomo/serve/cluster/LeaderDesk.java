package io.qomo.serve.cluster;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.lock.Interruption;
import io.qomo.serve.lock.LocalUserLocks;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.lock.MetadataLocks;
import io.qomo.serve.meta.ChangeListener.Subject;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.member.Member;
import io.qomo.store.txn.remote.Gateway;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The order of strong locks and user locks, kept by the node that leads, for one leadership. Any thread.
///
/// - \[I1\] A strong lock is granted when it is in the desk's table and every gateway that is let in, but the one of
/// the
///   session itself, holds it for the session.
/// - \[I2\] A gateway that is let in later is told the locks in the table before it runs a statement.
/// - \[I3\] Nothing is granted before every gateway that is let in has told what its sessions hold.
final class LeaderDesk {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderDesk.class);
    private static final long PAUSE_NANOS = 20_000_000L;
    private static final long PATIENCE_NANOS = 20_000_000_000L;
    /// How long a gateway may live without an answer to what it must know.
    private static final long SILENCE_NANOS = 8_000_000_000L;
    /// Sender of requests to the desk.
    private static final long GATEWAY = 0;
    private static final long ANSWER_MS = 5_000;

    private final long leadership;
    private final Member member;
    private final Post post;
    private final Env env;
    private final MetadataLocks table;
    private final LocalUserLocks userLocks;
    private final Map<Holder, Party> parties = new ConcurrentHashMap<>();
    private final Map<Long, Waiter> waiters = new ConcurrentHashMap<>();
    private final Map<Long, UserLockHolder> userLockHolders = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final Settled settled = new Settled();
    /// When gateways were first found not to have reported.
    private final Map<Gateway, Long> missingSince = new ConcurrentHashMap<>();
    private final Set<Gateway> reported = ConcurrentHashMap.newKeySet();

    /// A session with strong locks; its lock guards all but the interruption and the names.
    private static final class Party {
        final ReentrantLock lock = new ReentrantLock();
        final Interruption interruption = new Interruption();
        final MetadataLocks.Owner owner = new MetadataLocks.Owner(interruption);
        final Map<LockName, LockMode> names = new ConcurrentHashMap<>();
    }

    /// A session with user locks.
    private record UserLockHolder(Gateway gateway, Set<String> names) {}

    /// A session that waits for a user lock.
    private record Waiter(Gateway gateway, Interruption interruption) {}

    LeaderDesk(long leadership, Member member, Post post, Env env) {
        this.leadership = leadership;
        this.member = member;
        this.post = post;
        this.env = env;
        this.table = new MetadataLocks(env);
        this.userLocks = new LocalUserLocks(env);
    }

    long leadership() {
        return leadership;
    }

    /// The leadership is over: whoever waits here asks the next leader. Does not wait.
    void end() {
        parties.values().forEach(party -> party.interruption.kill());
        waiters.values().forEach(waiter -> waiter.interruption.kill());
    }

    /// Whether this node leads no more, or again.
    boolean isOver() {
        return member.leadership() != leadership;
    }

    /// A gateway tells what its sessions hold.
    void report(Gateway gateway, Map<Long, Map<LockName, LockMode>> locks, Map<Long, Map<String, Integer>> held) {
        locks.forEach((session, names) -> with(
                new Holder(gateway, session),
                party -> names.forEach((name, mode) -> {
                    table.acquire(party.owner, name, mode, MetadataLocks.Duration.EXPLICIT, 0);
                    party.names.put(name, mode);
                })));
        held.forEach((session, names) -> names.keySet().forEach(name -> {
            userLocks.restore(session, name, 1);
            noteUserLock(session, gateway, name);
        }));
        reported.add(gateway);
        missingSince.remove(gateway);
    }

    private void noteUserLock(long session, Gateway gateway, String name) {
        userLockHolders.compute(session, (s, known) -> {
            UserLockHolder holder = known == null ? new UserLockHolder(gateway, new HashSet<>()) : known;
            holder.names.add(name.toLowerCase(Locale.ROOT));
            return holder;
        });
    }

    private void forgetUserLock(long session, String name) {
        userLockHolders.computeIfPresent(session, (s, holder) -> {
            holder.names.remove(name.toLowerCase(Locale.ROOT));
            return holder.names.isEmpty() ? null : holder;
        });
    }

    /// The number of the last push; later ones undo what was so then.
    long sequence() {
        return sequence.get();
    }

    /// The strong locks of other gateways.
    Map<Holder, Map<LockName, LockMode>> locksOfOthers(Gateway gateway) {
        Map<Holder, Map<LockName, LockMode>> locks = new ConcurrentHashMap<>();
        parties.forEach((holder, party) -> {
            if (!holder.gateway().equals(gateway) && !party.names.isEmpty()) {
                locks.put(holder, Map.copyOf(party.names));
            }
        });
        return locks;
    }

    /// Waits until all gateways have reported. A gateway that lives but does not report is let in no more.
    void awaitReports() {
        long deadline = env.nanoTime() + PATIENCE_NANOS;
        while (true) {
            List<Gateway> missing = gateways().stream()
                    .filter(gateway -> !reported.contains(gateway))
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            missing.forEach(this::expelIfSilent);
            if (env.nanoTime() - deadline > 0) {
                throw new SqlException(ErrorCode.GROUP_UNAVAILABLE, "nodes have not reported to the new leader");
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    private void expelIfSilent(Gateway gateway) {
        long since = missingSince.computeIfAbsent(gateway, g -> env.nanoTime());
        if (env.nanoTime() - since > SILENCE_NANOS) {
            expel(gateway);
        }
    }

    private List<Gateway> gateways() {
        if (member.leadership() != leadership) {
            throw new ElsewhereException("this node does not lead any more");
        }
        return member.group().gateways().stream()
                .sorted(Comparator.comparingLong(Gateway::node))
                .toList();
    }

    private void checkAdmitted(Gateway gateway) {
        if (!gateways().contains(gateway)) {
            throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
        }
    }

    private void expel(Gateway gateway) {
        LOG.atWarn().addKeyValue("node", gateway.node()).log("a node does not answer: its sessions are ended");
        member.group().expel(gateway);
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
            while (!party.lock.tryLock(PAUSE_NANOS, TimeUnit.NANOSECONDS)) {
                party.interruption.killQuery();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlException(ErrorCode.QUERY_INTERRUPTED);
        }
    }

    /// Takes a lock for a session on all nodes but its own.
    void lock(Holder holder, long asked, LockName name, LockMode mode, long timeoutMs) {
        awaitReports();
        with(holder, party -> {
            settled.check(holder, GATEWAY, asked);
            checkAdmitted(holder.gateway());
            party.interruption.begin();
            long deadline = env.nanoTime() + timeoutMs * 1_000_000L;
            LockMode before = party.names.get(name);
            table.acquire(party.owner, name, mode, MetadataLocks.Duration.EXPLICIT, timeoutMs);
            party.names.put(name, mode);
            try {
                for (Gateway gateway : gateways()) {
                    if (!gateway.equals(holder.gateway())) {
                        hold(gateway, holder, name, mode, party.interruption, deadline);
                    }
                }
            } catch (RuntimeException e) {
                settle(holder, party, List.of(name), before);
                throw e;
            }
        });
    }

    private void hold(
            Gateway gateway, Holder holder, LockName name, LockMode mode, Interruption interruption, long deadline) {
        push(
                gateway,
                interruption,
                () -> {
                    long leftMs = Math.max(0, (deadline - env.nanoTime()) / 1_000_000L);
                    RecordWriter out = Wire.request(Kind.HOLD, leadership, gateway.incarnation());
                    holder.write(out);
                    Wire.write(out.number(sequence.incrementAndGet()), name);
                    return out.text(mode.name()).number(leftMs);
                },
                true,
                Math.max(0, (deadline - env.nanoTime()) / 1_000_000L),
                () -> {
                    RecordWriter out = Wire.request(Kind.STOP_WAITING, leadership, gateway.incarnation());
                    holder.write(out);
                    post.tell(gateway.node(), out.toBytes());
                });
    }

    /// Gives locks of a session back, or makes them weaker.
    void settle(Holder holder, long asked, Collection<LockName> names, @Nullable LockMode mode) {
        awaitReports();
        settled.note(holder, GATEWAY, asked);
        with(holder, party -> settle(holder, party, names, mode));
    }

    private void settle(Holder holder, Party party, Collection<LockName> names, @Nullable LockMode mode) {
        for (LockName name : names) {
            if (mode == null) {
                party.names.remove(name);
            } else {
                party.names.put(name, mode);
            }
        }
        toOthers(holder.gateway(), gateway -> {
            RecordWriter out = Wire.request(Kind.LOOSEN, leadership, gateway.incarnation());
            holder.write(out);
            Wire.write(out.number(sequence.incrementAndGet()), names, mode);
            return out;
        });
        for (LockName name : names) {
            if (mode == null) {
                table.release(party.owner, name);
            } else {
                table.downgrade(party.owner, name, mode);
            }
        }
    }

    /// A session does not want to wait any more, whatever for.
    void cancel(Holder holder) {
        Party party = parties.get(holder);
        if (party != null) {
            party.interruption.killQuery();
        }
        Waiter waiter = waiters.get(holder.session());
        if (waiter != null && waiter.gateway.equals(holder.gateway())) {
            waiter.interruption.killQuery();
        }
    }

    /// A node has changed something that all remember.
    void changed(@Nullable Gateway by, Subject subject) {
        awaitReports();
        toOthers(
                by,
                gateway -> Wire.request(Kind.REFRESH, leadership, gateway.incarnation())
                        .text(subject.name()));
    }

    /// A node has set a global variable.
    void global(Gateway by, Consumer<RecordWriter> nameAndValue) {
        awaitReports();
        toOthers(by, gateway -> {
            RecordWriter out = Wire.request(Kind.SET, leadership, gateway.incarnation());
            nameAndValue.accept(out);
            return out;
        });
    }

    /// A gateway is let in no more: the rest goes on without it.
    void expelled(Gateway gone) {
        parties.forEach((holder, party) -> {
            if (holder.gateway().equals(gone)) {
                party.interruption.kill();
            }
        });
        waiters.values().stream()
                .filter(waiter -> waiter.gateway.equals(gone))
                .forEach(waiter -> waiter.interruption.kill());
        awaitReports();
        for (Subject subject : Subject.values()) {
            changed(null, subject);
        }
        toOthers(
                gone,
                gateway -> Wire.request(Kind.FORGET, leadership, gateway.incarnation())
                        .number(gone.node())
                        .number(gone.incarnation()));
        for (Holder holder : Set.copyOf(parties.keySet())) {
            if (holder.gateway().equals(gone)) {
                with(holder, party -> settle(holder, party, Set.copyOf(party.names.keySet()), null));
            }
        }
        reported.remove(gone);
        missingSince.remove(gone);
        userLockHolders.forEach((session, holder) -> {
            if (holder.gateway.equals(gone)) {
                userLocks.releaseAll(session);
                userLockHolders.remove(session);
            }
        });
    }

    boolean userLock(Holder holder, String name, double seconds) {
        awaitReports();
        checkAdmitted(holder.gateway());
        Interruption interruption = new Interruption();
        Waiter waiter = new Waiter(holder.gateway(), interruption);
        Waiter earlier = waiters.put(holder.session(), waiter);
        if (earlier != null) {
            earlier.interruption.kill();
        }
        try {
            boolean isGranted = userLocks.acquire(holder.session(), name, seconds, interruption);
            if (isGranted) {
                noteUserLock(holder.session(), holder.gateway(), name);
            }
            return isGranted;
        } finally {
            waiters.remove(holder.session(), waiter);
        }
    }

    void userUnlock(Holder holder, String name) {
        awaitReports();
        boolean isHeld = true;
        while (isHeld) {
            // an answer that got lost may have had it taken twice
            isHeld = userLocks.release(holder.session(), name).orElse(false);
        }
        forgetUserLock(holder.session(), name);
    }

    @Nullable Long userHolder(String name) {
        awaitReports();
        return userLocks.holder(name);
    }

    /// The gateways that are let in.
    Set<Gateway> present() {
        return new HashSet<>(gateways());
    }

    private void toOthers(@Nullable Gateway but, Function<Gateway, RecordWriter> request) {
        for (Gateway gateway : gateways()) {
            if (!gateway.equals(but)) {
                push(gateway, new Interruption(), () -> request.apply(gateway), false, 0, () -> {});
            }
        }
    }

    /// Has a gateway answer, unless it is let in no more. What it may not refuse is asked again until it has been done.
    private void push(
            Gateway gateway,
            Interruption interruption,
            Supplier<RecordWriter> request,
            boolean mayRefuse,
            long waitMs,
            Runnable cancel) {
        long failingSince = 0;
        while (gateways().contains(gateway)) {
            try {
                byte[] response = post.call(
                        gateway.node(),
                        request.get().toBytes(),
                        Duration.ofMillis(waitMs + ANSWER_MS),
                        interruption,
                        cancel,
                        () -> !gateways().contains(gateway));
                Wire.check(response);
                return;
            } catch (TransportException | ElsewhereException | SqlException e) {
                if (mayRefuse && e instanceof SqlException) {
                    throw e;
                }
                interruption.check();
                long now = env.nanoTime();
                failingSince = failingSince == 0 ? now : failingSince;
                if (now - failingSince > SILENCE_NANOS) {
                    expel(gateway);
                }
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }
}
