package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.PeerIdentity;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A connection that a peer made, and the requests that come on it. Thread-safe.
final class InboundLink implements FrameSink {
    private final Connection connection;
    private final PeerIdentity peer;
    private final @Nullable Service[] services;
    private final Lanes lanes;
    private final Wiring wiring;
    private final Runnable whenClosed;

    InboundLink(
            Connection connection,
            PeerIdentity peer,
            @Nullable Service[] services,
            Wiring wiring,
            Runnable whenClosed) {
        this.connection = connection;
        this.peer = peer;
        this.services = services;
        this.wiring = wiring;
        this.whenClosed = whenClosed;
        this.lanes = new Lanes(wiring.blocking(), wiring.options().limits().maxOutgoingBytes());
    }

    @Override
    public void frame(FrameHeader header, byte[] payload) throws IOException {
        switch (header.kind()) {
            case ALIVE -> {}
            case REQUEST -> request(header, payload);
            case REFUSAL -> {
                String reason = "the peer refused: " + Frame.reason(payload);
                wiring.meters().refused();
                wiring.complaints()
                        .log("a peer does not want this node", peer.address().toString(), reason);
                connection.close(reason);
            }
            case HELLO, PROOF, RESPONSE, FAILURE ->
                throw new MalformedFrameException(header.kind() + " where requests are due");
        }
    }

    private void request(FrameHeader header, byte[] payload) {
        Service service = services[header.service()];
        if (service == null) {
            new InboundRequest(this, Handler.Mode.INLINE, header, payload)
                    .fail("no service " + header.service() + " on " + wiring.self());
            return;
        }
        InboundRequest request = new InboundRequest(this, service.mode(), header, payload);
        switch (service.mode()) {
            case INLINE -> request.handleBy(service.handler());
            case BLOCKING -> lanes.submit(request, service.handler());
        }
    }

    /// Sends an answer; nothing happens when the connection is closed.
    void answer(Frame frame, Handler.Mode mode) {
        Outgoing out = connection.out();
        Outgoing.Admission admission = out.append(frame);
        if (admission != Outgoing.Admission.FULL) {
            return;
        }
        switch (mode) {
            case BLOCKING -> out.appendWaiting(frame);
            // the peer must learn that its request was handled and the response lost
            case INLINE -> connection.close("the peer takes no responses");
        }
    }

    @Override
    public void closed(String reason) {
        lanes.close();
        whenClosed.run();
    }

    boolean isClosed() {
        return connection.isClosed();
    }

    PeerIdentity peer() {
        return peer;
    }

    int maxFrameBytes() {
        return wiring.options().limits().maxFrameBytes();
    }
}
