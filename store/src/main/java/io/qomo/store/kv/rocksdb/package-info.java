/// The storage engine on disk: RocksDB through its C interface, called with the foreign function
/// API.
///
/// Entry type: [io.qomo.store.kv.rocksdb.RocksStore]. The native library is the one inside the
/// `rocksdbjni` jar, whose C functions are exported though its Java classes do not use them;
/// nothing of those classes is used here.
///
/// - [io.qomo.store.kv.rocksdb.RocksLibrary] finds and loads the library.
/// - [io.qomo.store.kv.rocksdb.RocksCalls] and [io.qomo.store.kv.rocksdb.RocksSetup] are the
///   functions.
/// - [io.qomo.store.kv.rocksdb.ReadHandle] is what one reader needs (options, an iterator, scratch
///   memory); [io.qomo.store.kv.rocksdb.ReadHandles] keeps them between reads.
///
/// Pointers are plain longs here, because a long costs nothing. In exchange every native object has
/// one owner that frees it, and nothing touches one after
/// [io.qomo.store.kv.rocksdb.RocksStore#close], which waits for all handles.
///
/// Family 1 (`data`) is ordered by RocksDB's own comparator with 64-bit timestamps: key ascending,
/// then timestamp descending. Family 0 (`default`) is META, family 2 (`lock`) is reserved.
@NullMarked
package io.qomo.store.kv.rocksdb;

import org.jspecify.annotations.NullMarked;
