package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.TransportCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// What a transport counts. Thread-safe; counted once per message by the thread that writes or reads it.
final class Meters {
    private static final int COUNTERS = 4;
    private static final int MESSAGES_SENT = 0;
    private static final int BYTES_SENT = 1;
    private static final int MESSAGES_RECEIVED = 2;
    private static final int BYTES_RECEIVED = 3;

    private final AtomicLongArray counts = new AtomicLongArray(TcpTransport.SERVICES * COUNTERS);
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();

    void sent(Frame frame) {
        if (isMessage(frame.kind)) {
            counts.getAndIncrement(frame.service * COUNTERS + MESSAGES_SENT);
            counts.getAndAdd(frame.service * COUNTERS + BYTES_SENT, frame.length);
        }
    }

    void received(FrameHeader header) {
        if (isMessage(header.kind())) {
            counts.getAndIncrement(header.service() * COUNTERS + MESSAGES_RECEIVED);
            counts.getAndAdd(header.service() * COUNTERS + BYTES_RECEIVED, header.length());
        }
    }

    void connected() {
        connections.getAndIncrement();
    }

    void refused() {
        refusals.getAndIncrement();
    }

    TransportCounters snapshot(int connectedPeers, int acceptedPeers) {
        List<TransportCounters.Service> services = new ArrayList<>();
        for (int service = 0; service < TcpTransport.SERVICES; service++) {
            long sent = counts.get(service * COUNTERS + MESSAGES_SENT);
            long received = counts.get(service * COUNTERS + MESSAGES_RECEIVED);
            if (sent > 0 || received > 0) {
                services.add(new TransportCounters.Service(
                        service,
                        sent,
                        counts.get(service * COUNTERS + BYTES_SENT),
                        received,
                        counts.get(service * COUNTERS + BYTES_RECEIVED)));
            }
        }
        return new TransportCounters(connectedPeers, acceptedPeers, connections.get(), refusals.get(), services);
    }

    private static boolean isMessage(FrameKind kind) {
        return switch (kind) {
            case REQUEST, RESPONSE, FAILURE -> true;
            case HELLO, PROOF, REFUSAL, ALIVE -> false;
        };
    }
}
