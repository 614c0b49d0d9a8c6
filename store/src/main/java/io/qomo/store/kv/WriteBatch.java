package io.qomo.store.kv;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.memory.LargeArrays;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes that are applied together, encoded as they are logged and replicated.
///
/// ```
/// header   12 bytes   8 reserved (zero), 4 number of records
/// record   1 tag      0x05 put, 0x04 delete, 0x0E delete range
///          varint     family: 0 META, 1 DATA, 2 LOCK
///          varint n, n bytes        key (range: begin), in DATA followed by the timestamp, counted in n
///          varint n, n bytes        put: value; range: end, in DATA followed by the timestamp, counted in n
/// ```
///
/// Integers are little-endian, varints are LEB128, a timestamp is 8 bytes. RocksDB takes the same
/// bytes as its own write batch; that is why it looks as it does, and the conformance suite guards
/// it.
///
/// The commit timestamp is usually not known while the batch is built: the builder leaves slots,
/// and [#stamp] fills them all. Owned by one thread at a time.
public final class WriteBatch {
    /// Bytes before the first record.
    public static final int HEADER_BYTES = 12;

    static final byte PUT = 0x05;
    static final byte DELETE = 0x04;
    static final byte DELETE_RANGE = 0x0E;
    static final int META = 0;
    static final int DATA = 1;

    private static final int TIMESTAMP_BYTES = 8;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 64;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int length = HEADER_BYTES;
    private int count;
    private int[] slots = new int[4];
    private int slotCount;

    /// An empty batch with room for `capacityBytes` of records.
    public WriteBatch(long capacityBytes) {
        bytes = LargeArrays.allocate((int) Math.clamp(capacityBytes + HEADER_BYTES, 64L, MAX_BYTES));
    }

    private WriteBatch(byte[] bytes, int length, int count) {
        this.bytes = bytes;
        this.length = length;
        this.count = count;
    }

    /// A stamped batch from its encoding: the bytes of `source` from `offset` on, and room for `moreBytes`
    /// of records.
    public static WriteBatch decode(byte[] source, int offset, int length, int moreBytes) {
        Check.that(length >= HEADER_BYTES && offset + length <= source.length, "write batch is too short");
        byte[] bytes = LargeArrays.allocate(length + moreBytes);
        System.arraycopy(source, offset, bytes, 0, length);
        return new WriteBatch(bytes, length, (int) INT.get(bytes, 8));
    }

    /// A batch that is not yet stamped, from its encoding and the places of its timestamps
    /// ([#slots]).
    public static WriteBatch decode(byte[] source, int[] slots) {
        Check.that(source.length >= HEADER_BYTES, "write batch is too short");
        for (int slot : slots) {
            Check.that(slot >= HEADER_BYTES && slot <= source.length - TIMESTAMP_BYTES, "timestamp outside a batch");
        }
        WriteBatch batch = new WriteBatch(source, source.length, (int) INT.get(source, 8));
        batch.slots = slots.length == 0 ? batch.slots : slots;
        batch.slotCount = slots.length;
        return batch;
    }

    /// Where in [#encoded] the timestamps are.
    public int[] slots() {
        return Arrays.copyOf(slots, slotCount);
    }

    /// Writes a data key; its timestamp comes with [#stamp].
    public void put(byte[] key, byte[] value) {
        begin(PUT, DATA, key.length + value.length);
        stampedBytes(key);
        plainBytes(value);
    }

    /// Removes a data key; its timestamp comes with [#stamp].
    public void delete(byte[] key) {
        begin(DELETE, DATA, key.length);
        stampedBytes(key);
    }

    /// Removes all data keys of a range; the timestamp comes with [#stamp].
    public void deleteRange(byte[] from, byte[] toExclusive) {
        begin(DELETE_RANGE, DATA, from.length + toExclusive.length);
        stampedBytes(from);
        stampedBytes(toExclusive);
    }

    /// Writes a meta key.
    public void putMeta(byte[] key, byte[] value) {
        begin(PUT, META, key.length + value.length);
        plainBytes(key);
        plainBytes(value);
    }

    /// Writes a meta key whose value ends in the timestamp of [#stamp], 8 bytes little-endian.
    public void putMetaStamped(byte[] key, byte[] value) {
        begin(PUT, META, key.length + value.length);
        plainBytes(key);
        stampedBytes(value);
    }

    /// Removes a meta key.
    public void deleteMeta(byte[] key) {
        begin(DELETE, META, key.length);
        plainBytes(key);
    }

    /// Fills in the timestamp of everything written so far.
    public void stamp(long timestamp) {
        for (int i = 0; i < slotCount; i++) {
            LONG.set(bytes, slots[i], timestamp);
        }
    }

    /// Adds the records of `other`, which must be stamped.
    public void append(WriteBatch other) {
        int size = other.length - HEADER_BYTES;
        ensure(size);
        System.arraycopy(other.bytes, HEADER_BYTES, bytes, length, size);
        length += size;
        count += other.count;
    }

    /// Forgets all records and keeps the memory.
    public void clear() {
        length = HEADER_BYTES;
        count = 0;
        slotCount = 0;
    }

    /// Number of records.
    public int count() {
        return count;
    }

    /// Bytes in use of [#encoded].
    public int length() {
        return length;
    }

    /// The encoding; valid until the next change, [#length] bytes of it.
    public byte[] encoded() {
        INT.set(bytes, 8, count);
        return bytes;
    }

    private void begin(byte tag, int family, long payloadBytes) {
        ensure(payloadBytes + 2 + 2 * (5 + TIMESTAMP_BYTES));
        bytes[length++] = tag;
        bytes[length++] = (byte) family;
        count++;
    }

    private void plainBytes(byte[] source) {
        varint(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    private void stampedBytes(byte[] source) {
        varint(source.length + TIMESTAMP_BYTES);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
        if (slotCount == slots.length) {
            slots = Arrays.copyOf(slots, slotCount * 2);
        }
        slots[slotCount++] = length;
        LONG.set(bytes, length, 0L);
        length += TIMESTAMP_BYTES;
    }

    private void varint(int value) {
        int rest = value;
        while (rest >= 0x80) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void ensure(long more) {
        long needed = length + more;
        if (needed > MAX_BYTES) {
            throw new SqlException(ErrorCode.TRANSACTION_TOO_LARGE, MAX_BYTES);
        }
        if (needed > bytes.length) {
            bytes = LargeArrays.copyOf(bytes, LargeArrays.grown(bytes.length, (int) needed, MAX_BYTES));
        }
    }
}
