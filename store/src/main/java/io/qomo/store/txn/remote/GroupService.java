package io.qomo.store.txn.remote;

import io.qomo.base.env.Env;
import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.Request;
import io.qomo.store.kv.KvCursor;
import io.qomo.store.kv.ScanDirection;
import io.qomo.store.kv.WriteBatch;
import io.qomo.store.replica.mvcc.ReadSet;
import io.qomo.store.txn.GroupLeader;
import io.qomo.store.txn.LockMode;
import io.qomo.store.txn.LockResult;
import io.qomo.store.txn.Transaction;
import io.qomo.store.txn.WaitPolicy;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what gateways ask of the group that this node leads.
///
/// ```
/// request    0  1  version, 1
///            1  1  operation
///            2  8  incarnation of the gateway's process
///            …     number of the transaction
///            …  1  flags: MAY_BEGIN, the request may make the transaction; CLEAR_INTERRUPT, a statement begins
///            …     arguments
/// response   0  1  answer
///            …     result
/// ```
/// Numbers are varints where no width is given; see [WireWriter].
///
/// A transaction is made by its first request, which is no `COMMIT`, and ends with `END`, with
/// `OUTCOME`, or when its gateway says that it is over or has not been heard of for too long
/// ([Gateways]).
public final class GroupService implements Handler {
    /// Of the service on the transport.
    public static final int SERVICE = 3;

    static final int VERSION = 1;
    static final int MAY_BEGIN = 1;
    static final int CLEAR_INTERRUPT = 2;
    private static final Logger LOG = LoggerFactory.getLogger(GroupService.class);
    private static final LockMode[] MODES = LockMode.values();
    private static final WaitPolicy[] POLICIES = WaitPolicy.values();

    /// Also of gateways that are not let in: they change nothing.
    private static final Set<Operation> ALWAYS_ANSWERED =
            EnumSet.of(Operation.REGISTER, Operation.ALIVE, Operation.OUTCOME, Operation.END, Operation.INTERRUPT);

    private final Supplier<@Nullable Leadership> leading;
    private final Env env;
    private final Map<TransactionName, HostedTransaction> hosted = new ConcurrentHashMap<>();
    private final Gateways gateways;
    private final long self;
    private @Nullable Leadership hostedBy;
    private volatile Consumer<Gateway> expelled = gateway -> {};

    /// Serves the group as `leading` says at the moment.
    GroupService(long self, Supplier<@Nullable Leadership> leading, Env env) {
        this.self = self;
        this.leading = leading;
        this.env = env;
        this.gateways = new Gateways(hosted, env);
    }

    @Override
    public void handle(Request request) {
        byte[] response;
        try {
            response = answer(request);
        } catch (RuntimeException e) {
            response = Answer.of(e);
        }
        request.respond(response);
    }

    private byte[] answer(Request request) {
        WireReader in = new WireReader(request.payload());
        int version = in.get();
        Check.that(version == VERSION, "request of an unknown version", "version", version);
        Operation operation = Operation.read(in);
        TransactionName name = new TransactionName(request.peer().nodeId(), in.fixed(), in.number());
        int flags = in.get();
        Leadership leadership = leadership();
        GroupLeader leader = leadership.leader();
        if (!ALWAYS_ANSWERED.contains(operation) && !leadership.admissions().admits(name.node(), name.incarnation())) {
            throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
        }
        return switch (operation) {
            case TIMESTAMP -> {
                GroupLeader.Hold hold = leadership.take(new Gateway(name.node(), name.incarnation()), in.fixed());
                yield done().fixed(leadership.id())
                        .fixed(hold.snapshot())
                        .fixed(hold.keptFrom())
                        .toBytes();
            }
            case LATEST_TIMESTAMP -> done().fixed(leader.latestTimestamp()).toBytes();
            case OUTCOME -> outcome(leader, name);
            case REGISTER -> {
                register(leadership, new Gateway(name.node(), name.incarnation()));
                yield done().toBytes();
            }
            case LEAVE -> {
                expel(leadership, new Gateway(name.node(), name.incarnation()));
                yield done().toBytes();
            }
            case ALIVE -> gateways.alive(leadership, name.node(), name.incarnation(), in);
            case COUNTER_NEXT,
                    COUNTER_RAISE,
                    COUNTER_RESET,
                    COUNTER_PEEK,
                    COUNTER_REMOVE,
                    LOAD,
                    CHANGES_BEGIN,
                    CHANGES_TAKE,
                    CHANGES_END -> ServiceOperations.answer(operation, leadership, in);
            case INTERRUPT -> {
                HostedTransaction transaction = hosted.get(name);
                if (transaction != null) {
                    transaction.interrupt();
                }
                yield done().toBytes();
            }
            case END -> {
                HostedTransaction transaction = hosted.remove(name);
                if (transaction != null) {
                    transaction.end();
                }
                yield done().toBytes();
            }
            default -> {
                HostedTransaction transaction =
                        find(leader, name, (flags & MAY_BEGIN) != 0 && operation != Operation.COMMIT);
                transaction.begin(env.nanoTime(), (flags & CLEAR_INTERRUPT) != 0);
                try {
                    yield answer(operation, transaction, in);
                } finally {
                    transaction.finish(env.nanoTime());
                }
            }
        };
    }

