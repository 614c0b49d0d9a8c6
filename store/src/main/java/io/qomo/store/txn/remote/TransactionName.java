package io.qomo.store.txn.remote;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A transaction as the whole cluster knows it.
///
/// Its commit writes a note of this name, stamped with the commit's timestamp, in the same batch: so that
/// whoever lost the answer can learn the outcome.
///
/// ```
/// txn/   node 8 bytes, incarnation 8 bytes, number 8 bytes, big-endian   →   timestamp 8 bytes, little-endian
/// ```
///
/// @param node        the gateway's node
/// @param incarnation of the gateway's process
/// @param number      of the transaction in that process
record TransactionName(long node, long incarnation, long number) {
    static final byte[] PREFIX = "txn/".getBytes(StandardCharsets.US_ASCII);
    static final byte[] PREFIX_END = "txn0".getBytes(StandardCharsets.US_ASCII);

    byte[] noteKey() {
        return ByteBuffer.allocate(PREFIX.length + 3 * Long.BYTES)
                .put(PREFIX)
                .putLong(node)
                .putLong(incarnation)
                .putLong(number)
                .array();
    }
}
