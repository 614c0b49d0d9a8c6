/// Ordered bytes on one disk: what the rest of the store asks of a storage engine.
///
/// Entry type: [io.qomo.store.kv.OrderedStore], implemented by `kv.memory` and `kv.rocksdb` and
/// held to one conformance suite. Batches are written in the encoding of
/// [io.qomo.store.kv.WriteBatch].
///
/// The keys of the family DATA carry versions: each write of a key has a timestamp, and a read
/// names the timestamp it reads at and gets the newest version at or below it. The engine knows
/// this, instead of seeing keys with the timestamp appended, because then its Bloom filters, its
/// point look-ups, and its compaction (which drops old versions for nothing) work on the key the
/// caller means; see `docs/decisions/0010-versions-in-the-engine.md`. The family META holds plain
/// keys. The family LOCK is reserved for the intents of transactions over several groups.
///
/// Invariants:
///
/// - \[S1] Writes of one key reach [io.qomo.store.kv.OrderedStore#write] in the order of their
///   timestamps. (A look-up takes the newest level of the engine's tree that knows the key.)
/// - \[S2] A batch is applied whole or not at all, also over a crash.
/// - \[S3] After `dropHistory(t)` nobody reads at a timestamp below t.
///
/// What does not belong here: transactions, locks, who may read what.
@NullMarked
package io.qomo.store.kv;

import org.jspecify.annotations.NullMarked;
