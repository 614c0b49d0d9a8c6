package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.TransportException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request without outcome yet. Who takes it out of the table (or list) that it is in tells the outcome
/// \[T3].
record Call(Frame frame, long deadline, ResponseCallback callback) {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

    void complete(byte[] response) {
        try {
            callback.completed(response);
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a response callback failed");
        }
    }

    void fail(TransportException.Outcome outcome, String reason, Executor events) {
        events.execute(() -> {
            try {
                callback.failed(new TransportException(outcome, reason));
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a response callback failed");
            }
        });
    }
}
