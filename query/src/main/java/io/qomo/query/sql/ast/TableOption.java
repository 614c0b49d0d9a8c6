package io.qomo.query.sql.ast;

import java.util.List;

/// An option of a table, partition or tablespace.
///
/// @param value the text of the value: digits, a name, the content of a string, or DEFAULT
/// @param tables of UNION only
public record TableOption(Name name, String value, List<TableName> tables) {
    /// Copies the list.
    public TableOption {
        tables = List.copyOf(tables);
    }

    /// An option with a value.
    public TableOption(Name name, String value) {
        this(name, value, List.of());
    }

    /// The options; CHARSET stands for \[DEFAULT] CHARACTER SET, COLLATE for \[DEFAULT] COLLATE.
    public enum Name {
        ENGINE,
        AUTO_INCREMENT,
        AUTOEXTEND_SIZE,
        AVG_ROW_LENGTH,
        CHARSET,
        CHECKSUM,
        COLLATE,
        COMMENT,
        COMPRESSION,
        CONNECTION,
        DATA_DIRECTORY,
        DELAY_KEY_WRITE,
        ENCRYPTION,
        ENGINE_ATTRIBUTE,
        INDEX_DIRECTORY,
        INSERT_METHOD,
        KEY_BLOCK_SIZE,
        MAX_ROWS,
        MIN_ROWS,
        NODEGROUP,
        PACK_KEYS,
        PASSWORD,
        ROW_FORMAT,
        SECONDARY_ENGINE,
        SECONDARY_ENGINE_ATTRIBUTE,
        START_TRANSACTION,
        STATS_AUTO_RECALC,
        STATS_PERSISTENT,
        STATS_SAMPLE_PAGES,
        STORAGE,
        TABLESPACE,
        UNION
    }
}
