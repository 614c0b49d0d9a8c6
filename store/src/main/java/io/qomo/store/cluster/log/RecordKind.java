package io.qomo.store.cluster.log;

import org.jspecify.annotations.Nullable;

/// What a record of a segment says. The code on the disk is the ordinal plus one: add at the end.
enum RecordKind {
    /// The group's next entry.
    ENTRY,
    /// An entry written again, so that the segment with the first writing can go.
    COPY,
    /// Entries below `index` are forgotten.
    TRUNCATE_PREFIX,
    /// Entries above `index` are forgotten.
    TRUNCATE_SUFFIX,
    /// All entries are forgotten; the next has `index`.
    RESET,
    /// `term`, and as payload who got the vote.
    HARD_STATE,
    /// The whole small state of a group: first index, `term`; as payload the last index (8 bytes) and
    /// who got the vote.
    CHECKPOINT,
    /// The group is gone.
    REMOVED,
    /// The log was closed in order: all before it is on disk. Of no group.
    CLOSED;

    private static final RecordKind[] KINDS = values();

    byte code() {
        return (byte) (ordinal() + 1);
    }

    /// Null when there is none of this code.
    static @Nullable RecordKind of(byte code) {
        return code >= 1 && code <= KINDS.length ? KINDS[code - 1] : null;
    }
}
