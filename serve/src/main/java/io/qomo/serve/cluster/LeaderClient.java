package io.qomo.serve.cluster;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.lock.Interruption;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.lock.SharedLocks;
import io.qomo.serve.lock.UserLocks;
import io.qomo.serve.meta.ChangeListener;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.serve.variable.PersistedVariables;
import io.qomo.serve.variable.VariableValue;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.member.Member;
import io.qomo.store.txn.remote.Gateway;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the server of this node asks of the leader's [LeaderDesk], from one registration to the next. Any thread.
///
/// Whatever sessions hold at a leader is told each new one, and nothing is asked of one that has not been told.
public final class LeaderClient implements SharedLocks, UserLocks, ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderClient.class);
    private static final long PAUSE_NANOS = 10_000_000L;
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final long REQUEST_MS = 25_000;
    private static final long FOREVER_MS = Duration.ofDays(365).toMillis();
    private static final long NO_SESSION = 0;

    private final Gateway self;
    private final Member member;
    private final Post post;
    private final ForeignLocks foreign;
    private final Env env;
    private final AtomicLong sequence = new AtomicLong();
    private final Object reporting = new Object();
    /// The leadership that knows the holdings, 0 before the first; written under `reporting`, which guards them.
    private volatile long reportedTo;
    private final Holdings holdings = new Holdings();

    LeaderClient(Gateway self, Member member, Post post, ForeignLocks foreign, Env env) {
        this.self = self;
        this.member = member;
        this.post = post;
        this.foreign = foreign;
        this.env = env;
    }

    /// What a leader tells a gateway that has just registered: the global variables in force.
    Map<String, VariableValue> enter() {
        Map<String, VariableValue> globals = new HashMap<>();
        long deadline = env.nanoTime() + PATIENCE_NANOS;
        reported(deadline, new Interruption(), (name, value) -> globals.put(name, value));
        return globals;
    }

    /// Tells a new leader what is held here, if there is one and it does not know; from time to time.
    void keepReported() {
        try {
            reported(env.nanoTime(), new Interruption(), (name, value) -> {});
        } catch (SqlException e) {
            LOG.atDebug().setCause(e).log("the leader will be told later");
        }
    }

    /// Whether a request comes from the leader that this gateway has reported to.
    void checkReportedTo(long leadership) {
        long known = reportedTo;
        if (known != leadership && known != 0) {
            throw new ElsewhereException("another node leads");
        }
    }

    /// The leadership that everything was told.
    private long reported(long deadline, Interruption interruption, BiConsumer<String, VariableValue> globals) {
        RuntimeException last = new NotLeaderException("no leader is known");
        while (true) {
            synchronized (reporting) {
                long heard = member.group().leadershipHeard();
                if (heard != 0 && heard == reportedTo) {
                    return heard;
                }
                if (heard != 0) {
                    try {
                        report(heard, globals);
                        reportedTo = heard;
                        return heard;
                    } catch (ElsewhereException | TransportException | NotLeaderException e) {
                        last = e;
                    }
                }
            }
            interruption.check();
            if (env.nanoTime() - deadline > 0) {
                throw unavailable(last);
            }
            LockSupport.parkNanos(this, PAUSE_NANOS);
        }
    }

    private static SqlException unavailable(RuntimeException cause) {
        return SqlException.causedBy(cause, ErrorCode.GROUP_UNAVAILABLE, String.valueOf(cause.getMessage()));
    }

    private void report(long leadership, BiConsumer<String, VariableValue> globals) {
        boolean isFresh = reportedTo == 0;
        Set<Gateway> known = foreign.gateways();
        RecordWriter out = request(Kind.REPORT, leadership).flag(isFresh);
        holdings.write(out);
        RecordReader in = Wire.check(post.call(leader(), out.toBytes(), Duration.ofMillis(REQUEST_MS)));
        Set<Gateway> present = new HashSet<>(in.list(g -> new Gateway(g.number(), g.number())));
        known.removeAll(present);
        known.forEach(foreign::forget);
        long asOf = in.number();
        in.list(lock -> {
            Holder holder = Holder.read(lock);
            Holdings.readNames(lock).forEach((name, mode) -> hold(holder, leadership, asOf, name, mode));
            return holder;
        });
        in.list(variable -> {
            globals.accept(variable.text(), PersistedVariables.decode(variable.bytes()));
            return variable;
        });
    }

    private void hold(Holder holder, long leadership, long asOf, LockName name, LockMode mode) {
        try {
            foreign.hold(holder, leadership, asOf, name, mode, 0);
        } catch (ElsewhereException e) {
            LOG.atDebug().setCause(e).log("a lock has been given back meanwhile");
        }
    }

    private RecordWriter request(Kind kind, long leadership) {
        return Wire.request(kind, self.incarnation(), leadership);
    }

    private long leader() {
        long leader = member.leadership() != 0 ? member.nodeId() : member.leaderId();
        if (leader == 0) {
            throw new NotLeaderException("no leader is known");
        }
        return leader;
    }

    /// Asks the leader until it answers; `done` notes what is held from now on.
    private RecordReader ask(
            Kind kind,
            long session,
            long waitMs,
            Interruption interruption,
            Consumer<RecordWriter> arguments,
            Consumer<RecordReader> done) {
        long deadline = env.nanoTime() + PATIENCE_NANOS + Math.min(waitMs, FOREVER_MS) * 1_000_000L;
        while (true) {
            long leadership = reported(deadline, interruption, (name, value) -> {});
            try {
                RecordWriter out = request(kind, leadership);
                arguments.accept(out);
                byte[] response = post.call(
                        leader(),
                        out.toBytes(),
                        Duration.ofMillis(Math.min(waitMs, FOREVER_MS) + REQUEST_MS),
                        interruption,
                        () -> cancel(session),
                        () -> member.group().leadershipHeard() != leadership);
                RecordReader in = Wire.check(response);
                synchronized (reporting) {
                    if (reportedTo == leadership) {
                        done.accept(in);
                        return in;
                    }
                }
                // another leader was told otherwise meanwhile: it is asked anew
            } catch (ElsewhereException | TransportException | NotLeaderException e) {
                interruption.check();
                if (env.nanoTime() - deadline > 0) {
                    throw unavailable(e);
                }
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    private void cancel(long session) {
        synchronized (reporting) {
            long leader = member.leadership() != 0 ? member.nodeId() : member.leaderId();
            if (session != NO_SESSION && leader != 0) {
                post.tell(
                        leader, request(Kind.CANCEL, reportedTo).number(session).toBytes());
            }
        }
    }

    private void ask(Kind kind, Consumer<RecordWriter> arguments, Consumer<RecordReader> done) {
        ask(kind, NO_SESSION, 0, new Interruption(), arguments, done);
    }

    @Override
    public void acquire(long session, LockName name, LockMode mode, long timeoutMs, Interruption interruption) {
        LockMode before;
        synchronized (reporting) {
            before = holdings.mode(session, name);
        }
        long deadline = env.nanoTime() + Math.min(timeoutMs, FOREVER_MS) * 1_000_000L;
        try {
            ask(
                    Kind.LOCK,
                    session,
                    timeoutMs,
                    interruption,
                    out -> {
                        Wire.write(out.number(session).number(sequence.incrementAndGet()), name);
                        out.text(mode.name()).number(leftMs(deadline));
                    },
                    in -> holdings.put(session, name, mode));
        } catch (SqlException e) {
            // the leader may have granted it, and the answer been lost
            settle(session, List.of(name), before);
            throw e;
        }
    }

    private long leftMs(long deadline) {
        return Math.max(0, (deadline - env.nanoTime()) / 1_000_000L);
    }

    @Override
    public void settle(long session, Collection<LockName> names) {
        settle(session, names, null);
    }

    @Override
    public void settle(long session, LockName name, LockMode mode) {
        settle(session, List.of(name), mode);
    }

    private void settle(long session, Collection<LockName> names, @Nullable LockMode mode) {
        try {
            ask(
                    Kind.SETTLE,
                    out -> Wire.write(out.number(session).number(sequence.incrementAndGet()), names, mode),
                    in -> names.forEach(name -> holdings.put(session, name, mode)));
        } catch (SqlException e) {
            // A gateway that has been without a leader for so long registers anew, and holds nothing then.
            LOG.atWarn().setCause(e).log("metadata locks could not be given back");
            member.group().giveUpAdmission();
        }
    }

    @Override
    public void changed(Subject subject) {
        ask(Kind.CHANGED, out -> out.text(subject.name()), in -> {});
    }

    /// Has all nodes set a global variable.
    void setGlobal(String name, VariableValue value) {
        ask(Kind.GLOBAL, out -> out.text(name).bytes(PersistedVariables.encode(value)), in -> {});
    }

    @Override
    public boolean acquire(long session, String name, double timeoutSeconds, Interruption interruption) {
        String key = name.toLowerCase(Locale.ROOT);
        synchronized (reporting) {
            int count = holdings.userLockCount(session, key);
            if (count > 0) {
                holdings.putUserLock(session, key, count + 1);
                return true;
            }
        }
        boolean[] isGranted = new boolean[1];
        double seconds = timeoutSeconds < 0 ? FOREVER_MS / 1000.0 : Math.min(timeoutSeconds, FOREVER_MS / 1000.0);
        long deadline = env.nanoTime() + (long) (seconds * 1e9);
        try {
            ask(
                    Kind.USER_LOCK,
                    session,
                    (long) (seconds * 1000),
                    interruption,
                    out -> out.number(session).text(name).number(Double.doubleToLongBits(leftMs(deadline) / 1000.0)),
                    in -> {
                        isGranted[0] = in.flag();
                        if (isGranted[0]) {
                            holdings.putUserLock(session, key, 1);
                        }
                    });
        } catch (SqlException e) {
            if (e.code() == ErrorCode.QUERY_INTERRUPTED || e.code() == ErrorCode.GROUP_UNAVAILABLE) {
                unlock(session, key);
            }
            throw e;
        }
        return isGranted[0];
    }

    private void unlock(long session, String key) {
        ask(Kind.USER_UNLOCK, out -> out.number(session).text(key), in -> holdings.putUserLock(session, key, 0));
    }

    @Override
    public Optional<Boolean> release(long session, String name) {
        String key = name.toLowerCase(Locale.ROOT);
        int count;
        synchronized (reporting) {
            count = holdings.userLockCount(session, key);
            if (count > 1) {
                holdings.putUserLock(session, key, count - 1);
                return Optional.of(true);
            }
        }
        if (count == 0) {
            return holder(name) == null ? Optional.empty() : Optional.of(false);
        }
        unlock(session, key);
        return Optional.of(true);
    }

    @Override
    public int releaseAll(long session) {
        Map<String, Integer> held;
        synchronized (reporting) {
            held = holdings.userLocks(session);
        }
        held.keySet().forEach(key -> unlock(session, key));
        return held.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public @Nullable Long holder(String name) {
        RecordReader in = ask(Kind.USER_HOLDER, NO_SESSION, 0, new Interruption(), out -> out.text(name), answer -> {});
        boolean isHeld = in.flag();
        long holder = in.number();
        return isHeld ? holder : null;
    }
}
