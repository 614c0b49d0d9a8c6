package io.qomo.serve.cluster;

import io.qomo.base.env.Env;
import io.qomo.serve.lock.Interruption;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.TransportException;
import io.qomo.store.member.Member;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Carries requests to servers, also to the one of this node. Thread-safe.
final class Post {
    private static final long LOOK_MS = 500;
    private static final long INSIST_MS = 200;

    private final Member member;
    private final ThreadFactory threads;
    private volatile BiFunction<Long, byte[], byte[]> here = (node, request) -> {
        throw new IllegalStateException("nobody answers yet");
    };

    Post(Member member, Env env) {
        this.member = member;
        this.threads = env.threads("sql-peer");
    }

    /// Who answers requests to this node, given the number of the sender.
    void answeredBy(BiFunction<Long, byte[], byte[]> handler) {
        here = handler;
    }

    /// Sends a request. Does not wait.
    void send(long node, byte[] request, Duration timeout, ResponseCallback callback) {
        if (node == member.nodeId()) {
            threads.newThread(() -> callback.completed(here.apply(node, request)))
                    .start();
        } else {
            member.send(node, request, timeout, callback);
        }
    }

    /// Sends a request nobody waits for.
    void tell(long node, byte[] request) {
        send(node, request, Duration.ofSeconds(5), new Answer());
    }

    /// Sends a request and waits for the response. An interruption runs `cancel`, again and again, and the wait goes
    /// on:
    /// whoever is asked is expected to answer then. Throws [TransportException].
    ///
    /// @param isPointless looked at from time to time: whether no answer is wanted any more, which counts as `LOST`
    byte[] call(
            long node,
            byte[] request,
            Duration timeout,
            Interruption interruption,
            Runnable cancel,
            BooleanSupplier isPointless) {
        Answer answer = new Answer();
        send(node, request, timeout, answer);
        return answer.await(interruption, cancel, isPointless);
    }

    /// As the other, for what takes no long time.
    byte[] call(long node, byte[] request, Duration timeout) {
        return call(node, request, timeout, new Interruption(), () -> {}, () -> false);
    }

    private static final class Answer implements ResponseCallback {
        private byte @Nullable [] response;
        private @Nullable TransportException failure;

        @Override
        public synchronized void completed(byte[] bytes) {
            response = bytes;
            notifyAll();
        }

        @Override
        public synchronized void failed(TransportException e) {
            failure = e;
            notifyAll();
        }

        synchronized byte[] await(Interruption interruption, Runnable cancel, BooleanSupplier isPointless) {
            while (true) {
                byte[] done = response;
                if (done != null) {
                    return done;
                }
                TransportException failed = failure;
                if (failed != null) {
                    throw failed;
                }
                if (isPointless.getAsBoolean()) {
                    throw new TransportException(TransportException.Outcome.LOST, "the answer is not wanted any more");
                }
                if (!interruption.isInterrupted()) {
                    interruption.await(this, LOOK_MS);
                    continue;
                }
                cancel.run();
                try {
                    wait(INSIST_MS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new TransportException(TransportException.Outcome.LOST, "the wait was interrupted");
                }
            }
        }
    }
}
