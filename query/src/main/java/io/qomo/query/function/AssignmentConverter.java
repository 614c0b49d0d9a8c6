package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.json.JsonParser;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import org.jspecify.annotations.Nullable;

/// Stores values in a column: converts them to its type, or says why that cannot be.
///
/// In strict mode ([EvalContext#isStrictWrite]) a value that does not fit is an error; else it is brought into range
/// and warned of. NULL stays NULL: whether the column takes it is asked elsewhere. An instance belongs to one thread.
///
/// Errors and warnings: WARN_DATA_OUT_OF_RANGE (1264), WARN_DATA_TRUNCATED (1265), TRUNCATED_WRONG_VALUE_FOR_FIELD
/// (1366), INCORRECT_VALUE_FOR_COLUMN (1292), DATA_TOO_LONG (1406), INVALID_JSON_TEXT (3140) and its kin.
///
/// Source: MySQL 8.0 manual, "Data Types", "Strict SQL Mode", and the behaviour of its column types.
public final class AssignmentConverter {
    private final boolean isStrict;
    private final String table;
    private final String column;
    private final SqlType target;
    private final EvalContext context;
    private boolean isReading;
    private long firstRow;
    private int index;
    private @Nullable JsonParser parser;

    /// A converter for a column and a statement.
    public AssignmentConverter(String column, SqlType target, EvalContext context) {
        this("", column, target, context);
    }

    /// As [#AssignmentConverter(String, SqlType, EvalContext)]; messages about JSON name the table too.
    public AssignmentConverter(String table, String column, SqlType target, EvalContext context) {
        this(table, column, target, context, context.isStrictWrite());
    }

    /// A converter for values of a virtual column that are read: nothing is stored, so that what does
    /// not fit is cut without a word, also where a statement that writes reads them to find its rows.
    public static AssignmentConverter reading(String table, String column, SqlType target, EvalContext context) {
        AssignmentConverter converter = new AssignmentConverter(table, column, target, context, false);
        converter.isReading = true;
        return converter;
    }

    private AssignmentConverter(String table, String column, SqlType target, EvalContext context, boolean strict) {
        this.isStrict = strict;
        this.table = table;
        this.column = column;
        this.target = target;
        this.context = context;
    }

    /// A converter that refuses what does not fit, whatever the statement and sql_mode.
    public static AssignmentConverter strict(String column, SqlType target, EvalContext context) {
        return new AssignmentConverter("", column, target, context, true);
    }

    /// Converts rows 0 to `rows` − 1 of `source` to `out`, which has been reset and has the target's type.
    ///
    /// @param firstRow the number of row 0 for errors, from 1
    public void convert(Vector source, long firstRow, int rows, Vector out) {
        this.firstRow = firstRow;
        out.ensure(rows);
        out.addNulls(source, rows);
        SqlType from = source.type();
        if (copies(from) && source instanceof LongVector longs) {
            LongVector to = (LongVector) out;
            for (int i = 0; i < rows; i++) {
                to.values[i] = longs.values[longs.at(i)];
            }
            return;
        }
        Row row = new Row(context, new Vector[] {source}, out);
        for (int i = 0; i < rows; i++) {
            if (!out.isNull(i)) {
                index = i;
                row.index = i;
                store(row, from);
            }
        }
    }

    /// True if every value of the type is a value of the column.
    private boolean copies(SqlType from) {
        TypeKind kind = target.kind();
        if (from.kind() != kind) {
            return kind == TypeKind.BIGINT
                    && NumericTypes.isInteger(from)
                    && !target.unsigned()
                    && from.kind() != TypeKind.BIGINT
                    && from.kind() != TypeKind.BIT;
        }
        return switch (kind) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> from.unsigned() == target.unsigned();
            case YEAR -> true;
            case ENUM, SET -> from.members().equals(target.members());
            case TIME, TIMESTAMP -> Math.max(from.scale(), 0) <= Math.max(target.scale(), 0);
            default -> false;
        };
    }

    private void store(Row row, SqlType from) {
        TypeKind kind = target.kind();
        if (from.kind() == TypeKind.JSON && (kind.isNumeric() || kind.isTemporal())) {
            Vector scalar = JsonCasts.assignable(this, row);
            if (scalar != null) {
                storeScalar(row.over(scalar), scalar.type());
            } else {
                storeScalar(row.over(LongVector.constant(SqlType.BIGINT, 0)), SqlType.BIGINT);
            }
        } else {
            storeScalar(row, from);
        }
    }

    private void storeScalar(Row row, SqlType from) {
        switch (target.kind()) {
            case NULL -> row.setNull();
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> AssignNumbers.integer(this, row, from);
            case YEAR -> AssignNumbers.year(this, row, from);
            case BIT -> AssignNumbers.bit(this, row, from);
            case FLOAT, DOUBLE -> AssignNumbers.approximate(this, row, from);
            case DECIMAL -> AssignNumbers.decimal(this, row, from);
            case DATE, DATETIME, TIMESTAMP -> AssignTimes.datetime(this, row, from);
            case TIME -> AssignTimes.time(this, row, from);
            case ENUM -> AssignTexts.enumeration(this, row, from);
            case SET -> AssignTexts.set(this, row, from);
            case JSON -> JsonCasts.assign(this, row, from);
            case CHAR,
                    VARCHAR,
                    TINYTEXT,
                    TEXT,
                    MEDIUMTEXT,
                    LONGTEXT,
                    BINARY,
                    VARBINARY,
                    TINYBLOB,
                    BLOB,
                    MEDIUMBLOB,
                    LONGBLOB -> AssignTexts.text(this, row, from);
        }
    }

    SqlType target() {
        return target;
    }

    String column() {
        return column;
    }

    /// `table.column`, or the column alone where the table is not known.
    String qualifiedColumn() {
        return table.isEmpty() ? column : table + "." + column;
    }

    /// For reading JSON text.
    JsonParser jsonParser() {
        JsonParser known = parser;
        if (known == null) {
            known = new JsonParser();
            parser = known;
        }
        return known;
    }

    EvalContext context() {
        return context;
    }

    long rowNumber() {
        return firstRow + index;
    }

    boolean isStrict() {
        return isStrict;
    }

    /// Error or warning 1264.
    void outOfRange() {
        report(ErrorCode.WARN_DATA_OUT_OF_RANGE, column, rowNumber());
    }

    /// Error or warning 1265.
    void truncated() {
        report(ErrorCode.WARN_DATA_TRUNCATED, column, rowNumber());
    }

    /// A note 1265: never an error.
    void noteTruncated() {
        if (!isReading) {
            context.warn(ErrorCode.NOTE_DATA_TRUNCATED, column, rowNumber());
        }
    }

    /// Error or warning 1366.
    void incorrect(String type, String value) {
        report(ErrorCode.TRUNCATED_WRONG_VALUE_FOR_FIELD, type, value, column, rowNumber());
    }

    void report(ErrorCode code, Object... arguments) {
        if (isStrict()) {
            throw new SqlException(code, arguments);
        }
        if (!isReading) {
            context.warn(code, arguments);
        }
    }
}
