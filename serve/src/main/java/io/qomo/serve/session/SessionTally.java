package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import java.util.concurrent.atomic.LongAdder;

/// What a session counts at every statement, in its own status and in the server's. The counters are found once: a
/// statement then costs some additions.
///
/// Owned by the session's thread.
final class SessionTally {
    private final StatementTimes times;
    private final Counter questions;
    private final Counter queries;
    private final Counter selects;
    private final Counter executions;
    private final Counter commits;
    private final Counter rollbacks;
    private final Counter slow;
    private final Counter errors;
    private final Counter deadlocks;
    private final Counter lockTimeouts;
    private final Counter received;
    private final Counter sent;

    /// A counter of the session and the one of the server.
    private record Counter(LongAdder own, LongAdder all) {
        void add(long count) {
            own.add(count);
            all.add(count);
        }
    }

    SessionTally(StatusCounters own, Server server) {
        StatusCounters all = server.counters();
        times = server.statementTimes();
        questions = counter("Questions", own, all);
        queries = counter("Queries", own, all);
        selects = counter("Com_select", own, all);
        executions = counter("Com_stmt_execute", own, all);
        commits = counter("Handler_commit", own, all);
        rollbacks = counter("Handler_rollback", own, all);
        slow = counter("Slow_queries", own, all);
        errors = counter("Qomo_errors", own, all);
        deadlocks = counter("Qomo_deadlocks", own, all);
        lockTimeouts = counter("Qomo_lock_wait_timeouts", own, all);
        received = counter("Bytes_received", own, all);
        sent = counter("Bytes_sent", own, all);
    }

    private static Counter counter(String name, StatusCounters own, StatusCounters all) {
        return new Counter(own.counter(name), all.counter(name));
    }

    void statement() {
        questions.add(1);
        queries.add(1);
    }

    void select() {
        selects.add(1);
    }

    void execution() {
        executions.add(1);
    }

    /// A statement is over, well or not.
    void ended(long tookNanos, long longNanos) {
        times.add(tookNanos);
        if (tookNanos > longNanos) {
            slow.add(1);
        }
    }

    void transactionEnded(boolean isCommitted) {
        (isCommitted ? commits : rollbacks).add(1);
    }

    void failed(ErrorCode code) {
        errors.add(1);
        if (code == ErrorCode.DEADLOCK) {
            deadlocks.add(1);
        } else if (code == ErrorCode.LOCK_WAIT_TIMEOUT) {
            lockTimeouts.add(1);
        }
    }

    void traffic(long receivedBytes, long sentBytes) {
        received.add(receivedBytes);
        sent.add(sentBytes);
    }
}
