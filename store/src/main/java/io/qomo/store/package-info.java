/// The front door of the module: one [io.qomo.store.Store] is one data directory, or one piece of
/// memory.
///
/// It wires, in this order: an engine (`kv`), the replicator over it (`cluster`, `replica.mvcc`),
/// and the transaction coordinator with its garbage collector (`txn`). What it hands out are the
/// interfaces of `txn`.
@NullMarked
package io.qomo.store;

import org.jspecify.annotations.NullMarked;
