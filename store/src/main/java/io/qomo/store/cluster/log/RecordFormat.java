package io.qomo.store.cluster.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// How a record lies in a segment. Little-endian; records begin at multiples of 8 bytes.
///
/// ```
///  0  4  CRC-32C of all that follows, padding included, xor the salt of the segment
///  4  4  length of the payload
///  8  4  number of the segment
/// 12  4  where the flush began that wrote the record, in units of 8 bytes
/// 16  8  group
/// 24  1  kind, see RecordKind
/// 25  1  type of an entry
/// 26  6  zero
/// 32  8  index
/// 40  8  term
/// 48  n  payload, then zeros up to a multiple of 8
/// ```
///
/// Number and salt bind a record to its segment: what an earlier use of the file, or a payload that
/// looks like a record, left behind the end of the log does not pass for a record. The beginning of
/// the flush tells a torn tail from damage, see `LogRecovery`.
final class RecordFormat {
    static final int HEADER_BYTES = 48;
    static final int LENGTH_AT = 4;
    static final int SEGMENT_AT = 8;
    static final int FLUSH_AT = 12;
    static final int GROUP_AT = 16;
    static final int KIND_AT = 24;
    static final int TYPE_AT = 25;
    static final int INDEX_AT = 32;
    static final int TERM_AT = 40;
    private static final byte[] PADDING = new byte[8];

    private RecordFormat() {}

    /// Bytes of a record with a payload of this length.
    static long sizeBytes(int payloadLength) {
        return HEADER_BYTES + ((payloadLength + 7L) & ~7L);
    }

    /// Zeros behind a payload of this length.
    static int paddingBytes(int payloadLength) {
        return -payloadLength & 7;
    }

    /// Feeds the zeros behind a payload of this length.
    static void pad(CRC32C crc, int payloadLength) {
        crc.update(PADDING, 0, paddingBytes(payloadLength));
    }

    /// Writes `bytes` as little-endian.
    static ByteBuffer view(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
