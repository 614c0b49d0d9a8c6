package io.qomo.store.simulation;

import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.PeerIdentity;
import io.qomo.store.cluster.rpc.Request;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.cluster.rpc.TransportException.Outcome;
import io.qomo.store.txn.remote.Wiretap;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way from one process to another for requests, and back for their answers.
///
/// When it breaks the sender learns it at once, while the receiver may go on handling what it has got:
/// so a request whose sender has given up may be handled after one that was sent later, over another
/// connection.
final class Connection {
    private static final long MAX_TIMEOUT_NANOS = 1L << 50;

    private final Network network;
    private final SimulatedTransport from;
    private final SimulatedTransport to;
    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, ArrayDeque<Inbound>> lanes = new HashMap<>();
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private long lastThere;
    private long lastBack;
    private boolean isBroken;
    /// Until when a broken connection is still read.
    private long readUntilNanos = Long.MAX_VALUE;

    Connection(Network network, SimulatedTransport from, SimulatedTransport to) {
        this.network = network;
        this.from = from;
        this.to = to;
        this.lastThere = now() + 2 * network.delayNanos(from.node(), to.node());
    }

    private long now() {
        return network.simulation().nowNanos();
    }

    boolean isBroken() {
        return isBroken;
    }

    boolean connects(SimulatedTransport transport) {
        return from == transport || to == transport;
    }

    SimulatedTransport to() {
        return to;
    }

    boolean isBlocked() {
        return !isBroken && (network.isClosed(from.node(), to.node()) || network.isClosed(to.node(), from.node()));
    }

    /// A request that waits for its answer.
    private static final class Call {
        private final ResponseCallback callback;
        private Simulation.@Nullable Event timeout;
        private boolean isOver;

        Call(ResponseCallback callback) {
            this.callback = callback;
        }

        void end() {
            isOver = true;
            if (timeout != null) {
                timeout.cancel();
            }
        }
    }

    void send(int service, int lane, byte[] payload, long timeoutNanos, ResponseCallback callback) {
        Call call = new Call(callback);
        calls.add(call);
        call.timeout = from.process()
                .after(
                        Math.min(timeoutNanos, MAX_TIMEOUT_NANOS),
                        () -> fail(call, Outcome.LOST, "no response in time"));
        Inbound request = new Inbound(call, service, lane, payload);
        carry(() -> {
            lastThere = Math.max(lastThere + 1, now() + network.delayNanos(from.node(), to.node()));
            to.process().after(lastThere - now(), () -> arrive(request));
        });
    }

    /// Does it now, or when the way is open again.
    private void carry(Runnable message) {
        if (isBlocked()) {
            held.addLast(message);
        } else {
            message.run();
        }
    }

    /// The way may be open again.
    void resume() {
        while (!isBlocked() && !held.isEmpty()) {
            held.removeFirst().run();
        }
    }

    private void fail(Call call, Outcome outcome, String reason) {
        if (!call.isOver) {
            call.end();
            calls.remove(call);
            call.callback.failed(new TransportException(outcome, reason));
        }
    }

    private void arrive(Inbound request) {
        if (now() > readUntilNanos) {
            return;
        }
        if (request.lane == Transport.UNORDERED) {
            to.thread(request::handle).start();
            return;
        }
        ArrayDeque<Inbound> queue = lanes.get(request.lane);
        if (queue == null) {
            lanes.put(request.lane, new ArrayDeque<>());
            to.thread(() -> work(request)).start();
        } else {
            queue.addLast(request);
        }
    }

    private void work(Inbound first) {
        Inbound request = first;
        while (request != null) {
            request.handle();
            ArrayDeque<Inbound> queue = lanes.get(first.lane);
            request = queue == null ? null : queue.pollFirst();
        }
        lanes.remove(first.lane);
    }

    /// Ends the connection; with `isDead` one of the processes has.
    void breakOff(String reason, boolean isDead) {
        if (isBroken) {
            return;
        }
        isBroken = true;
        network.remove(this);
        held.clear();
        Simulation simulation = network.simulation();
        boolean isReadOn = !isDead && simulation.chance(0.5);
        readUntilNanos = now() + (isReadOn ? simulation.skewed(0, 20_000_000L) : 0);
        to.process().after(readUntilNanos - now(), () -> lanes.values().forEach(ArrayDeque::clear));
        for (Call call : List.copyOf(calls)) {
            from.process().after(0, () -> fail(call, Outcome.LOST, reason));
        }
        from.lost(this, reason);
    }

    private final class Inbound implements Request {
        private final Call call;
        private final int service;
        private final int lane;
        private final byte[] payload;
        private boolean isAnswered;

        Inbound(Call call, int service, int lane, byte[] payload) {
            this.call = call;
            this.service = service;
            this.lane = lane;
            this.payload = payload;
        }

        void handle() {
            Handler handler = to.handler(service);
            if (handler == null) {
                fail("no such service");
            } else {
                handler.handle(this);
            }
        }

        @Override
        public PeerIdentity peer() {
            return from.identity();
        }

        @Override
        public int lane() {
            return lane;
        }

        @Override
        public byte[] payload() {
            return payload;
        }

        @Override
        public boolean isAbandoned() {
            return now() >= readUntilNanos;
        }

        @Override
        public void respond(ByteBuffer... response) {
            byte[] bytes = SimulatedTransport.join(response);
            from.tap(Wiretap.operation(payload), Wiretap.answer(bytes));
            answer(() -> call.callback.completed(bytes));
        }

        @Override
        public void fail(String reason) {
            answer(() -> call.callback.failed(new TransportException(Outcome.REFUSED, reason)));
        }

        private void answer(Runnable outcome) {
            if (isAnswered) {
                throw new IllegalStateException("the request was answered before");
            }
            isAnswered = true;
            if (isBroken) {
                return;
            }
            carry(() -> {
                lastBack = Math.max(lastBack + 1, now() + network.delayNanos(to.node(), from.node()));
                from.process().after(lastBack - now(), () -> {
                    if (!isBroken && !call.isOver) {
                        call.end();
                        calls.remove(call);
                        outcome.run();
                    }
                });
            });
        }
    }

    @Override
    public String toString() {
        return from.node() + " → " + to.node();
    }

    static @Nullable Connection open(@Nullable Connection connection) {
        return connection == null || connection.isBroken ? null : connection;
    }
}
