package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.alipay.sofa.jraft.rpc.RpcResponseClosureAdapter;
import com.alipay.sofa.jraft.storage.FileService;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.qomo.store.cluster.rpc.Handler;
import io.qomo.store.cluster.rpc.Request;
import io.qomo.store.cluster.rpc.Transport;
import org.jspecify.annotations.Nullable;

/// Hands the requests of other nodes to the consensus library.
///
/// Appended entries and heartbeats come in order on the thread that reads the connection: taking them over
/// is quick, the log's own thread writes them. Everything else may wait for the disk and has threads of its
/// own.
final class RaftService {
    private RaftService() {}

    static void register(Transport transport) {
        transport.serve(RaftRpc.APPEND_SERVICE, Handler.Mode.INLINE, RaftService::handle);
        transport.serve(RaftRpc.CONTROL_SERVICE, Handler.Mode.BLOCKING, RaftService::handle);
    }

    private static void handle(Request request) {
        RaftRpc rpc = RaftRpc.read(request.payload());
        Message message;
        try {
            message = rpc.request(request.payload());
        } catch (InvalidProtocolBufferException e) {
            request.fail("malformed request");
            return;
        }
        RpcRequestClosure done = new RpcRequestClosure(new Response(rpc, request), ErrorResponse.getDefaultInstance());
        Message response = answer(message, RaftRpc.isByLeader(request.payload()), done);
        if (response != null) {
            done.sendResponse(response);
        }
    }

    /// The answer, or null if it comes through `done`.
    private static @Nullable Message answer(Message message, boolean isByLeader, RpcRequestClosure done) {
        return switch (message) {
            case AppendEntriesRequest r -> {
                RaftServerService node = node(r.getGroupId(), r.getPeerId());
                yield node == null ? unknown(r.getPeerId()) : append(node, r, done);
            }
            case RequestVoteRequest r -> {
                RaftServerService node = node(r.getGroupId(), r.getPeerId());
                if (node == null) {
                    yield unknown(r.getPeerId());
                }
                yield r.getPreVote() ? node.handlePreVoteRequest(r) : vote(node, r, isByLeader);
            }
            case InstallSnapshotRequest r -> {
                RaftServerService node = node(r.getGroupId(), r.getPeerId());
                if (node == null) {
                    yield unknown(r.getPeerId());
                }
                guard(node).heard();
                yield node.handleInstallSnapshot(r, done);
            }
            case TimeoutNowRequest r -> {
                RaftServerService node = node(r.getGroupId(), r.getPeerId());
                if (node == null) {
                    yield unknown(r.getPeerId());
                }
                guard(node).askedToLead();
                yield node.handleTimeoutNowRequest(r, done);
            }
            case ReadIndexRequest r -> {
                RaftServerService node = node(r.getGroupId(), r.getPeerId());
                if (node == null) {
                    yield unknown(r.getPeerId());
                }
                node.handleReadIndexRequest(r, new ReadIndexAnswer(done));
                yield null;
            }
            case GetFileRequest r -> FileService.getInstance().handleGetFile(r, done);
            case PingRequest _ -> ErrorResponse.newBuilder().setErrorCode(0).build();
            default -> error(RaftError.EINVAL, "unknown request");
        };
    }

    private static VoteGuard guard(RaftServerService node) {
        return ((RaftNodeOptions) ((Node) node).getOptions()).peers().guard();
    }

    private static @Nullable Message append(
            RaftServerService node, AppendEntriesRequest request, RpcRequestClosure done) {
        // before any answer goes out; a leader of the past that is refused soon stops
        guard(node).heard();
        return node.handleAppendEntriesRequest(request, done);
    }

    private static Message vote(RaftServerService node, RequestVoteRequest request, boolean isByLeader) {
        return guard(node).isBound() && !isByLeader
                ? error(RaftError.EBUSY, "the leader has just been heard of")
                : node.handleRequestVoteRequest(request);
    }

    private static final class ReadIndexAnswer extends RpcResponseClosureAdapter<ReadIndexResponse> {
        private final RpcRequestClosure done;

        ReadIndexAnswer(RpcRequestClosure done) {
            this.done = done;
        }

        @Override
        public void run(Status status) {
            ReadIndexResponse response = getResponse();
            if (response == null) {
                done.run(status);
            } else {
                done.sendResponse(response);
            }
        }
    }

    private static @Nullable RaftServerService node(String group, String peer) {
        PeerId id = new PeerId();
        Node node = id.parse(peer) ? NodeManager.getInstance().get(group, id) : null;
        return node instanceof RaftServerService service ? service : null;
    }

    private static Message unknown(String peer) {
        return error(RaftError.ENOENT, "no replica " + peer + " here");
    }

    private static Message error(RaftError error, String text) {
        return ErrorResponse.newBuilder()
                .setErrorCode(error.getNumber())
                .setErrorMsg(text)
                .build();
    }

    /// What the library calls the context of a request.
    private record Response(RaftRpc rpc, Request request) implements RpcContext {
        @Override
        public void sendResponse(Object response) {
            request.respond(RaftRpc.encodeResponse(rpc, (Message) response));
        }

        @Override
        public @Nullable Connection getConnection() {
            return null;
        }

        @Override
        public String getRemoteAddress() {
            return request.peer().address().toString();
        }
    }
}
