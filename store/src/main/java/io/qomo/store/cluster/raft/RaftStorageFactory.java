package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.JRaftServiceFactory;
import com.alipay.sofa.jraft.entity.codec.LogEntryCodecFactory;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import com.alipay.sofa.jraft.storage.SnapshotStorage;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotStorage;
import io.qomo.store.cluster.log.GroupLog;

/// Where a group keeps its log, its vote and its snapshots.
final class RaftStorageFactory implements JRaftServiceFactory {
    private final GroupLog log;

    RaftStorageFactory(GroupLog log) {
        this.log = log;
    }

    @Override
    public LogStorage createLogStorage(String uri, RaftOptions options) {
        return new SharedLogStorage(log);
    }

    @Override
    public SnapshotStorage createSnapshotStorage(NodeOptions options) {
        return new LocalSnapshotStorage(options.getSnapshotUri(), null, options.getRaftOptions());
    }

    @Override
    public RaftMetaStorage createRaftMetaStorage(String uri, RaftOptions options) {
        return new SharedLogMeta(log);
    }

    @Override
    public LogEntryCodecFactory createLogEntryCodecFactory() {
        return LogEntryV2CodecFactory.getInstance();
    }
}
