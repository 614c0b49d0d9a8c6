package io.qomo.store.txn.remote;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.NotLeaderException;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.kv.OrderedStore;
import io.qomo.store.txn.Participant;
import io.qomo.store.txn.Participants;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the leader of the group for the transactions of this node. Thread-safe.
public final class GroupRouter implements Participants {
    private static final long FIRST_PAUSE_NANOS = 5_000_000L;
    private static final long LAST_PAUSE_NANOS = 200_000_000L;
    private static final long LEAVE_NANOS = 500_000_000L;
    /// For what is asked again and again: a leader that does not answer is soon no more.
    private static final long ALIVE_NANOS = 1_000_000_000L;
    /// Shorter than the silence after which the leader expels a gateway, see [Gateways].
    private static final long LEASE_NANOS = 4_000_000_000L;
    private static final long REQUEST_NANOS = 5_000_000_000L;

    private final GroupChannel channel;
    private final Env env;
    private final long patienceNanos;
    /// Numbers of the open transactions that another node may know.
    private final Set<Long> remote = ConcurrentHashMap.newKeySet();
    /// When the last [#tellAlive] that found this gateway let in was sent; it gives the lease.
    private volatile long leaseNanos;
    private final NearSnapshots snapshots = new NearSnapshots(this::askSnapshot);
    private final LongAdder nearReads = new LongAdder();
    private volatile boolean isAdmitted;
    private volatile boolean isGivenUp;
    /// The last answer to [#tellAlive]; by its thread.
    private volatile long heardLeadership;
    private long heardClock;

