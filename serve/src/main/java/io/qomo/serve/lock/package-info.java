/// Locks on names: metadata locks on tables and databases (which LOCK TABLES and DDL use), and GET_LOCK's user locks.
///
/// Entry types: [io.qomo.serve.lock.MetadataLocks], [io.qomo.serve.lock.UserLocks] and, for whoever waits,
/// [io.qomo.serve.lock.Interruption]. Row locks belong to the store.
@NullMarked
package io.qomo.serve.lock;

import org.jspecify.annotations.NullMarked;
