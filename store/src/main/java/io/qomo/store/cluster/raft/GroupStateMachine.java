package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.StateMachine;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.LeaderChangeContext;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the committed entries of a group to its replica, and tells who leads. All methods run on the
/// log's thread.
final class GroupStateMachine implements StateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(GroupStateMachine.class);

    private final long group;
    private final GroupReplica replica;
    private final ReplicaFiles files;
    private final Events events;
    private final ThreadFactory threads;

    /// What the group has to know.
    interface Events {
        /// This node leads in `term`; all earlier entries are applied.
        void leads(long term);

        /// It leads no more.
        void leadsNoMore();

        /// Another node leads.
        void follows(LeaderChangeContext leader);

        /// The members are now these.
        void membersChanged(Configuration members);

        /// Entries of so many bytes were applied.
        void applied(long bytes);

        /// The replica cannot go on.
        void failed(RaftException reason);
    }

    GroupStateMachine(long group, GroupReplica replica, ReplicaFiles files, Events events, ThreadFactory threads) {
        this.group = group;
        this.replica = replica;
        this.files = files;
        this.events = events;
        this.threads = threads;
    }

    @Override
    public void onApply(Iterator entries) {
        long bytes = 0;
        while (entries.hasNext()) {
            Closure done = entries.done();
            long index = entries.getIndex();
            bytes += entries.getData().remaining();
            try {
                // the store may be ahead of the snapshot from which the log is read again
                if (index > replica.appliedIndex()) {
                    if (done instanceof LibraryLog.Pending own) {
                        own.group().apply(index, entries.getTerm());
                    } else {
                        replica.apply(index, entries.getTerm(), entries.getData());
                    }
                }
            } catch (RuntimeException e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("group", group)
                        .addKeyValue("index", index)
                        .log("an entry cannot be applied; the replica stops");
                entries.setErrorAndRollback(1, new Status(RaftError.ESTATEMACHINE, "cannot apply: %s", e.getMessage()));
                return;
            }
            if (done != null) {
                done.run(Status.OK());
            }
            entries.next();
        }
        events.applied(bytes);
    }

    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        // The copy may hold more than the snapshot's index says: what it holds too much is not applied again.
        threads.newThread(() -> save(writer, done)).start();
    }

    private void save(SnapshotWriter writer, Closure done) {
        try {
            for (String file : files.save(writer.getPath())) {
                if (!writer.addFile(file)) {
                    done.run(new Status(RaftError.EIO, "cannot add file %s to a snapshot", file));
                    return;
                }
            }
            done.run(Status.OK());
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("group", group).log("a snapshot could not be saved");
            done.run(new Status(RaftError.EIO, "cannot save: %s", e.getMessage()));
        }
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        long index = reader.load().getLastIncludedIndex();
        if (index <= replica.appliedIndex()) {
            return true;
        }
        try {
            replica.exchanging();
            files.install(reader.getPath(), reader.listFiles());
            replica.reload();
            LOG.atInfo()
                    .addKeyValue("group", group)
                    .addKeyValue("index", replica.appliedIndex())
                    .log("the replica was replaced by a copy of the leader's");
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("group", group).log("a snapshot could not be installed");
            return false;
        }
    }

    @Override
    public void onLeaderStart(long term) {
        events.leads(term);
    }

    @Override
    public void onLeaderStop(Status status) {
        events.leadsNoMore();
    }

    @Override
    public void onStartFollowing(LeaderChangeContext leader) {
        events.follows(leader);
    }

    @Override
    public void onStopFollowing(LeaderChangeContext leader) {
        // the next leader will be told
    }

    @Override
    public void onConfigurationCommitted(Configuration members) {
        events.membersChanged(members);
    }

    @Override
    public void onError(RaftException reason) {
        events.failed(reason);
    }

    @Override
    public void onShutdown() {
        // closing is the group's business
    }
}
