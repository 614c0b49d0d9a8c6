package io.qomo.store.kv.rocksdb;

import io.qomo.store.kv.StoreOpenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Tells a torn tail of the write-ahead log from damage before its end, which the engine does not.
///
/// The engine replays a log up to the first bad record and forgets the rest. That is right when the
/// process died while it wrote the last batch, which nobody was told of; but a bit that flipped
/// before it would take acknowledged commits with it, silently. Every batch is synced before the
/// next is written, so after a crash at most one batch is incomplete: if a batch begins, intact,
/// after a bad record, the log is damaged, and the store is not opened.
///
/// Format, from RocksDB 10.2 db/log_format.h: blocks of 32 KiB, in which records follow each other
/// and none crosses a border; a rest of less than 7 bytes is zero.
///
/// ```
/// 4 masked CRC-32C of type and payload   2 payload length   1 type   payload type: 0 padding, 1
/// whole batch, 2 first, 3 middle, 4 last fragment, 9 and above: notes of the engine
/// ```
final class LogInspector {
    private static final int BLOCK_BYTES = 32 << 10;
    private static final int HEADER_BYTES = 7;
    private static final int WHOLE = 1;
    private static final int FIRST = 2;
    private static final int CRC_MASK_DELTA = 0xa282ead8;

    private final byte[] block = new byte[BLOCK_BYTES];
    private final ByteBuffer fields = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private int blockLength;

    private LogInspector() {}

    /// Throws `StoreOpenException`, naming the file, if a log in `directory` is damaged before its
    /// end.
    static void check(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
            for (Path log : logs) {
                new LogInspector().checkLog(log);
            }
        } catch (IOException e) {
            throw new StoreOpenException("cannot read the write-ahead log in " + directory + ": " + e, e);
        }
    }

    private void checkLog(Path log) throws IOException {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long badAt = -1;
            for (long start = 0; readBlock(channel, start); start += BLOCK_BYTES) {
                int from = 0;
                if (badAt < 0) {
                    int bad = firstBad();
                    if (bad < 0) {
                        continue;
                    }
                    badAt = start + bad;
                    from = bad + 1;
                }
                if (hasBeginning(from)) {
                    throw new StoreOpenException(
                            "the write-ahead log " + log + " is corrupted at offset " + badAt
                                    + ", before its end: commits that were acknowledged cannot be read. Restore the"
                                    + " directory from a backup",
                            null);
                }
            }
        }
    }

    private boolean readBlock(FileChannel channel, long start) throws IOException {
        ByteBuffer target = ByteBuffer.wrap(block);
        int read = 0;
        while (read >= 0 && target.hasRemaining()) {
            read = channel.read(target, start + target.position());
        }
        blockLength = target.position();
        return blockLength > 0;
    }

    /// Offset of the first record of the block that is not intact, or -1.
    private int firstBad() {
        int at = 0;
        while (at + HEADER_BYTES <= blockLength) {
            if (!isIntact(at)) {
                return at;
            }
            at += HEADER_BYTES + payloadLength(at);
        }
        for (int i = at; i < blockLength; i++) {
            if (block[i] != 0) {
                return at;
            }
        }
        return -1;
    }

    /// Whether an intact record that begins a batch stands anywhere in the block from `from` on.
    private boolean hasBeginning(int from) {
        for (int at = from; at + HEADER_BYTES < blockLength; at++) {
            int type = block[at + 6];
            if ((type == WHOLE || type == FIRST) && payloadLength(at) > 0 && isIntact(at)) {
                return true;
            }
        }
        return false;
    }

    private int payloadLength(int at) {
        return fields.getShort(at + 4) & 0xFFFF;
    }

    private boolean isIntact(int at) {
        int length = payloadLength(at);
        if (at + HEADER_BYTES + length > blockLength) {
            return false;
        }
        crc.reset();
        crc.update(block, at + 6, 1 + length);
        int value = (int) crc.getValue();
        int masked = Integer.rotateRight(value, 15) + CRC_MASK_DELTA;
        return masked == fields.getInt(at);
    }
}
