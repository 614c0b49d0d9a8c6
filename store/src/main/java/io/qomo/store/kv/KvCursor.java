package io.qomo.store.kv;

import java.util.Arrays;

/// A walk over the entries of a key range, one visible value per key.
///
/// A cursor stands before the first entry until [#next] is called. The buffers belong to the
/// cursor: they may be larger than the entry, and their content changes at the next call of
/// [#next]; a caller that keeps bytes copies them ([#copyKey], [#copyValue]). Owned by one thread.
/// Any call may throw `CORRUPT_DATA`.
public interface KvCursor extends AutoCloseable {
    /// Moves to the next entry; false when there is none, and then always false.
    boolean next();

    /// The array that holds the key of the current entry.
    byte[] keyBuffer();

    /// Where the key starts in [#keyBuffer].
    int keyOffset();

    /// Bytes of the key.
    int keyLength();

    /// The array that holds the value of the current entry.
    byte[] valueBuffer();

    /// Where the value starts in [#valueBuffer].
    int valueOffset();

    /// Bytes of the value.
    int valueLength();

    /// Gives the resources back; calling it twice is harmless.
    @Override
    void close();

    /// The key in an array of its own.
    default byte[] copyKey() {
        return Arrays.copyOfRange(keyBuffer(), keyOffset(), keyOffset() + keyLength());
    }

    /// The value in an array of its own.
    default byte[] copyValue() {
        return Arrays.copyOfRange(valueBuffer(), valueOffset(), valueOffset() + valueLength());
    }
}
