/// Groups whose log is kept by several nodes: SOFAJRaft's core, with our transport and our log store in the
/// places it leaves for them. Nothing outside this package knows the library.
///
/// Entry type: [io.qomo.store.cluster.raft.RaftGroup]. On the node that leads, it hands out a
/// [io.qomo.store.cluster.Replicator] for the term; on every node it applies what is committed to a
/// [io.qomo.store.cluster.raft.ReplicaStore].
///
/// ```
/// propose ─→ LeaderReplicator: evaluate, stamp, merge ─→ library: log here, log there ─→ GroupStateMachine ─→
/// ReplicaStore
///                │                                          │            │
///                └─ LeaderLease                             SharedLog    RaftClient ─ Transport ─ RaftService
/// ```
///
/// Invariants:
///
/// - \[F1] A replica applies each entry once: the index of the last one is in the same batch as its
///   content.
/// - \[F2] Within a term timestamps grow with the index, and a leader begins above all it has applied when
///   all entries of earlier terms are applied: so timestamps grow over the whole log.
/// - \[F3] What a leader's memory holds (locks, snapshots, recent commits) dies with its term.
///
/// What does not belong here: what entries mean, where ranges are, transactions.
@NullMarked
package io.qomo.store.cluster.raft;

import org.jspecify.annotations.NullMarked;
