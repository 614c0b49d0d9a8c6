package io.qomo.store.kv.rocksdb;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns the engine's messages into errors a caller can act on.
///
/// The messages start with the kind of the status ("Corruption: ", "IO error: "); source: RocksDB
/// 10.2 util/status.cc and env/io_posix.cc.
final class RocksErrors {
    private static final Pattern FILE =
            Pattern.compile("(\\S*?\\d{6,}\\.(?:sst|log|blob)|MANIFEST-\\d+|CURRENT|OPTIONS-\\d+)");

    private RocksErrors() {}

    /// Throws if a message was left at `errorAddress`, and frees it.
    static void check(long errorAddress, String directory) {
        String message = take(errorAddress);
        if (message != null) {
            throw read(message, directory);
        }
    }

    /// The message at `errorAddress`, which is freed and cleared; null when there is none.
    static @Nullable String take(long errorAddress) {
        long text = Binding.longAt(errorAddress);
        if (text == 0) {
            return null;
        }
        String message = Binding.text(text);
        RocksCalls.free(text);
        Binding.setLong(errorAddress, 0);
        return message;
    }

    /// The error of anything but a write.
    static SqlException read(String message, String directory) {
        if (isCorruption(message)) {
            return corrupt(message, directory);
        }
        if (isNoSpace(message)) {
            return new SqlException(ErrorCode.DISK_FULL, directory);
        }
        return new SqlException(ErrorCode.INTERNAL_ERROR, "storage engine in " + directory + ": " + message);
    }

    /// The error of a write. A failed sync, or a device error, leaves open what is on the disk.
    static SqlException write(String message, String directory) {
        if (isCorruption(message)) {
            return corrupt(message, directory);
        }
        String lower = message.toLowerCase(Locale.ROOT);
        boolean isSync =
                lower.contains("while fsync") || lower.contains("while fdatasync") || lower.contains("sync_file_range");
        if (isNoSpace(message) && !isSync) {
            return new SqlException(ErrorCode.DISK_FULL, directory);
        }
        if (message.startsWith("IO error")) {
            return new SqlException(ErrorCode.UNKNOWN_OUTCOME, message);
        }
        return new SqlException(ErrorCode.INTERNAL_ERROR, "storage engine in " + directory + ": " + message);
    }

    private static boolean isCorruption(String message) {
        return message.startsWith("Corruption");
    }

    static boolean isNoSpace(String message) {
        return message.contains("No space left on device")
                || message.contains("Disk quota exceeded")
                || message.contains("Max allowed space was reached");
    }

    private static SqlException corrupt(String message, String directory) {
        Matcher file = FILE.matcher(message);
        String name = file.find() ? file.group(1) : directory;
        return SqlException.causedBy(new IllegalStateException(message), ErrorCode.CORRUPT_DATA, name);
    }
}
