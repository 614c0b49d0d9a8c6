package io.qomo.serve.account;

import java.util.Locale;
import java.util.Optional;

/// The static privileges, in the order SHOW GRANTS lists them; a set of them is a bit mask by ordinal.
///
/// Source: MySQL 8.0 manual, "Privileges Provided by MySQL". The order is part of the stored format: new ones go to the
/// end.
public enum Privilege {
    SELECT(true, true, true),
    INSERT(true, true, true),
    UPDATE(true, true, true),
    DELETE(true, true, false),
    CREATE(true, true, false),
    DROP(true, true, false),
    RELOAD(false, false, false),
    SHUTDOWN(false, false, false),
    PROCESS(false, false, false),
    FILE(false, false, false),
    REFERENCES(true, true, true),
    INDEX(true, true, false),
    ALTER(true, true, false),
    SHOW_DATABASES(false, false, false),
    SUPER(false, false, false),
    CREATE_TEMPORARY_TABLES(true, false, false),
    LOCK_TABLES(true, false, false),
    EXECUTE(true, false, false),
    REPLICATION_SLAVE(false, false, false),
    REPLICATION_CLIENT(false, false, false),
    CREATE_VIEW(true, true, false),
    SHOW_VIEW(true, true, false),
    CREATE_ROUTINE(true, false, false),
    ALTER_ROUTINE(true, false, false),
    CREATE_USER(false, false, false),
    EVENT(true, false, false),
    TRIGGER(true, true, false),
    CREATE_TABLESPACE(false, false, false),
    CREATE_ROLE(false, false, false),
    DROP_ROLE(false, false, false),
    GRANT_OPTION(true, true, false);

    /// All of them but GRANT OPTION.
    public static final long ALL_GLOBAL = mask(Level.GLOBAL);
    /// Those a database can be granted with, but GRANT OPTION.
    public static final long ALL_DATABASE = mask(Level.DATABASE);
    /// Those a table can be granted with, but GRANT OPTION.
    public static final long ALL_TABLE = mask(Level.TABLE);
    /// Those a column can be granted with.
    public static final long ALL_COLUMN = mask(Level.COLUMN);

    private final boolean database;
    private final boolean table;
    private final boolean column;

    Privilege(boolean database, boolean table, boolean column) {
        this.database = database;
        this.table = table;
        this.column = column;
    }

    /// Where privileges are granted.
    public enum Level {
        GLOBAL,
        DATABASE,
        TABLE,
        COLUMN
    }

    /// The bit of this privilege.
    public long bit() {
        return 1L << ordinal();
    }

    /// As in GRANT.
    public String sqlName() {
        return name().replace('_', ' ');
    }

    /// True if the privilege can be granted on a level.
    public boolean isAt(Level level) {
        return switch (level) {
            case GLOBAL -> true;
            case DATABASE -> database;
            case TABLE -> table;
            case COLUMN -> column;
        };
    }

    /// A privilege by its SQL name.
    public static Optional<Privilege> named(String sqlName) {
        String wanted = sqlName.toUpperCase(Locale.ROOT).replace(' ', '_');
        for (Privilege privilege : values()) {
            if (privilege.name().equals(wanted)) {
                return Optional.of(privilege);
            }
        }
        return Optional.empty();
    }

    /// All privileges of a level but GRANT OPTION.
    public static long all(Level level) {
        return switch (level) {
            case GLOBAL -> ALL_GLOBAL;
            case DATABASE -> ALL_DATABASE;
            case TABLE -> ALL_TABLE;
            case COLUMN -> ALL_COLUMN;
        };
    }

    /// The SQL names of a mask without GRANT OPTION, parted by `, `.
    public static String names(long mask) {
        StringBuilder out = new StringBuilder();
        for (Privilege privilege : values()) {
            if ((mask & privilege.bit()) != 0 && privilege != GRANT_OPTION) {
                out.append(out.isEmpty() ? "" : ", ").append(privilege.sqlName());
            }
        }
        return out.toString();
    }

    private static long mask(Level level) {
        long mask = 0;
        for (Privilege privilege : values()) {
            if (privilege != GRANT_OPTION && privilege.isAt(level)) {
                mask |= privilege.bit();
            }
        }
        return mask;
    }
}
