package io.qomo.serve.meta;

/// What a record is about. The letter is part of the key on disk and never changes.
public enum MetaKind {
    /// A database by id.
    DATABASE('d'),
    /// A table or view by id.
    TABLE('t'),
    /// A number by name: ids given out, the schema's version.
    COUNTER('c'),
    /// An account by `user@host`.
    ACCOUNT('a'),
    /// A persisted system variable by name.
    VARIABLE('v'),
    /// A schema change under way, by its id.
    JOB('j'),
    /// Statistics of a table by id.
    STATISTICS('s');

    private final char letter;

    MetaKind(char letter) {
        this.letter = letter;
    }

    /// The letter of the key.
    public char letter() {
        return letter;
    }
}
