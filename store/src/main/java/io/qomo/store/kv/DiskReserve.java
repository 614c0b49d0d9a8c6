package io.qomo.store.kv;

import io.qomo.base.env.Env;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file that only takes up room, so that on a full disk there is some for what makes room: the log entries of dropped
/// tables, and the files the engine must write before it takes writes again.
///
/// ```
/// HELD --open: the disk is full and something is dropped--> OUT --restored: four times its size are free--> HELD
/// ```
/// While it is OUT everybody else's writes are refused, or they would use up what drops need. Thread-safe.
public final class DiskReserve {
    private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
    private static final long MAX_BYTES = 16 << 20;
    private static final int LEAST_PART = 16;
    private static final int ROOM_FACTOR = 4;
    private static final long PAUSE_NANOS = 500_000_000L;

    private final @Nullable Path file;
    private final Env env;
    // guarded by this
    private long sizeBytes;
    private long lookedAtNanos;
    private volatile boolean isOut;

    private DiskReserve(@Nullable Path file, Env env) {
        this.file = file;
        this.env = env;
    }

    /// Of a store without a disk.
    public static DiskReserve none(Env env) {
        return new DiskReserve(null, env);
    }

    /// The reserve in a file, which is made if it is not there: 16 MiB, on a small disk a sixteenth of what is free.
    public static DiskReserve in(Path file, Env env) {
        DiskReserve reserve = new DiskReserve(file, env);
        reserve.make(file);
        return reserve;
    }

    private synchronized void make(Path path) {
        try {
            sizeBytes = Files.exists(path) ? Files.size(path) : 0;
            if (sizeBytes == 0) {
                sizeBytes = Math.min(MAX_BYTES, usableBytes(path) / LEAST_PART);
                fill(path, sizeBytes);
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("file", path).log("cannot reserve room on the disk");
        }
    }

    private static void fill(Path path, long bytes) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(1 << 16);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0; at < bytes; at += block.capacity()) {
                channel.write(block.rewind(), at);
            }
        }
    }

    private static long usableBytes(Path path) throws IOException {
        return Files.getFileStore(path.toAbsolutePath().getParent()).getUsableSpace();
    }

    /// Where it is, for messages.
    public String directory() {
        Path path = file;
        return path == null ? "" : String.valueOf(path.getParent());
    }

    /// Gives the room free; false if there is none.
    public synchronized boolean open() {
        Path path = file;
        if (path == null || isOut) {
            return false;
        }
        try {
            isOut = Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.atWarn().setCause(e).addKeyValue("file", path).log("cannot give the reserved room free");
        }
        return isOut;
    }

    /// True if the room was given free and the disk has not enough to take it back, which is tried.
    public boolean isOut() {
        return isOut && !restored();
    }

    private synchronized boolean restored() {
        Path path = file;
        long now = env.nanoTime();
        if (!isOut || path == null || now - lookedAtNanos < PAUSE_NANOS) {
            return !isOut;
        }
        lookedAtNanos = now;
        try {
            if (usableBytes(path) < ROOM_FACTOR * sizeBytes) {
                return false;
            }
            fill(path, sizeBytes);
            isOut = false;
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the disk is still full");
        }
        return !isOut;
    }
}
