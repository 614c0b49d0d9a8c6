package io.qomo.store.cluster.rpc.tcp;

import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.Transport;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Runs the requests that one connection has for blocking services: those of a lane one after the other
/// \[T1], each lane on a thread of its own while it has any \[T2]. Thread-safe.
final class Lanes {
    private final ExecutorService threads;
    private final long maxBytes;
    // guarded by this; a lane is in the map while a thread works for it
    private final Map<Integer, ArrayDeque<Task>> lanes = new HashMap<>();
    private long queuedBytes;
    private boolean isClosed;

    private record Task(InboundRequest request, Handler handler) {}

    /// At most `maxBytes` of requests wait for their lane.
    Lanes(ExecutorService threads, long maxBytes) {
        this.threads = threads;
        this.maxBytes = maxBytes;
    }

    /// Runs a request when its turn comes; answers why when it cannot.
    void submit(InboundRequest request, Handler handler) {
        String refusal = admit(new Task(request, handler));
        if (refusal != null) {
            request.fail(refusal);
        }
    }

    private synchronized @Nullable String admit(Task task) {
        if (isClosed) {
            return "the connection is closed";
        }
        int lane = task.request.lane();
        ArrayDeque<Task> queue = lanes.get(lane);
        if (queue != null) {
            if (queuedBytes + task.request.payload().length > maxBytes) {
                return "too much waits for busy lanes";
            }
            queue.addLast(task);
            queuedBytes += task.request.payload().length;
            return null;
        }
        try {
            if (lane == Transport.UNORDERED) {
                threads.execute(() -> task.request.handleBy(task.handler));
            } else {
                threads.execute(() -> run(lane, task));
                lanes.put(lane, new ArrayDeque<>(1));
            }
            return null;
        } catch (RejectedExecutionException e) {
            return "all threads for blocking requests are busy";
        }
    }

    private void run(int lane, Task first) {
        Task task = first;
        while (task != null) {
            task.request.handleBy(task.handler);
            task = next(lane);
        }
    }

    private synchronized @Nullable Task next(int lane) {
        ArrayDeque<Task> queue = lanes.get(lane);
        Task next = queue == null ? null : queue.pollFirst();
        if (next == null) {
            lanes.remove(lane);
        } else {
            queuedBytes -= next.request.payload().length;
        }
        return next;
    }

    /// Forgets what has not begun.
    synchronized void close() {
        isClosed = true;
        lanes.values().forEach(ArrayDeque::clear);
    }
}
