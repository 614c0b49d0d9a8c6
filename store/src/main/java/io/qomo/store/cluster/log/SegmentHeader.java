package io.qomo.store.cluster.log;

import io.qomo.store.kv.StoreOpenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The first 64 bytes of a segment file. Little-endian.
///
/// ```
///  0  8  "QOMOSLOG"
///  8  4  version of the format, 1
/// 12  4  number of the segment
/// 16  8  where the records of the segment before end; 0 when there was none
/// 24  8  size of the file
/// 32  4  salt: random bits that all checksums of the segment's records contain
/// 36 24  zero
/// 60  4  CRC-32C of the 60 bytes before
/// ```
///
/// It is on the disk before the file gets the name of a segment, so a segment without a sound
/// header is a damaged one.
record SegmentHeader(int number, long previousEnd, long sizeBytes, int salt) {
    static final int BYTES = 64;
    private static final long MAGIC = 0x474F_4C53_4F4D_4F51L;
    private static final int VERSION = 1;
    private static final int CRC_AT = 60;

    ByteBuffer encode() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer header = RecordFormat.view(bytes);
        header.putLong(MAGIC).putInt(VERSION).putInt(number).putLong(previousEnd);
        header.putLong(sizeBytes).putInt(salt);
        header.putInt(CRC_AT, crc(bytes));
        return header.rewind();
    }

    /// Reads the header of the file called `path`; throws `StoreOpenException` when it is not sound.
    static SegmentHeader read(LogFile file, String path) throws IOException {
        byte[] bytes = new byte[BYTES];
        ByteBuffer header = RecordFormat.view(bytes);
        boolean isWhole = file.read(header.duplicate(), 0);
        if (!isWhole || header.getLong(0) != MAGIC) {
            throw damaged(path, 0, "it does not begin as a segment does");
        }
        if (header.getInt(8) != VERSION) {
            throw new StoreOpenException(
                    "the log segment " + path + " has format version " + header.getInt(8)
                            + ", but this program knows only " + VERSION + "; it was left untouched",
                    null);
        }
        if (header.getInt(CRC_AT) != crc(bytes)) {
            throw damaged(path, 0, "the checksum of its header is wrong");
        }
        return new SegmentHeader(header.getInt(12), header.getLong(16), header.getLong(24), header.getInt(32));
    }

    /// The error of a damaged log.
    static StoreOpenException damaged(@Nullable String path, long offset, String what) {
        return new StoreOpenException(
                "the log segment " + path + " is corrupted at offset " + offset + ": " + what
                        + ". Entries that were acknowledged cannot be read; restore this replica from another one or a"
                        + " backup",
                null);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_AT);
        return (int) crc.getValue();
    }
}
