package io.qomo.store.cluster.raft;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/// The files of a replica as a whole: how they are copied for another node, and exchanged for another node's.
interface ReplicaFiles {
    /// Writes a consistent copy into a directory, which exists, and returns the names of its files,
    /// relative to it.
    List<String> save(String directory) throws IOException;

    /// Replaces the replica by the files of `directory`; readers that are at it finish first.
    void install(String directory, Set<String> files) throws IOException;
}
