/// Transactions whose group is led by another node.
///
/// Entry type: [io.qomo.store.txn.remote.GroupHost], a node's part in a group. For its own transactions it
/// has a router ([io.qomo.store.txn.remote.GroupRouter]), for those of other nodes a service
/// ([io.qomo.store.txn.remote.GroupService]). In between go the requests of
/// [io.qomo.store.txn.remote.Operation], one for each call of a participant.
///
/// Invariants:
///
/// - \[G2] A transaction that holds something at a leader which the next leader cannot know (locks, new
///   keys, reads to validate) ends with `DEADLOCK` when that leader is lost. One that has only read its
///   snapshot goes on.
/// - \[G3] A commit is acknowledged, refused, or its outcome is read from its note at a leader that has
///   applied all that earlier ones logged, after the transaction was ended there: it cannot commit
///   afterwards.
///
/// What does not belong here: locks and snapshots themselves (`txn`), who leads (`cluster`).
@NullMarked
package io.qomo.store.txn.remote;

import org.jspecify.annotations.NullMarked;
