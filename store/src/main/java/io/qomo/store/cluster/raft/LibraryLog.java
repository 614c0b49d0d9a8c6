package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Node;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.error.RaftError;
import java.nio.ByteBuffer;

/// The library's log in one term.
final class LibraryLog implements EntryLog {
    private final Node node;
    private final long term;
    private final LeaderLease lease;

    LibraryLog(Node node, long term, LeaderLease lease) {
        this.node = node;
        this.term = term;
        this.lease = lease;
    }

    @Override
    public void append(ByteBuffer entry, LeaderReplicator.CommitGroup group) {
        Task task = new Task(entry, new Pending(group));
        task.setExpectedTerm(term);
        node.apply(task);
    }

    @Override
    public void confirmLeads() {
        lease.confirm();
    }

    /// Hears from the library what became of an entry.
    record Pending(LeaderReplicator.CommitGroup group) implements Closure {
        @Override
        public void run(Status status) {
            if (status.isOk()) {
                group.committed();
            } else if (isCertainlyNotLogged(status)) {
                group.refused(status.getErrorMsg());
            } else {
                group.unknown(status.getErrorMsg());
            }
        }

        /// What the library answers before it gives an entry a place in its log.
        private static boolean isCertainlyNotLogged(Status status) {
            String text = status.getErrorMsg();
            return status.getRaftError() == RaftError.EBUSY
                    || (status.getRaftError() == RaftError.EPERM
                            && (text.equals("Is not leader.") || text.startsWith("expected_term=")));
        }
    }
}
