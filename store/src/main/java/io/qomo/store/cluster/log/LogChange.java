package io.qomo.store.cluster.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that somebody wants written. All changes of all groups happen in one order.
sealed interface LogChange {
    /// Whose change it is; null when of the whole log.
    @Nullable GroupState group();

    /// Its records' size.
    long sizeBytes();

    /// Whether it cannot be written behind others in one flush.
    default boolean startsFlush() {
        return false;
    }

    record Append(GroupState group, List<LogRecord> entries) implements LogChange {
        @Override
        public long sizeBytes() {
            return bytes(entries);
        }
    }

    /// Takes effect at once, and is written with what is written next.
    record TruncatePrefix(GroupState group, long firstKept) implements LogChange {
        @Override
        public long sizeBytes() {
            return RecordFormat.sizeBytes(0);
        }
    }

    record TruncateSuffix(GroupState group, long lastKept) implements LogChange {
        @Override
        public long sizeBytes() {
            return RecordFormat.sizeBytes(0);
        }
    }

    record Reset(GroupState group, long nextIndex) implements LogChange {
        @Override
        public long sizeBytes() {
            return RecordFormat.sizeBytes(0);
        }
    }

    record SaveHardState(GroupState group, HardState state) implements LogChange {
        @Override
        public long sizeBytes() {
            return RecordFormat.sizeBytes(state.votedFor().getBytes(StandardCharsets.UTF_8).length);
        }
    }

    record Remove(GroupState group) implements LogChange {
        @Override
        public long sizeBytes() {
            return RecordFormat.sizeBytes(0);
        }
    }

    /// Writes entries again that still lie in `segment`. Alone at the head of a flush: what was
    /// planned before it could have replaced them.
    record CopyForward(GroupState group, int segment, List<LogRecord> entries) implements LogChange {
        @Override
        public long sizeBytes() {
            return bytes(entries);
        }

        @Override
        public boolean startsFlush() {
            return true;
        }
    }

    /// Writes the small state of all groups again that have it in `segment` or before.
    record Carry(int segment) implements LogChange {
        @Override
        public @Nullable GroupState group() {
            return null;
        }

        @Override
        public long sizeBytes() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean startsFlush() {
            return true;
        }
    }

    /// Says that the log was closed in order.
    record Close() implements LogChange {
        @Override
        public @Nullable GroupState group() {
            return null;
        }

        @Override
        public long sizeBytes() {
            return Integer.MAX_VALUE;
        }

        @Override
        public boolean startsFlush() {
            return true;
        }
    }

    private static long bytes(List<LogRecord> entries) {
        long bytes = 0;
        for (LogRecord entry : entries) {
            bytes += RecordFormat.sizeBytes(entry.payload().length);
        }
        return bytes;
    }
}
