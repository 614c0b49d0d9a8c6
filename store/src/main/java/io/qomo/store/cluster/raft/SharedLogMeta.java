package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import io.qomo.store.cluster.log.GroupLog;
import io.qomo.store.cluster.log.HardState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A group's term and vote, kept in the node's shared log.
final class SharedLogMeta implements RaftMetaStorage {
    private static final Logger LOG = LoggerFactory.getLogger(SharedLogMeta.class);

    private final GroupLog log;

    SharedLogMeta(GroupLog log) {
        this.log = log;
    }

    @Override
    public boolean init(RaftMetaStorageOptions options) {
        return true;
    }

    @Override
    public void shutdown() {
        // the shared log belongs to the node
    }

    @Override
    public boolean setTerm(long term) {
        return save(new HardState(term, log.hardState().votedFor()));
    }

    @Override
    public long getTerm() {
        return log.hardState().term();
    }

    @Override
    public boolean setVotedFor(PeerId peer) {
        return save(new HardState(log.hardState().term(), text(peer)));
    }

    @Override
    public PeerId getVotedFor() {
        PeerId peer = new PeerId();
        String votedFor = log.hardState().votedFor();
        if (!votedFor.isEmpty()) {
            peer.parse(votedFor);
        }
        return peer;
    }

    @Override
    public boolean setTermAndVotedFor(long term, PeerId peer) {
        return save(new HardState(term, text(peer)));
    }

    private static String text(PeerId peer) {
        return peer.isEmpty() ? "" : peer.toString();
    }

    private boolean save(HardState state) {
        try {
            log.saveHardState(state);
            return true;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the vote cannot be written");
            return false;
        }
    }
}
