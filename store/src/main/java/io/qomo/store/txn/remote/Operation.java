package io.qomo.store.txn.remote;

/// What a gateway asks of the leader of a group. The order is part of the protocol: new ones go last.
enum Operation {
    /// validated → timestamp
    SNAPSHOT,
    /// timestamp → nothing; keeps a snapshot that was taken from an earlier leader
    ADOPT_SNAPSHOT,
    /// →
    RELEASE_SNAPSHOT,
    /// key, timestamp → value?
    GET,
    /// timestamp, keys → values?
    MULTI_GET,
    /// from, to, reverse, timestamp, rows, bytes → entries, more
    SCAN,
    /// validated → id, timestamp
    NEWEST,
    /// id →
    CLOSE_NEWEST,
    /// key, mode, policy, wait, validated → granted, value?, waited
    LOCK,
    /// from, to, mode, policy, wait, validated → granted
    LOCK_RANGE,
    /// key, wait →
    INSERT,
    /// key, timestamp → changed, value?
    SUPERSEDED,
    /// batch, slots, keys, reads → timestamp
    COMMIT,
    /// reads →
    VALIDATE,
    /// →
    END,
    /// →
    INTERRUPT,
    /// → committed, timestamp
    OUTCOME,
    /// → timestamp
    LATEST_TIMESTAMP,
    /// counter, count, increment, offset → value
    COUNTER_NEXT,
    /// counter, value →
    COUNTER_RAISE,
    /// counter, value →
    COUNTER_RESET,
    /// counter → value
    COUNTER_PEEK,
    /// counter →
    COUNTER_REMOVE,
    /// snapshot, entries → number written
    LOAD,
    /// from, to → leadership, number of the notes
    CHANGES_BEGIN,
    /// leadership, number, timestamp → known, complete, keys
    CHANGES_TAKE,
    /// leadership, number →
    CHANGES_END,
    /// leadership, its clock as last heard, numbers of the open transactions → leadership, its clock, admitted
    ALIVE,
    /// →; the gateway is let in, in the place of an earlier one of its node
    REGISTER,
    /// →; the gateway is let in no more
    LEAVE,
    /// oldest snapshot in use → leadership, timestamp, kept from
    TIMESTAMP;

    private static final Operation[] ALL = values();

    static Operation read(WireReader in) {
        return in.choice(ALL);
    }
}
