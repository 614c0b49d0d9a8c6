package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.ReplicatorGroup;
import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.option.RpcOptions;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.InvokeContext;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.util.Endpoint;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.qomo.base.error.Check;
import io.qomo.store.cluster.rpc.NodeAddress;
import io.qomo.store.cluster.rpc.ResponseCallback;
import io.qomo.store.cluster.rpc.Transport;
import io.qomo.store.cluster.rpc.TransportException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends the consensus library's requests over our transport. The library makes one for each group; it
/// learns its transport from the group's options.
public final class RaftClient implements RpcClient {
    private static final Logger LOG = LoggerFactory.getLogger(RaftClient.class);

    private @Nullable RaftPeers peers;

    @Override
    public boolean init(RpcOptions options) {
        Check.that(options instanceof RaftNodeOptions, "options of a foreign group");
        peers = ((RaftNodeOptions) options).peers();
        return true;
    }

    @Override
    public void shutdown() {
        // the transport belongs to the node
    }

    @Override
    public boolean checkConnection(Endpoint endpoint) {
        // a request connects, and fails at once where that is known to be in vain
        return true;
    }

    @Override
    public boolean checkConnection(Endpoint endpoint, boolean createIfAbsent) {
        return true;
    }

    @Override
    public void closeConnection(Endpoint endpoint) {
        // the connection is shared
    }

    @Override
    public void registerConnectEventListener(ReplicatorGroup group) {
        // heartbeats find a peer that is back
    }

    @Override
    public Object invokeSync(Endpoint endpoint, Object request, InvokeContext context, long timeoutMs)
            throws RemotingException {
        RaftRpc rpc = RaftRpc.of(request);
        RaftPeers known = peers();
        boolean isByLeader = checkMayAsk(known.guard(), request);
        try {
            byte[] response = known.transport()
                    .call(
                            address(endpoint),
                            rpc.service(),
                            known.lane(),
                            join(RaftRpc.encode(rpc, (Message) request, isByLeader)),
                            Duration.ofMillis(timeoutMs));
            return rpc.response(response);
        } catch (TransportException e) {
            throw translate(e);
        } catch (InvalidProtocolBufferException e) {
            throw new RemotingException("malformed response from " + endpoint, e);
        }
    }

    /// Whether a vote is asked for because the leader wants it. Throws if none may be asked for.
    private static boolean checkMayAsk(VoteGuard guard, Object request) throws RemotingException {
        if (!(request instanceof RequestVoteRequest vote) || vote.getPreVote()) {
            return false;
        }
        if (guard.isTransfer()) {
            return true;
        }
        if (guard.isBound()) {
            throw new RemotingException("the leader has just been heard of");
        }
        return false;
    }

    private static byte[] join(ByteBuffer[] parts) {
        int length = 0;
        for (ByteBuffer part : parts) {
            length += part.remaining();
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (ByteBuffer part : parts) {
            joined.put(part.duplicate());
        }
        return joined.array();
    }

    @Override
    public void invokeAsync(
            Endpoint endpoint, Object request, InvokeContext context, InvokeCallback callback, long timeoutMs)
            throws RemotingException {
        RaftRpc rpc = RaftRpc.of(request);
        RaftPeers known = peers();
        boolean isByLeader = checkMayAsk(known.guard(), request);
        known.transport()
                .send(
                        address(endpoint),
                        rpc.service(),
                        rpc == RaftRpc.APPEND ? known.lane() : Transport.UNORDERED,
                        RaftRpc.encode(rpc, (Message) request, isByLeader),
                        Duration.ofMillis(timeoutMs),
                        new Completion(rpc, endpoint, callback));
    }

    /// Hands a response to the library.
    private record Completion(RaftRpc rpc, Endpoint endpoint, InvokeCallback callback) implements ResponseCallback {
        @Override
        public void completed(byte[] response) {
            try {
                callback.complete(rpc.response(response), null);
            } catch (InvalidProtocolBufferException e) {
                fail(new RemotingException("malformed response from " + endpoint, e));
            }
        }

        @Override
        public void failed(TransportException failure) {
            fail(translate(failure));
        }

        /// On another thread: the sender may hold locks that the library takes again.
        private void fail(RemotingException failure) {
            Executor executor = callback.executor();
            if (executor == null) {
                callback.complete(null, failure);
            } else {
                try {
                    executor.execute(() -> callback.complete(null, failure));
                } catch (RejectedExecutionException e) {
                    LOG.atDebug().addKeyValue("peer", endpoint).log("a request failed while its group was closing");
                }
            }
        }
    }

    private static RemotingException translate(TransportException failure) {
        return failure.outcome() == TransportException.Outcome.LOST
                ? new InvokeTimeoutException(failure.getMessage())
                : new RemotingException(failure.getMessage());
    }

    private RaftPeers peers() {
        RaftPeers known = peers;
        if (known == null) {
            throw new IllegalStateException("the client was not initialised");
        }
        return known;
    }

    private NodeAddress address(Endpoint endpoint) throws RemotingException {
        NodeAddress address = peers().address(RaftPeers.nodeId(endpoint));
        if (address == null) {
            throw new RemotingException("no address is known of node " + RaftPeers.nodeId(endpoint));
        }
        return address;
    }
}
