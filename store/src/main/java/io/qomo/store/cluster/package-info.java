/// How a group's commands become durable and get their order.
///
/// Entry type: [io.qomo.store.cluster.Replicator], today with one implementation,
/// [io.qomo.store.cluster.LocalReplicator] (the engine's own log with group commit).
/// [io.qomo.store.cluster.TimestampOracle] hands out timestamps.
///
/// Invariants:
///
/// - \[R1] Timestamps are given in the order of the log, and a batch is applied after all batches
///   with smaller timestamps: the applied timestamp is a snapshot that misses nothing.
/// - \[R2] The applied timestamp is written in the same batch as what it speaks of; so after a crash
///   no timestamp that anybody can have seen is given again, and none has to be persisted ahead.
///
/// What does not belong here: what a command means (`replica.mvcc`), locks and snapshots (`txn`).
@NullMarked
package io.qomo.store.cluster;

import org.jspecify.annotations.NullMarked;