    /// See [Gateways#silenceNanos].
    long silenceNanos(Leadership leadership, long node) {
        return gateways.silenceNanos(leadership, node);
    }

    /// Who learns of gateways that were let in no more, on any thread.
    void onExpelled(Consumer<Gateway> listener) {
        expelled = listener;
    }

    /// Lets a gateway in. Throws [NotLeaderException].
    void register(Leadership leadership, Gateway gateway) {
        Gateway earlier = leadership.admissions().register(gateway);
        gateways.registered(gateway);
        if (earlier != null) {
            leadership.letGo(earlier);
            gateways.endAll(earlier);
            expelled(earlier);
        }
    }

    /// Lets a gateway in no more. Throws [NotLeaderException].
    void expel(Leadership leadership, Gateway gateway) {
        if (leadership.admissions().expel(gateway)) {
            leadership.letGo(gateway);
            gateways.endAll(gateway);
            expelled(gateway);
        }
    }

    /// Lets no gateway of a node in, ever again. Throws [NotLeaderException].
    void ban(Leadership leadership, long node) {
        Gateway gateway = leadership.admissions().ban(node);
        if (gateway != null) {
            leadership.letGo(gateway);
            gateways.endAll(gateway);
            expelled(gateway);
        }
    }

    private void expelled(Gateway gateway) {
        LOG.atInfo()
                .addKeyValue("node", gateway.node())
                .log("a node's SQL server is gone: stopped, silent or made anew");
        expelled.accept(gateway);
    }

    /// The leader's side; what was hosted by an earlier one is forgotten.
    private synchronized Leadership leadership() {
        Leadership leader = leading.get();
        if (leader != hostedBy) {
            hosted.clear();
            hostedBy = leader;
        }
        if (leader == null) {
            throw new NotLeaderException("this node does not lead the group");
        }
        return leader;
    }

    private HostedTransaction find(GroupLeader leader, TransactionName name, boolean mayBegin) {
        HostedTransaction known = hosted.get(name);
        if (known == null && mayBegin) {
            known = hosted.computeIfAbsent(name, n -> new HostedTransaction(leader, n, env.nanoTime()));
        }
        if (known == null) {
            throw new UnknownTransactionException();
        }
        return known;
    }

    static WireWriter done() {
        return Answer.begin(Answer.DONE);
    }

    private byte[] answer(Operation operation, HostedTransaction transaction, WireReader in) {
        WireWriter out = done();
        switch (operation) {
            case SNAPSHOT -> out.fixed(transaction.participant().takeSnapshot(in.flag()));
            case ADOPT_SNAPSHOT -> transaction.participant().adoptSnapshot(in.fixed());
            case RELEASE_SNAPSHOT -> transaction.participant().releaseSnapshot();
            case GET -> out.optional(transaction.participant().get(in.bytes(), in.fixed()));
            case MULTI_GET -> multiGet(transaction, in, out);
            case SCAN -> scan(transaction, in, out);
            case NEWEST -> transaction.openNewest(in.flag(), out);
            case CLOSE_NEWEST -> transaction.closeNewest(in.number());
            case LOCK -> lock(transaction, in, out);
            case LOCK_RANGE -> {
                byte[] from = in.bytes();
                byte[] toExclusive = in.bytes();
                LockMode mode = in.choice(MODES);
                WaitPolicy policy = in.choice(POLICIES);
                out.put(transaction.participant().lockRange(from, toExclusive, mode, policy, in.fixed(), in.flag()));
            }
            case INSERT -> transaction.insert(in.bytes(), in.fixed());
            case SUPERSEDED -> {
                Transaction.Superseded superseded = transaction.participant().superseded(in.bytes(), in.fixed());
                out.put(superseded != null).optional(superseded == null ? null : superseded.value());
            }
            case COMMIT -> commit(transaction, in, out);
            case VALIDATE -> transaction.participant().validate(readSet(in));
            default -> throw new IllegalStateException("answered before");
        }
        return out.toBytes();
    }

