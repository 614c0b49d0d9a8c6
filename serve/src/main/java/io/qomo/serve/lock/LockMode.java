package io.qomo.serve.lock;

/// How a metadata lock is held, weakest first.
///
/// ```
///              READ WRITE UPGRADABLE READ_ONLY NO_WRITE EXCLUSIVE
/// READ           +    +        +         +        +         -
/// WRITE          +    +        +         -        -         -
/// UPGRADABLE     +    +        -         +        -         -
/// READ_ONLY      +    -        +         +        +         -
/// NO_WRITE       +    -        -         +        -         -
/// EXCLUSIVE      -    -        -         -        -         -
/// ```
/// Databases and the global lock use the same modes: WRITE is an intention to change something inside.
public enum LockMode {
    /// A statement that reads.
    READ(0b011111),
    /// A statement that writes or locks rows.
    WRITE(0b000111),
    /// The long, online part of a schema change.
    UPGRADABLE(0b001011),
    /// LOCK TABLES … READ.
    READ_ONLY(0b011101),
    /// The part of a schema change that copies the table: others may read.
    NO_WRITE(0b001001),
    /// LOCK TABLES … WRITE, and the switch points of schema changes.
    EXCLUSIVE(0);

    private final int compatible;

    LockMode(int compatible) {
        this.compatible = compatible;
    }

    /// True if not only weak modes bear with it: on a cluster it must hold on all nodes, while weak ones hold where the
    /// statement runs.
    public boolean isStrong() {
        return this != READ && this != WRITE;
    }

    /// True if another owner may hold `other` at the same time.
    public boolean allows(LockMode other) {
        return (compatible & 1 << other.ordinal()) != 0;
    }

    /// True if who holds this needs no `other` besides.
    public boolean covers(LockMode other) {
        return this == other
                || this == EXCLUSIVE
                || other == READ
                || (this == UPGRADABLE && other == WRITE)
                || (this == NO_WRITE && other != EXCLUSIVE);
    }

    /// The weakest mode that covers both.
    public LockMode join(LockMode other) {
        if (covers(other)) {
            return this;
        }
        return other.covers(this) ? other : EXCLUSIVE;
    }
}
