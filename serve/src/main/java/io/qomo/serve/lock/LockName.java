package io.qomo.serve.lock;

import java.util.Locale;

/// What a metadata lock is on. The hash is kept, as these are looked up for every statement.
public final class LockName {
    /// Stands for everything: writers hold it shared, FLUSH TABLES WITH READ LOCK takes it.
    public static final LockName GLOBAL = new LockName("", "");

    private final String database;
    private final String table;
    private final int hash;

    private LockName(String database, String table) {
        this.database = database;
        this.table = table;
        this.hash = 31 * database.hashCode() + table.hashCode();
    }

    /// A table or view.
    public static LockName table(String database, String name) {
        return new LockName(database.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    /// A database itself.
    public static LockName database(String name) {
        return new LockName(name.toLowerCase(Locale.ROOT), "");
    }

    /// The database's name in lower case.
    public String database() {
        return database;
    }

    /// The table's name in lower case, empty for a database.
    public String table() {
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof LockName n
                        && hash == n.hash
                        && table.equals(n.table)
                        && database.equals(n.database));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
