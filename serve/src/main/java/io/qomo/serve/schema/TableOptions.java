package io.qomo.serve.schema;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.sql.ast.TableOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of CREATE and ALTER TABLE: those that mean something are applied, those of MySQL's storage engines that
/// change nothing are kept to be shown (with a note where they sound as if they did), the others are refused.
final class TableOptions {
    private static final int MAX_COMMENT_CHARACTERS = 2048;
    private static final Set<TableOption.Name> SHOWN = Set.of(
            TableOption.Name.AVG_ROW_LENGTH,
            TableOption.Name.CHECKSUM,
            TableOption.Name.DELAY_KEY_WRITE,
            TableOption.Name.KEY_BLOCK_SIZE,
            TableOption.Name.MAX_ROWS,
            TableOption.Name.MIN_ROWS,
            TableOption.Name.PACK_KEYS,
            TableOption.Name.ROW_FORMAT,
            TableOption.Name.STATS_AUTO_RECALC,
            TableOption.Name.STATS_PERSISTENT,
            TableOption.Name.STATS_SAMPLE_PAGES);

    private final SchemaSession session;
    private @Nullable String charset;
    private @Nullable String collation;
    private @Nullable Long autoIncrement;

    TableOptions(SchemaSession session) {
        this.session = session;
    }

    /// The collation the options name, or the one inherited.
    static Collation collation(SchemaSession session, List<TableOption> options, Collation inherited) {
        TableOptions reader = new TableOptions(session);
        for (TableOption option : options) {
            reader.readCollation(option);
        }
        return reader.collation(inherited);
    }

    private void readCollation(TableOption option) {
        boolean isDefault = option.value().equalsIgnoreCase("DEFAULT");
        if (option.name() == TableOption.Name.CHARSET) {
            charset = isDefault ? null : option.value();
        } else if (option.name() == TableOption.Name.COLLATE) {
            collation = isDefault ? null : option.value();
        }
    }

    /// CHARACTER SET and COLLATE read so far, on top of an inherited collation.
    Collation collation(Collation inherited) {
        return TypeResolver.collation(charset, collation, inherited, session.utf8mb4Default());
    }

    /// AUTO_INCREMENT, or null if it was not given.
    @Nullable Long autoIncrement() {
        return autoIncrement;
    }

    /// Applies options to a table.
    void apply(TableDraft draft, List<TableOption> options) {
        for (TableOption option : options) {
            apply(draft, option);
        }
        draft.setCollation(collation(draft.collation()));
    }

    private void apply(TableDraft draft, TableOption option) {
        String value = option.value();
        switch (option.name()) {
            case CHARSET, COLLATE -> readCollation(option);
            case COMMENT -> {
                if (value.codePointCount(0, value.length()) > MAX_COMMENT_CHARACTERS) {
                    throw new SqlException(ErrorCode.TOO_LONG_TABLE_COMMENT, draft.name(), MAX_COMMENT_CHARACTERS);
                }
                draft.setComment(value);
            }
            case AUTO_INCREMENT -> autoIncrement = Long.parseUnsignedLong(value);
            case ENGINE -> checkEngine(draft, value);
            case AVG_ROW_LENGTH,
                    CHECKSUM,
                    DELAY_KEY_WRITE,
                    KEY_BLOCK_SIZE,
                    MAX_ROWS,
                    MIN_ROWS,
                    PACK_KEYS,
                    ROW_FORMAT,
                    STATS_AUTO_RECALC,
                    STATS_PERSISTENT,
                    STATS_SAMPLE_PAGES -> show(draft, option);
            case AUTOEXTEND_SIZE, ENGINE_ATTRIBUTE, SECONDARY_ENGINE_ATTRIBUTE, INSERT_METHOD, NODEGROUP, STORAGE ->
                session.note(ErrorCode.WARN_NO_EFFECT, option.name());
            case COMPRESSION -> refuseUnless(value, "NONE", "", option);
            case ENCRYPTION -> refuseUnless(value, "N", "", option);
            case TABLESPACE -> {
                refuseUnless(value, "innodb_file_per_table", "innodb_system", option);
                if (value.equalsIgnoreCase("innodb_system")) {
                    session.note(ErrorCode.WARN_NO_EFFECT, "TABLESPACE = " + value);
                }
            }
            case CONNECTION, DATA_DIRECTORY, INDEX_DIRECTORY, PASSWORD, SECONDARY_ENGINE, START_TRANSACTION, UNION ->
                throw new SqlException(
                        ErrorCode.NOT_SUPPORTED_YET, option.name().name().replace('_', ' '));
        }
    }

    private static void refuseUnless(String value, String allowed, String alsoAllowed, TableOption option) {
        if (!value.equalsIgnoreCase(allowed) && !value.equalsIgnoreCase(alsoAllowed)) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, option.name().name() + " = " + value);
        }
    }

    /// All tables lie in the one transactional store; engines that promise less are accepted with a note.
    private void checkEngine(TableDraft draft, String engine) {
        switch (engine.toUpperCase(Locale.ROOT)) {
            case "INNODB" -> {}
            case "MYISAM", "ARIA", "MEMORY", "HEAP", "ROCKSDB", "TOKUDB", "NDB", "NDBCLUSTER", "ARCHIVE" ->
                session.note(ErrorCode.WARN_NO_EFFECT, "ENGINE = " + engine);
            case "CSV", "MERGE", "MRG_MYISAM", "BLACKHOLE", "FEDERATED", "PERFORMANCE_SCHEMA" ->
                throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "ENGINE = " + engine);
            default -> {
                if (session.sqlMode().has(SqlMode.NO_ENGINE_SUBSTITUTION)) {
                    throw new SqlException(ErrorCode.UNKNOWN_STORAGE_ENGINE, engine);
                }
                session.warn(ErrorCode.UNKNOWN_STORAGE_ENGINE, engine);
                if (draft.isNew()) {
                    session.warn(ErrorCode.WARN_USING_OTHER_HANDLER, "InnoDB", draft.name());
                }
            }
        }
    }

    private void show(TableDraft draft, TableOption option) {
        List<String> kept = new ArrayList<>();
        for (String word : draft.options().split(" ")) {
            if (!word.isEmpty() && !word.startsWith(option.name().name() + "=")) {
                kept.add(word);
            }
        }
        boolean isDefault = option.value().equalsIgnoreCase("DEFAULT")
                || (option.name() == TableOption.Name.KEY_BLOCK_SIZE
                        && option.value().equals("0"));
        if (!isDefault) {
            kept.add(option.name().name() + "=" + option.value().toUpperCase(Locale.ROOT));
        }
        draft.setOptions(String.join(" ", kept));
    }

    /// True if an option is only kept to be shown.
    static boolean isOnlyShown(TableOption.Name name) {
        return SHOWN.contains(name);
    }
}
