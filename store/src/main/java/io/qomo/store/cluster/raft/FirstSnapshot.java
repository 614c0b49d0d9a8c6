package io.qomo.store.cluster.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.RaftOutter.SnapshotMeta;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotStorage;
import io.qomo.base.error.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// The snapshot a group begins with: what its founder held, as if by the log's first entry.
final class FirstSnapshot {
    static final long INDEX = 1;
    static final long TERM = 1;

    private FirstSnapshot() {}

    static void write(Path directory, ReplicaFiles files, PeerId founder, RaftOptions options) throws IOException {
        removeAll(directory);
        LocalSnapshotStorage storage = new LocalSnapshotStorage(directory.toString(), null, options);
        Check.that(storage.init(null), "the snapshot directory cannot be used");
        SnapshotWriter writer = storage.create();
        Check.that(writer != null, "no snapshot can be written");
        for (String file : files.save(writer.getPath())) {
            writer.addFile(file);
        }
        boolean isSaved = writer.saveMeta(SnapshotMeta.newBuilder()
                .setLastIncludedIndex(INDEX)
                .setLastIncludedTerm(TERM)
                .addPeers(founder.toString())
                .build());
        Check.that(isSaved, "the snapshot cannot be saved");
        writer.close();
    }

    private static void removeAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
