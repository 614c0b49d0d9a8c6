package io.qomo.store.txn.remote;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.store.cluster.NotLeaderException;

/// How a response begins: what became of the request.
enum Answer {
    /// The result follows.
    DONE,
    /// An error of the register follows: its name, its message.
    ERROR,
    /// This node does not lead the group.
    NOT_LEADER,
    /// The leader does not know the transaction: it is a later one, or has given it up.
    UNKNOWN_TRANSACTION;

    private static final Answer[] ALL = values();

    static WireWriter begin(Answer answer) {
        return new WireWriter(64).put(answer.ordinal());
    }

    static byte[] of(RuntimeException failure) {
        return switch (failure) {
            case NotLeaderException _ -> begin(NOT_LEADER).toBytes();
            case UnknownTransactionException _ -> begin(UNKNOWN_TRANSACTION).toBytes();
            case SqlException e -> error(e.code(), e.text());
            default -> error(ErrorCode.INTERNAL_ERROR, ErrorCode.INTERNAL_ERROR.format(failure));
        };
    }

    private static byte[] error(ErrorCode code, String text) {
        return begin(ERROR).text(code.name()).text(text).toBytes();
    }

    /// The result, or throws what stands for it.
    static WireReader check(byte[] response) {
        WireReader in = new WireReader(response);
        return switch (in.choice(ALL)) {
            case DONE -> in;
            case ERROR -> throw error(in);
            case NOT_LEADER -> throw new NotLeaderException("the node asked does not lead the group");
            case UNKNOWN_TRANSACTION -> throw new UnknownTransactionException();
        };
    }

    private static SqlException error(WireReader in) {
        String name = in.text();
        String text = in.text();
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return SqlException.relayed(code, text);
            }
        }
        return new SqlException(ErrorCode.INTERNAL_ERROR, text);
    }
}
