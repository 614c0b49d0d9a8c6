package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.PeerIdentity;
import io.qomo.store.cluster.rpc.Request;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A peer's request and the way back to it.
final class InboundRequest implements Request {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

    private final InboundLink link;
    private final Handler.Mode mode;
    private final int service;
    private final int lane;
    private final long id;
    private final byte[] payload;
    private final AtomicBoolean isAnswered = new AtomicBoolean();

    InboundRequest(InboundLink link, Handler.Mode mode, FrameHeader header, byte[] payload) {
        this.link = link;
        this.mode = mode;
        this.service = header.service();
        this.lane = header.lane();
        this.id = header.id();
        this.payload = payload;
    }

    /// Runs a handler on this request.
    void handleBy(Handler handler) {
        try {
            handler.handle(this);
        } catch (RuntimeException | Error e) {
            // of this request alone: the peer's others go on
            LOG.atError().setCause(e).addKeyValue("service", service).log("a request handler failed");
            if (isAnswered.compareAndSet(false, true)) {
                sendFailure("the handler failed: " + e);
            }
        }
    }

    @Override
    public PeerIdentity peer() {
        return link.peer();
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
        return link.isClosed();
    }

    @Override
    public void respond(ByteBuffer... response) {
        claim();
        try {
            Frame frame = new Frame(FrameKind.RESPONSE, service, lane, id, response, link.maxFrameBytes());
            link.answer(frame, mode);
        } catch (IllegalArgumentException e) {
            sendFailure("no response: " + e.getMessage());
        }
    }

    @Override
    public void fail(String reason) {
        claim();
        sendFailure(reason);
    }

    private void claim() {
        if (!isAnswered.compareAndSet(false, true)) {
            throw new IllegalStateException("the request was answered before");
        }
    }

    private void sendFailure(String reason) {
        link.answer(Frame.failure(service, lane, id, reason), mode);
    }
}
