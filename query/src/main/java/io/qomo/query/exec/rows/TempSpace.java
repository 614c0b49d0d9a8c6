package io.qomo.query.exec.rows;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// The directory of temporary files. Opening it removes what a crash left behind. Thread-safe.
public final class TempSpace {
    private static final String PREFIX = "spill-";

    private final Path directory;
    private final long limitBytes;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicLong totalFiles = new AtomicLong();

    private TempSpace(Path directory, long limitBytes) {
        this.directory = directory;
        this.limitBytes = limitBytes;
    }

    /// Makes the directory if need be and empties it.
    ///
    /// @param limitBytes the most all files may hold together; a statement that wants more fails with
    ///     DISK_FULL
    public static TempSpace open(Path directory, long limitBytes) {
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, PREFIX + "*")) {
                for (Path file : old) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw SqlException.causedBy(e, ErrorCode.INTERNAL_ERROR, "temporary directory cannot be used: " + e);
        }
        return new TempSpace(directory, limitBytes);
    }

    /// An empty file; closing removes it.
    public SpillFile create() {
        totalFiles.incrementAndGet();
        return new SpillFile(this, directory.resolve(PREFIX + next.incrementAndGet()));
    }

    /// Bytes in files now.
    public long usedBytes() {
        return usedBytes.get();
    }

    /// Files ever made.
    public long totalFiles() {
        return totalFiles.get();
    }

    void grow(long bytes) {
        if (usedBytes.addAndGet(bytes) > limitBytes) {
            usedBytes.addAndGet(-bytes);
            throw new SqlException(ErrorCode.DISK_FULL, directory.getFileName());
        }
    }

    void shrink(long bytes) {
        usedBytes.addAndGet(-bytes);
    }
}