    private static void multiGet(HostedTransaction transaction, WireReader in, WireWriter out) {
        long at = in.fixed();
        byte[][] keys = new byte[in.count()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.bytes();
        }
        for (byte[] value : transaction.participant().multiGet(keys, at)) {
            out.optional(value);
        }
    }

    private static void scan(HostedTransaction transaction, WireReader in, WireWriter out) {
        byte[] from = in.bytes();
        byte[] toExclusive = in.bytes();
        ScanDirection direction = in.flag() ? ScanDirection.REVERSE : ScanDirection.FORWARD;
        long at = in.fixed();
        long maxRows = in.number();
        long maxBytes = in.number();
        WireWriter entries = new WireWriter(1 << 10);
        long rows = 0;
        boolean hasMore = false;
        try (KvCursor cursor = transaction.participant().scan(from, toExclusive, direction, at)) {
            while (!hasMore && cursor.next()) {
                entries.bytes(cursor.keyBuffer(), cursor.keyOffset(), cursor.keyLength());
                entries.bytes(cursor.valueBuffer(), cursor.valueOffset(), cursor.valueLength());
                rows++;
                hasMore = rows >= maxRows || entries.length() >= maxBytes;
            }
        }
        out.put(hasMore).number(rows).append(entries);
    }

    private static void lock(HostedTransaction transaction, WireReader in, WireWriter out) {
        byte[] key = in.bytes();
        LockMode mode = in.choice(MODES);
        WaitPolicy policy = in.choice(POLICIES);
        long waitNanos = in.fixed();
        LockResult result = transaction.participant().lock(key, mode, policy, waitNanos, in.flag());
        out.put(result.granted()).optional(result.value()).put(result.waited());
    }

    private static void commit(HostedTransaction transaction, WireReader in, WireWriter out) {
        byte[] encoded = in.bytes();
        int[] slots = new int[in.count()];
        int last = 0;
        for (int i = 0; i < slots.length; i++) {
            last += (int) in.number();
            slots[i] = last;
        }
        byte[][] keys = new byte[in.count()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.bytes();
        }
        WriteBatch batch = WriteBatch.decode(encoded, slots);
        ReadSet reads = readSet(in);
        out.fixed(transaction.participant().commit(batch, keys, reads, in.flag()));
    }

    static void write(@Nullable ReadSet reads, WireWriter out) {
        WireWriter entries = new WireWriter(64);
        int[] counts = new int[1];
        if (reads != null) {
            reads.visit(new ReadSet.Visitor() {
                @Override
                public void key(byte[] key, long timestamp) {
                    counts[0]++;
                    entries.put(0).bytes(key).fixed(timestamp);
                }

                @Override
                public void range(byte[] from, byte[] toExclusive, long timestamp) {
                    counts[0]++;
                    entries.put(1).bytes(from).bytes(toExclusive).fixed(timestamp);
                }
            });
        }
        out.put(reads != null).number(counts[0]).append(entries);
    }

    private static @Nullable ReadSet readSet(WireReader in) {
        boolean isPresent = in.flag();
        int count = in.count();
        ReadSet reads = new ReadSet();
        for (int i = 0; i < count; i++) {
            if (in.flag()) {
                reads.addRange(in.bytes(), in.bytes(), in.fixed());
            } else {
                reads.addKey(in.bytes(), in.fixed());
            }
        }
        return isPresent ? reads : null;
    }

    /// Whether the transaction has committed. It cannot do so afterwards: if it is still here and is
    /// committing, this waits; if it has not begun to, it ends.
    private byte[] outcome(GroupLeader leader, TransactionName name) {
        HostedTransaction transaction = hosted.remove(name);
        if (transaction != null) {
            transaction.end();
        }
        Long timestamp = Outcomes.find(leader, name);
        return done().put(timestamp != null)
                .fixed(timestamp == null ? 0 : timestamp)
                .toBytes();
    }

    /// Gives up the transactions of gateways that are not heard of any more; from time to time.
    void endForgotten() {
        Leadership leadership = leading.get();
        if (leadership != null) {
            gateways.endForgotten(leadership);
            try {
                gateways.expelSilent(leadership, self).forEach(this::expelled);
            } catch (NotLeaderException | SqlException e) {
                LOG.atDebug().setCause(e).log("gateways are another node's business now");
            }
        }
    }
}
