package io.qomo.serve.cluster;

/// What servers ask of each other. The order is part of the protocol: new ones go last.
enum Kind {
    // To the node that leads.

    /// isFresh, strong locks, user locks → gateways let in; for a fresh one also the others' strong locks and global
    /// variables
    REPORT,
    /// session, name, mode, milliseconds →
    LOCK,
    /// session, names, mode? →
    SETTLE,
    /// session → the session waits no more
    CANCEL,
    /// subject → all nodes know the change
    CHANGED,
    /// session, name, seconds → granted
    USER_LOCK,
    /// session, name →
    USER_UNLOCK,
    /// name → session?
    USER_HOLDER,
    /// name, value → set on all nodes
    GLOBAL,

    // To any node.

    /// holder, name, mode, milliseconds →
    HOLD,
    /// holder, names, mode? →
    LOOSEN,
    /// holder → it waits no more
    STOP_WAITING,
    /// subject → read anew
    REFRESH,
    /// node, incarnation → its locks are given back
    FORGET,
    /// name, value →
    SET,
    /// connection, isOnlyQuery, user, host, isAdministrator → found
    KILL,
    /// → sessions
    PROCESSES;

    private static final Kind[] ALL = values();

    static Kind of(int ordinal) {
        return ALL[ordinal];
    }

    /// True for what only the node that leads answers.
    boolean isForLeader() {
        return compareTo(GLOBAL) <= 0;
    }
}
