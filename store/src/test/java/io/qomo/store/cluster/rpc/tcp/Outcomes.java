package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.TransportException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Collects outcomes and waits for a number of them.
final class Outcomes implements ResponseCallback {
    final List<byte[]> responses = new CopyOnWriteArrayList<>();
    final List<TransportException> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch missing;

    Outcomes(int expected) {
        missing = new CountDownLatch(expected);
    }

    @Override
    public void completed(byte[] response) {
        responses.add(response);
        missing.countDown();
    }

    @Override
    public void failed(TransportException failure) {
        failures.add(failure);
        missing.countDown();
    }

    Outcomes await() {
        Nodes.await(missing);
        return this;
    }
}
