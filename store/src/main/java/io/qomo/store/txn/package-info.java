/// Transactions over ordered keys: snapshots, buffered writes, key locks, commit.
///
/// Entry types: [io.qomo.store.txn.TransactionManager] (obtained from `io.qomo.store.Store`) and
/// [io.qomo.store.txn.Transaction]. Beside them stand the services that are not transactional:
/// [io.qomo.store.txn.BulkLoader], [io.qomo.store.txn.Counters].
///
/// Invariants:
///
/// - \[K1] Keys are ordered as unsigned bytes, a prefix before what it begins; they are 1 to 60,000
///   bytes long.
/// - \[K2] A write is protected by an EXCLUSIVE lock that its transaction holds: on the written key,
///   or on another key that stands for it (an index entry is protected by the lock on its row).
///   Or it is covered by a range lock of its transaction.
/// - \[K3] A transaction that begins after another's commit returned sees what that commit wrote.
/// - \[K4] No snapshot sees a commit while missing one with a smaller timestamp.
///
/// What does not belong here: tables, rows, ranges, replication.
@NullMarked
package io.qomo.store.txn;

import org.jspecify.annotations.NullMarked;