    /// @param patience how long a call waits for a leader before `GROUP_UNAVAILABLE`
    GroupRouter(GroupChannel channel, Duration patience, Env env) {
        this.channel = channel;
        this.env = env;
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public Participant join(long transactionId, Participant.BufferedWrites writes) {
        return new RoutedParticipant(this, name(transactionId), writes);
    }

    private TransactionName name(long number) {
        return new TransactionName(channel.self(), channel.incarnation(), number);
    }

    /// A part at the present leader.
    Participant join(TransactionName name, Participant.BufferedWrites writes, long deadline) {
        for (int attempt = 0; ; attempt++) {
            Leadership here = channel.here();
            if (here != null) {
                if (!here.admissions().admits(name.node(), name.incarnation())) {
                    throw new SqlException(ErrorCode.SERVER_SHUTDOWN);
                }
                return here.leader().join(name.number(), writes);
            }
            long leader = channel.leader();
            if (leader != 0 && leader != channel.self()) {
                remote.add(name.number());
                return new RemoteParticipant(channel, leader, name);
            }
            await(new NotLeaderException("no leader is known"), attempt, deadline);
        }
    }

    /// See [GroupChannel#near].
    @Nullable OrderedStore near(long timestamp) {
        return channel.near(timestamp);
    }

    /// A read was answered by the replica of this node.
    void readNear() {
        nearReads.increment();
    }

    /// Reads that the replica of this node answered while another node led.
    long nearReads() {
        return nearReads.sum();
    }

    /// Whether snapshots are taken at another node.
    boolean takesSnapshotsElsewhere() {
        return channel.here() == null;
    }

    /// The snapshots that were taken at another node.
    NearSnapshots snapshots() {
        return snapshots;
    }

    private NearSnapshots.Answer askSnapshot(long oldestInUse) {
        WireReader in = ask(Operation.TIMESTAMP, 0, ALIVE_NANOS, out -> out.fixed(oldestInUse));
        return new NearSnapshots.Answer(in.fixed(), in.fixed(), in.fixed());
    }

    /// Sees to it that the present leader keeps the history of a snapshot that an earlier one gave. False if
    /// it does not have it any more.
    boolean keeps(NearSnapshots.Slot slot) {
        if (snapshots.leadership() != heardLeadership) {
            tellSnapshots();
        }
        return snapshots.isKept(slot);
    }

    /// Tells the leader which snapshots are in use here.
    private void tellSnapshots() {
        snapshots.release(snapshots.take());
    }

    long nanoTime() {
        return env.nanoTime();
    }

    /// A transaction is over.
    void ended(TransactionName name) {
        remote.remove(name.number());
    }

    /// Tells the leader, if that is another node, which transactions are open here; from time to time,
    /// on one thread.
    void tellAlive() {
        try {
            long[] open = remote.stream().mapToLong(Long::longValue).toArray();
            long incarnation = channel.incarnation();
            long sent = env.nanoTime();
            WireReader in = ask(Operation.ALIVE, 0, ALIVE_NANOS, out -> {
                out.fixed(heardLeadership).fixed(heardClock).number(open.length);
                for (long number : open) {
                    out.number(number);
                }
            });
            heardLeadership = in.fixed();
            heardClock = in.fixed();
            boolean admitted = in.flag();
            if (incarnation == channel.incarnation()) {
                isAdmitted = admitted;
                leaseNanos = admitted ? sent : sent - LEASE_NANOS;
            }
            tellSnapshots();
        } catch (NotLeaderException | TransportException | SqlException e) {
            // the next time, or another leader
        }
    }

    /// Has this gateway, which has a new incarnation, let in. Throws `GROUP_UNAVAILABLE`.
    void register(GroupService service) {
        Gateway gateway = new Gateway(channel.self(), channel.incarnation());
        long deadline = deadline();
        for (int attempt = 0; ; attempt++) {
            long sent = env.nanoTime();
            try {
                Leadership here = channel.here();
                if (here != null) {
                    service.register(here, gateway);
                } else {
                    ask(Operation.REGISTER, 0, REQUEST_NANOS, out -> {});
                }
                isGivenUp = false;
                isAdmitted = true;
                leaseNanos = sent;
                return;
            } catch (NotLeaderException | TransportException | SqlException e) {
                await(e, attempt, deadline);
            }
        }
    }

    /// Tells the leader that this gateway runs no statements any more; once, as it would find out.
    void leave(GroupService service) {
        Gateway gateway = new Gateway(channel.self(), channel.incarnation());
        isGivenUp = true;
        try {
            Leadership here = channel.here();
            if (here != null) {
                service.expel(here, gateway);
            } else {
                ask(Operation.LEAVE, 0, LEAVE_NANOS, out -> {});
            }
        } catch (NotLeaderException | TransportException | SqlException e) {
            // it will be found silent
        }
    }

    /// Whether this gateway is let in, as far as it knows.
    boolean isAdmitted() {
        Leadership here = channel.here();
        return !isGivenUp && (here == null ? isAdmitted : isAdmittedBy(here));
    }

    private boolean isAdmittedBy(Leadership here) {
        return here.admissions().admits(channel.self(), channel.incarnation());
    }

    /// Counts as let in no more, until it registers anew.
    void giveUpAdmission() {
        isGivenUp = true;
    }

    /// The leadership that this gateway has last heard of; 0 before the first.
    long leadershipHeard() {
        Leadership here = channel.here();
        return here == null ? heardLeadership : here.id();
    }

    /// Whether this gateway is certainly let in now, so that nothing it knows of the schema is out of date.
    boolean holdsLease() {
        Leadership here = channel.here();
        if (here != null) {
            try {
                here.leader().confirm();
                return isAdmittedBy(here);
            } catch (NotLeaderException | SqlException e) {
                return false;
            }
        }
        return isAdmitted && env.nanoTime() - leaseNanos < LEASE_NANOS;
    }

    /// Until when a call that begins now looks for a leader.
    long deadline() {
        return env.nanoTime() + patienceNanos;
    }

    /// Pauses before another attempt; throws `GROUP_UNAVAILABLE` after the deadline.
    void await(RuntimeException reason, int attempt, long deadline) {
        if (env.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
            throw SqlException.causedBy(reason, ErrorCode.GROUP_UNAVAILABLE, String.valueOf(reason.getMessage()));
        }
        env.parkNanos(this, Math.min(LAST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(attempt, 6)));
    }

    /// The commit timestamp of a transaction whose commit got no answer; 0 if it has not committed and
    /// never will. Throws `UNKNOWN_OUTCOME` if no leader can be asked.
    long outcome(TransactionName name, RuntimeException reason) {
        long deadline = deadline();
        for (int attempt = 0; ; attempt++) {
            RuntimeException failure;
            try {
                Leadership here = channel.here();
                if (here != null) {
                    Long timestamp = Outcomes.find(here.leader(), name);
                    return timestamp == null ? 0 : timestamp;
                }
                WireReader in = ask(Operation.OUTCOME, name.number(), REQUEST_NANOS, out -> {});
                return in.flag() ? in.fixed() : 0;
            } catch (NotLeaderException | TransportException | SqlException e) {
                failure = e;
            }
            try {
                await(failure, attempt, deadline);
            } catch (SqlException e) {
                throw SqlException.causedBy(reason, ErrorCode.UNKNOWN_OUTCOME, String.valueOf(reason.getMessage()));
            }
        }
    }

    /// Asks the leader on another node.
    private WireReader ask(Operation operation, long number, long timeoutNanos, Consumer<WireWriter> arguments) {
        long leader = channel.leader();
        if (leader == 0 || leader == channel.self()) {
            throw new NotLeaderException("no leader is known");
        }
        WireWriter request = new WireWriter(40)
                .put(GroupService.VERSION)
                .put(operation.ordinal())
                .fixed(channel.incarnation())
                .number(number)
                .put(0);
        arguments.accept(request);
        int lane = number == 0 ? Transport.UNORDERED : (int) (number & Integer.MAX_VALUE);
        return Answer.check(channel.call(leader, lane, request.toBytes(), timeoutNanos));
    }

    /// Has the leader do something outside of a transaction, again if an answer is lost: `here` if that is
    /// this node, else by a request.
    <T extends @Nullable Object> T ask(
            Function<Leadership, T> here,
            Operation operation,
            Consumer<WireWriter> arguments,
            Function<WireReader, T> result) {
        long deadline = deadline();
        for (int attempt = 0; ; attempt++) {
            try {
                Leadership leadership = channel.here();
                return leadership != null
                        ? here.apply(leadership)
                        : result.apply(ask(operation, 0, REQUEST_NANOS, arguments));
            } catch (NotLeaderException | TransportException e) {
                await(e, attempt, deadline);
            } catch (SqlException e) {
                if (e.code() != ErrorCode.UNKNOWN_OUTCOME) {
                    throw e;
                }
                await(e, attempt, deadline);
            }
        }
    }

    @Override
    public long latestTimestamp() {
        return ask(l -> l.leader().latestTimestamp(), Operation.LATEST_TIMESTAMP, out -> {}, WireReader::fixed);
    }

    @Override
    public long lockWaits() {
        Leadership here = channel.here();
        return here == null ? 0 : here.leader().lockWaits();
    }

    @Override
    public long lockWaitNanos() {
        Leadership here = channel.here();
        return here == null ? 0 : here.leader().lockWaitNanos();
    }
}
