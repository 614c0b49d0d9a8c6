package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.PeerIdentity;
import io.qomo.store.cluster.rpc.TransportException.Outcome;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A connection that this node made, and the requests on it that wait for responses. Thread-safe.
final class OutboundLink implements FrameSink {
    private final Connection connection;
    private final PeerIdentity identity;
    private final Peer peer;
    private final Wiring wiring;
    private final long openedAt;
    private final ConcurrentHashMap<Long, Call> calls = new ConcurrentHashMap<>();
    /// No call's deadline is earlier.
    private final AtomicLong earliest = new AtomicLong(Long.MAX_VALUE);

    OutboundLink(Connection connection, PeerIdentity identity, Peer peer, Wiring wiring) {
        this.connection = connection;
        this.identity = identity;
        this.peer = peer;
        this.wiring = wiring;
        this.openedAt = wiring.clock().getAsLong();
    }

    /// Takes charge of a call, unless the link is closed: then it returns false, and somebody else must.
    boolean submit(Call call) {
        Long id = call.frame().id;
        calls.put(id, call);
        lower(call.deadline());
        return switch (connection.out().append(call.frame())) {
            case ACCEPTED -> true;
            case CLOSED -> calls.remove(id) == null;
            case FULL -> {
                if (calls.remove(id) != null) {
                    call.fail(Outcome.UNREACHABLE, "too much waits for " + identity.address(), wiring.events());
                }
                yield true;
            }
        };
    }

    private void lower(long deadline) {
        long known = earliest.get();
        while (deadline < known && !earliest.compareAndSet(known, deadline)) {
            known = earliest.get();
        }
        wiring.alarm().accept(deadline);
    }

    @Override
    public void frame(FrameHeader header, byte[] payload) throws IOException {
        switch (header.kind()) {
            case ALIVE -> {}
            case RESPONSE -> {
                Call call = calls.remove(header.id());
                if (call != null) {
                    call.complete(payload);
                }
            }
            case FAILURE -> {
                Call call = calls.remove(header.id());
                if (call != null) {
                    call.fail(Outcome.REFUSED, Frame.reason(payload), wiring.events());
                }
            }
            case HELLO, PROOF, REFUSAL, REQUEST ->
                throw new MalformedFrameException(header.kind() + " where answers are due");
        }
    }

    /// Fails the calls whose time is up, and tells when to look again.
    long expire(long now) {
        if (earliest.get() > now) {
            return earliest.get();
        }
        earliest.set(Long.MAX_VALUE);
        for (Call call : calls.values()) {
            if (call.deadline() > now) {
                lower(call.deadline());
            } else if (calls.remove(call.frame().id) != null) {
                fail(call, "no response in time from " + identity.address());
            }
        }
        return earliest.get();
    }

    @Override
    public void closed(String reason) {
        for (Long id : calls.keySet()) {
            Call call = calls.remove(id);
            if (call != null) {
                fail(call, "connection to " + identity.address() + " closed: " + reason);
            }
        }
        peer.linkClosed(this, reason);
    }

    private void fail(Call call, String reason) {
        Outcome outcome = connection.out().cancel(call.frame()) ? Outcome.UNREACHABLE : Outcome.LOST;
        call.fail(outcome, reason, wiring.events());
    }

    PeerIdentity identity() {
        return identity;
    }

    Connection connection() {
        return connection;
    }

    long openedAt() {
        return openedAt;
    }
}
