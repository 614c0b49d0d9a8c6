package io.qomo.store.cluster.rpc.tcp;

import io.qomo.base.env.Env;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.PeerListener;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.cluster.rpc.TransportCounters;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The transport over TCP. See the package's page for how.
public final class TcpTransport implements Transport {
    static final int SERVICES = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Wiring wiring;
    private final Listener listener;
    private final Ticker ticker;
    private final ExecutorService events;
    private final ThreadFactory callers;
    private final @Nullable Service[] services = new Service[SERVICES];
    private final List<PeerListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<NodeAddress, Peer> peers = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /// Takes the port; answers nobody before [#start].
    public static TcpTransport open(TcpOptions options, HandshakePolicy policy, Env env) throws IOException {
        ServerSocket socket = Listener.bind(options.listen());
        NodeAddress self = options.advertised()
                .orElseGet(() -> new NodeAddress(options.listen().host(), socket.getLocalPort()));
        return new TcpTransport(socket, self, options, policy, env);
    }

    private TcpTransport(ServerSocket socket, NodeAddress self, TcpOptions options, HandshakePolicy policy, Env env) {
        long origin = env.nanoTime() - 1;
        LongSupplier clock = () -> env.nanoTime() - origin;
        this.ticker = new Ticker(clock, tracked(env.threads("rpc-ticker")), this::tick);
        this.callers = tracked(env.threads("rpc-out"));
        Duration idle = options.timing().idle();
        ThreadFactory late = env.threads("rpc-late");
        this.events = pool(
                1,
                idle,
                new LinkedBlockingQueue<>(),
                env.threads("rpc-events"),
                // what fails after close must not be told on the thread that sends either
                (task, pool) -> late.newThread(task).start());
        this.wiring = new Wiring(
                self,
                options,
                policy,
                env,
                clock,
                new Meters(),
                new Complaints(clock),
                pool(
                        Integer.MAX_VALUE,
                        idle,
                        new SynchronousQueue<>(),
                        env.threads("rpc-writer"),
                        new ThreadPoolExecutor.AbortPolicy()),
                pool(
                        options.limits().maxBlockingThreads(),
                        idle,
                        new SynchronousQueue<>(),
                        env.threads("rpc-blocking"),
                        new ThreadPoolExecutor.AbortPolicy()),
                events,
                ticker::wakeBy);
        this.listener = new Listener(socket, wiring, connections, services, tracked(env.threads("rpc-in")));
    }

    private static ExecutorService pool(
            int most,
            Duration idle,
            BlockingQueue<Runnable> queue,
            ThreadFactory threads,
            RejectedExecutionHandler beyond) {
        // a pool with a queue grows only to its core
        int core = queue instanceof SynchronousQueue ? 0 : most;
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(core, most, idle.toNanos(), TimeUnit.NANOSECONDS, queue, threads, beyond);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// Threads that [#close] waits for.
    private ThreadFactory tracked(ThreadFactory factory) {
        return task -> factory.newThread(() -> {
            threads.add(Thread.currentThread());
            try {
                task.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
    }

    @Override
    public NodeAddress self() {
        return wiring.self();
    }

    @Override
    public void serve(int service, Handler.Mode mode, Handler handler) {
        if (isStarted.get() || services[service] != null) {
            throw new IllegalStateException("service " + service + " comes too late or twice");
        }
        services[service] = new Service(mode, handler);
    }

    @Override
    public void listen(PeerListener added) {
        listeners.add(added);
    }

    @Override
    public void start() {
        if (!isStarted.compareAndSet(false, true)) {
            throw new IllegalStateException("started twice");
        }
        ticker.start();
        listener.start();
    }

    @Override
    public void send(
            NodeAddress to, int service, int lane, ByteBuffer[] payload, Duration timeout, ResponseCallback callback) {
        if (!isStarted.get() || service < 0 || service >= SERVICES) {
            throw new IllegalStateException("not started, or no service number: " + service);
        }
        Frame frame = new Frame(
                FrameKind.REQUEST,
                service,
                lane,
                lastId.incrementAndGet(),
                payload,
                wiring.options().limits().maxFrameBytes());
        long deadline = wiring.clock().getAsLong() + timeout.toNanos();
        peer(to).send(new Call(frame, deadline, callback));
    }

    @Override
    public void connect(NodeAddress peer) {
        peer(peer).connect();
    }

    @Override
    public boolean isConnected(NodeAddress peer) {
        Peer known = peers.get(peer);
        return known != null && known.isConnected();
    }

    private Peer peer(NodeAddress address) {
        Peer known = peers.get(address);
        if (known != null) {
            return known;
        }
        Peer peer = peers.computeIfAbsent(address, to -> new Peer(to, connections, listeners, callers, wiring));
        if (isClosed.get()) {
            peer.close();
        }
        return peer;
    }

    private long tick(long now) {
        long next = Long.MAX_VALUE;
        for (Connection connection : connections) {
            next = Math.min(next, connection.tick(now));
        }
        for (Peer peer : peers.values()) {
            next = Math.min(next, peer.expire(now));
        }
        return next;
    }

    @Override
    public TransportCounters counters() {
        int connected = (int) peers.values().stream().filter(Peer::isConnected).count();
        return wiring.meters().snapshot(connected, listener.guests());
    }

    /// Waits a few seconds for handlers, which it interrupts; must not be called by a handler or callback.
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        listener.close();
        peers.values().forEach(Peer::close);
        List.copyOf(connections).forEach(connection -> connection.close("the transport closes"));
        ticker.stop();
        wiring.writers().shutdown();
        wiring.blocking().shutdownNow();
        long deadline = wiring.clock().getAsLong() + PATIENCE.toNanos();
        try {
            for (Thread thread : List.copyOf(threads)) {
                thread.join(
                        Duration.ofNanos(Math.max(1, deadline - wiring.clock().getAsLong())));
            }
            // readers that end and peers that give up may still have failures to tell
            events.shutdown();
            for (ExecutorService pool : List.of(wiring.writers(), wiring.blocking(), events)) {
                pool.awaitTermination(deadline - wiring.clock().getAsLong(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
