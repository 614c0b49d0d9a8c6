package io.qomo.serve.cluster;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.lock.Interruption;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.meta.ChangeListener.Subject;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.serve.session.Neighbours.KillOutcome;
import io.qomo.serve.variable.PersistedVariables;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.Request;
import io.qomo.store.member.Member;
import io.qomo.store.txn.remote.Gateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server of this node among those of its cluster: answers the others. Thread-safe.
///
/// Made before the member, which hands it requests; these find nobody until [#join].
public final class SqlPeers implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(SqlPeers.class);
    private static final long PAUSE_NANOS = 500_000_000L;

    private final Env env;
    private final ThreadFactory threads;
    private volatile @Nullable Joined joined;
    private volatile @Nullable GatewayServer server;
    private @Nullable LeaderDesk desk;

    private record Joined(Member member, Post post) {}

    /// Knows nobody yet.
    public SqlPeers(Env env) {
        this.env = env;
        this.threads = env.threads("leader-desk");
    }

    /// The member it belongs to.
    public void join(Member member) {
        Post post = new Post(member, env);
        post.answeredBy(this::answer);
        joined = new Joined(member, post);
        member.group()
                .onExpelled(
                        gateway -> threads.newThread(() -> expelled(gateway)).start());
    }

    /// Makes a gateway of this node, which is registered already. Others find it from now on.
    public GatewayServer register(Gateway gateway) {
        Joined known = known();
        GatewayServer made = new GatewayServer(gateway, known.member, known.post, env);
        server = made;
        return made;
    }

    /// The gateway is no more.
    public void unregister() {
        server = null;
    }

    private Joined known() {
        Joined known = joined;
        if (known == null) {
            throw new ElsewhereException("this node is starting");
        }
        return known;
    }

    @Override
    public void handle(Request request) {
        request.respond(answer(request.peer().nodeId(), request.payload()));
    }

    private byte[] answer(long sender, byte[] request) {
        try {
            RecordReader in = new RecordReader(request, Wire.VERSION);
            Kind kind = Kind.of(in.integer());
            long from = in.number();
            long to = in.number();
            return kind.isForLeader() ? atDesk(kind, new Gateway(sender, from), to, in) : atServer(kind, from, to, in);
        } catch (NotLeaderException e) {
            return Wire.failed(new ElsewhereException(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return Wire.failed(e);
        }
    }

    /// The desk of the present leadership.
    private synchronized LeaderDesk desk() {
        Joined known = known();
        long leadership = known.member.leadership();
        if (leadership == 0) {
            throw new ElsewhereException("this node does not lead");
        }
        LeaderDesk present = desk;
        if (present == null || present.leadership() != leadership) {
            endOver();
            LeaderDesk made = new LeaderDesk(leadership, known.member, known.post, env);
            desk = made;
            threads.newThread(() -> clean(made)).start();
            return made;
        }
        return present;
    }

    /// Ends the desk of a leadership that is over; from time to time.
    public synchronized void endOver() {
        LeaderDesk present = desk;
        if (present != null && present.isOver()) {
            desk = null;
            present.end();
        }
    }

    private byte[] atDesk(Kind kind, Gateway from, long leadership, RecordReader in) {
        LeaderDesk present = desk();
        try {
            return atDesk(present, kind, from, leadership, in);
        } catch (SqlException e) {
            if (present.isOver()) {
                throw new ElsewhereException("another node leads");
            }
            throw e;
        }
    }

    private byte[] atDesk(LeaderDesk present, Kind kind, Gateway from, long leadership, RecordReader in) {
        if (present.leadership() != leadership) {
            throw new ElsewhereException("the leadership is another one");
        }
        RecordWriter out = Wire.done();
        switch (kind) {
            case REPORT -> report(present, from, in, out);
            case LOCK -> {
                Holder holder = new Holder(from, in.number());
                long sequence = in.number();
                LockName name = Wire.name(in);
                present.lock(holder, sequence, name, LockMode.valueOf(in.text()), in.number());
            }
            case SETTLE -> {
                Holder holder = new Holder(from, in.number());
                long sequence = in.number();
                List<LockName> names = Wire.names(in);
                present.settle(holder, sequence, names, Wire.mode(in));
            }
            case CANCEL -> present.cancel(new Holder(from, in.number()));
            case CHANGED -> present.changed(from, Subject.valueOf(in.text()));
            case USER_LOCK -> {
                Holder holder = new Holder(from, in.number());
                String name = in.text();
                out.flag(present.userLock(holder, name, Double.longBitsToDouble(in.number())));
            }
            case USER_UNLOCK -> present.userUnlock(new Holder(from, in.number()), in.text());
            case USER_HOLDER -> {
                Long holder = present.userHolder(in.text());
                out.flag(holder != null).number(holder == null ? 0 : holder);
            }
            default -> {
                String name = in.text();
                byte[] value = in.bytes();
                present.global(from, o -> o.text(name).bytes(value));
            }
        }
        return out.toBytes();
    }

    private void report(LeaderDesk present, Gateway from, RecordReader in, RecordWriter out) {
        boolean isFresh = in.flag();
        present.report(from, Holdings.readLocks(in), Holdings.readUserLocks(in));
        if (isFresh) {
            present.awaitReports();
        }
        out.list(present.present(), (o, g) -> o.number(g.node()).number(g.incarnation()));
        out.number(present.sequence());
        Map<Holder, Map<LockName, LockMode>> locks = isFresh ? present.locksOfOthers(from) : Map.of();
        out.list(locks.entrySet(), (o, lock) -> {
            lock.getKey().write(o);
            o.list(lock.getValue().entrySet(), (p, held) -> {
                Wire.write(p, held.getKey());
                p.text(held.getValue().name());
            });
        });
        LocalServer own = own();
        Map<String, io.qomo.serve.variable.VariableValue> globals =
                isFresh && own != null ? own.changedGlobals() : Map.of();
        out.list(globals.entrySet(), (o, g) -> o.text(g.getKey()).bytes(PersistedVariables.encode(g.getValue())));
    }

    private @Nullable LocalServer own() {
        GatewayServer present = server;
        return present == null ? null : present.served();
    }

    private byte[] atServer(Kind kind, long from, long to, RecordReader in) {
        GatewayServer present = server;
        if (present == null || (to != 0 && to != present.gateway().incarnation())) {
            throw new ElsewhereException("the server is not there");
        }
        RecordWriter out = Wire.done();
        switch (kind) {
            case HOLD -> {
                present.client().checkReportedTo(from);
                Holder holder = Holder.read(in);
                long sequence = in.number();
                LockName name = Wire.name(in);
                present.foreign().hold(holder, from, sequence, name, LockMode.valueOf(in.text()), in.number());
            }
            case LOOSEN -> {
                present.client().checkReportedTo(from);
                Holder holder = Holder.read(in);
                long sequence = in.number();
                List<LockName> names = Wire.names(in);
                present.foreign().loosen(holder, from, sequence, names, Wire.mode(in));
            }
            case STOP_WAITING -> present.foreign().stopWaiting(Holder.read(in));
            case REFRESH -> present.refresh(Subject.valueOf(in.text()));
            case FORGET -> present.foreign().forget(new Gateway(in.number(), in.number()));
            case SET -> present.take(in.text(), PersistedVariables.decode(in.bytes()));
            case KILL -> {
                LocalServer own = own();
                long connection = in.number();
                KillOutcome outcome = own == null
                        ? KillOutcome.NOT_FOUND
                        : own.kill(connection, in.flag(), in.text(), in.text(), in.flag());
                out.text(outcome.name());
            }
            default -> {
                LocalServer own = own();
                out.list(own == null ? new ArrayList<>() : own.processes(), ProcessRows::write);
            }
        }
        return out.toBytes();
    }

    private void expelled(Gateway gateway) {
        try {
            LeaderDesk present = desk();
            while (!forgot(present, gateway)) {
                env.parkNanos(this, PAUSE_NANOS);
            }
            clean(present);
        } catch (ElsewhereException | NotLeaderException e) {
            LOG.atDebug().setCause(e).log("the next leader sees to it");
        }
    }

    /// False if it has to be tried again: as long as this has not been done, locks of nobody stay behind.
    private static boolean forgot(LeaderDesk present, Gateway gateway) {
        try {
            present.expelled(gateway);
            return true;
        } catch (SqlException e) {
            LOG.atWarn().setCause(e).addKeyValue("node", gateway.node()).log("could not clean up after a gateway yet");
            return false;
        }
    }

    /// Removes what gateways that are gone have left unfinished.
    private void clean(LeaderDesk present) {
        try {
            present.awaitReports();
            GatewayServer own = server;
            LocalServer served = own == null ? null : own.awaitServed();
            if (own != null && served != null) {
                served.removeUnfinished(
                        owner -> present.present().stream()
                                .noneMatch(g -> GatewayServer.ownerName(g).equals(owner)),
                        own::exclusively);
            }
        } catch (ElsewhereException | NotLeaderException e) {
            LOG.atDebug().setCause(e).log("the next leader sees to it");
        } catch (SqlException e) {
            LOG.atWarn().setCause(e).log("unfinished schema changes could not be removed; the next leader tries again");
        }
    }

    /// Waits a moment for what a statement needs. Error QUERY_INTERRUPTED.
    static void pause(Interruption interruption, long millis) {
        Object monitor = new Object();
        synchronized (monitor) {
            interruption.await(monitor, millis);
        }
        if (interruption.isInterrupted()) {
            throw new SqlException(ErrorCode.QUERY_INTERRUPTED);
        }
    }
}
