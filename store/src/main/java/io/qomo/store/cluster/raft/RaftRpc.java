package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.ErrorResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.PingRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowResponse;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.qomo.base.error.Check;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The messages of the consensus library on our transport: a byte that tells which one, and its protobuf
/// encoding.
enum RaftRpc {
    VOTE(1, RequestVoteRequest.parser(), RequestVoteResponse.parser(), RequestVoteRequest.class),
    APPEND(2, AppendEntriesRequest.parser(), AppendEntriesResponse.parser(), AppendEntriesRequest.class),
    INSTALL(3, InstallSnapshotRequest.parser(), InstallSnapshotResponse.parser(), InstallSnapshotRequest.class),
    GET_FILE(4, GetFileRequest.parser(), GetFileResponse.parser(), GetFileRequest.class),
    TIMEOUT_NOW(5, TimeoutNowRequest.parser(), TimeoutNowResponse.parser(), TimeoutNowRequest.class),
    READ_INDEX(6, ReadIndexRequest.parser(), ReadIndexResponse.parser(), ReadIndexRequest.class),
    PING(7, PingRequest.parser(), ErrorResponse.parser(), PingRequest.class);

    /// Service number of appended entries and heartbeats.
    static final int APPEND_SERVICE = 1;
    /// Service number of everything else.
    static final int CONTROL_SERVICE = 2;

    private static final byte ERROR = 0;
    /// A request that the leader wants, see [VoteGuard].
    private static final byte BY_LEADER = 0x40;

    final byte code;
    private final Parser<? extends Message> requests;
    private final Parser<? extends Message> responses;
    private final Class<? extends Message> type;

    RaftRpc(
            int code,
            Parser<? extends Message> requests,
            Parser<? extends Message> responses,
            Class<? extends Message> type) {
        this.code = (byte) code;
        this.requests = requests;
        this.responses = responses;
        this.type = type;
    }

    static RaftRpc of(Object request) {
        for (RaftRpc rpc : values()) {
            if (rpc.type.isInstance(request)) {
                return rpc;
            }
        }
        throw new IllegalArgumentException("no such request: " + request.getClass());
    }

    private static @Nullable RaftRpc of(byte code) {
        for (RaftRpc rpc : values()) {
            if (rpc.code == code) {
                return rpc;
            }
        }
        return null;
    }

    int service() {
        return this == APPEND ? APPEND_SERVICE : CONTROL_SERVICE;
    }

    static ByteBuffer[] encode(RaftRpc rpc, Message message, boolean isByLeader) {
        byte code = (byte) (isByLeader ? rpc.code | BY_LEADER : rpc.code);
        return new ByteBuffer[] {
            ByteBuffer.wrap(new byte[] {code}), ByteBuffer.wrap(message.toByteArray()),
        };
    }

    static ByteBuffer[] encodeResponse(RaftRpc rpc, Message message) {
        byte code = message instanceof ErrorResponse ? ERROR : rpc.code;
        return new ByteBuffer[] {ByteBuffer.wrap(new byte[] {code}), ByteBuffer.wrap(message.toByteArray())};
    }

    /// Which request it is.
    static RaftRpc read(byte[] payload) {
        Check.that(payload.length > 0, "empty message");
        RaftRpc rpc = of((byte) (payload[0] & ~BY_LEADER));
        if (rpc == null) {
            throw new IllegalArgumentException("unknown message " + payload[0]);
        }
        return rpc;
    }

    /// Whether the leader wants a request.
    static boolean isByLeader(byte[] payload) {
        return (payload[0] & BY_LEADER) != 0;
    }

    Message request(byte[] payload) throws InvalidProtocolBufferException {
        return requests.parseFrom(payload, 1, payload.length - 1);
    }

    Message response(byte[] payload) throws InvalidProtocolBufferException {
        Check.that(payload.length > 0, "empty response");
        Parser<? extends Message> parser = payload[0] == ERROR ? ErrorResponse.parser() : responses;
        return parser.parseFrom(payload, 1, payload.length - 1);
    }
}
