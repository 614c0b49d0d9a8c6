/// The versioned state machine of a group: commands, one per file, that are evaluated into write
/// batches.
///
/// Entry type: [io.qomo.store.replica.mvcc.Command]. The replicator gives each command its
/// timestamp and evaluates it, one at a time and in the order of the log, against
/// [io.qomo.store.replica.mvcc.RecentCommits]: so the check whether a transaction may commit and
/// its place in the log are one step, and no finer latches are needed. Evaluation therefore does
/// nothing slow: batches are encoded before, and the timestamp is filled in after.
///
/// Invariants:
///
/// - \[M1] The log is in the order of commit timestamps.
/// - \[M2] `RecentCommits` holds every commit not yet applied and every commit above the smallest
///   watched snapshot, or says that it does not.
///
/// Data keys are versioned by the engine (`kv` package). Meta keys used here and above:
///
/// ```
/// applied              timestamp of the last applied batch, 8 bytes little-endian; in every batch
/// counter/ id(8)       ceiling of a counter: no value at or above it was handed out; 8 bytes
/// big-endian, unsigned drop/ begin          a key range to remove: its end, then the timestamp of
/// the commit that gave it up (8, little-endian)
/// ```
///
/// What does not belong here: locks, waiting, durability.
@NullMarked
package io.qomo.store.replica.mvcc;

import org.jspecify.annotations.NullMarked;
