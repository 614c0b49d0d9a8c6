package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.LogEntryDecoder;
import com.alipay.sofa.jraft.entity.codec.LogEntryEncoder;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import io.qomo.store.cluster.log.GroupLog;
import io.qomo.store.cluster.log.LogRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The library's log of one group, kept in the node's shared log.
///
/// A record's type is the entry's: [#DATA] holds the entry's data as it is, [#CONFIGURATION] the library's
/// encoding, [#NO_OP] nothing.
final class SharedLogStorage implements LogStorage {
    private static final Logger LOG = LoggerFactory.getLogger(SharedLogStorage.class);
    private static final byte NO_OP = 1;
    private static final byte DATA = 2;
    private static final byte CONFIGURATION = 3;
    private static final byte[] NOTHING = {};

    private final GroupLog log;
    private final LogEntryEncoder encoder = LogEntryV2CodecFactory.getInstance().encoder();
    private final LogEntryDecoder decoder = LogEntryV2CodecFactory.getInstance().decoder();

    SharedLogStorage(GroupLog log) {
        this.log = log;
    }

    @Override
    public boolean init(LogStorageOptions options) {
        ConfigurationManager configurations = options.getConfigurationManager();
        for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
            LogRecord found = log.read(index);
            if (found != null && found.type() == CONFIGURATION) {
                LogEntry entry = decode(found);
                ConfigurationEntry configuration = new ConfigurationEntry();
                configuration.setId(new LogId(found.index(), found.term()));
                configuration.setConf(new Configuration(entry.getPeers(), entry.getLearners()));
                if (entry.getOldPeers() != null) {
                    configuration.setOldConf(new Configuration(entry.getOldPeers(), entry.getOldLearners()));
                }
                configurations.add(configuration);
            }
        }
        return true;
    }

    @Override
    public void shutdown() {
        // the shared log belongs to the node
    }

    @Override
    public long getFirstLogIndex() {
        return log.firstIndex();
    }

    @Override
    public long getLastLogIndex() {
        return log.lastIndex();
    }

    @Override
    public @Nullable LogEntry getEntry(long index) {
        LogRecord found = log.read(index);
        return found == null ? null : decode(found);
    }

    @Override
    @Deprecated
    public long getTerm(long index) {
        return log.term(index);
    }

    private LogEntry decode(LogRecord found) {
        LogEntry entry = switch (found.type()) {
            case NO_OP -> new LogEntry(EntryType.ENTRY_TYPE_NO_OP);
            case DATA -> {
                LogEntry data = new LogEntry(EntryType.ENTRY_TYPE_DATA);
                data.setData(ByteBuffer.wrap(found.payload()));
                yield data;
            }
            case CONFIGURATION -> decoder.decode(found.payload());
            default -> throw new IllegalStateException("unknown type of log record: " + found.type());
        };
        entry.setId(new LogId(found.index(), found.term()));
        return entry;
    }

    @Override
    public boolean appendEntry(LogEntry entry) {
        return appendEntries(List.of(entry)) == 1;
    }

    @Override
    public int appendEntries(List<LogEntry> entries) {
        List<LogRecord> records = new ArrayList<>(entries.size());
        for (LogEntry entry : entries) {
            records.add(encode(entry));
        }
        try {
            log.append(records);
            return entries.size();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the log cannot be written");
            return 0;
        }
    }

    private LogRecord encode(LogEntry entry) {
        long index = entry.getId().getIndex();
        long term = entry.getId().getTerm();
        return switch (entry.getType()) {
            case ENTRY_TYPE_DATA -> new LogRecord(index, term, DATA, bytes(entry.getData()));
            case ENTRY_TYPE_NO_OP -> new LogRecord(index, term, NO_OP, NOTHING);
            case ENTRY_TYPE_CONFIGURATION -> new LogRecord(index, term, CONFIGURATION, encoder.encode(entry));
            default -> throw new IllegalArgumentException("unknown type of entry: " + entry.getType());
        };
    }

    private static byte[] bytes(ByteBuffer data) {
        if (data.hasArray()
                && data.arrayOffset() == 0
                && data.position() == 0
                && data.remaining() == data.array().length) {
            return data.array();
        }
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public boolean truncatePrefix(long firstKept) {
        // behind a snapshot from the leader the log goes on beyond its end
        return attempt(() -> {
            if (firstKept > log.lastIndex() + 1) {
                log.reset(firstKept);
            } else if (firstKept > log.firstIndex()) {
                log.truncatePrefix(firstKept);
            }
        });
    }

    @Override
    public boolean truncateSuffix(long lastKept) {
        return attempt(() -> log.truncateSuffix(lastKept));
    }

    @Override
    public boolean reset(long nextIndex) {
        return attempt(() -> log.reset(nextIndex));
    }

    private static boolean attempt(Runnable action) {
        try {
            action.run();
            return true;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the log cannot be cut");
            return false;
        }
    }
}
