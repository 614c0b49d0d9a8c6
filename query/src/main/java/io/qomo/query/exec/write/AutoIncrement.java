package io.qomo.query.exec.write;

import io.qomo.base.error.Check;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.exec.layout.TableCounters;
import io.qomo.query.expr.SqlMode;
import io.qomo.store.txn.Counters;
import org.jspecify.annotations.Nullable;

/// The AUTO_INCREMENT column of a table during one INSERT.
///
/// NULL, and 0 unless NO_AUTO_VALUE_ON_ZERO, ask for a value; values are taken in blocks of as many as
/// may be needed. A value given explicitly raises the counter once its row is in. Source: MySQL 8.0
/// manual, "Using AUTO_INCREMENT" and "AUTO_INCREMENT Handling in InnoDB".
final class AutoIncrement {
    private final Counters counters;
    private final long counterId;
    private final int ordinal;
    private final long max;
    private final boolean zeroAsks;
    private final long step;
    private final long offset;
    private long next;
    private long left;
    private long firstGenerated;
    private long lastSeen;
    private boolean isAnyWritten;
    private boolean isPending;

    private AutoIncrement(TableDef table, int ordinal, ExecContext context) {
        this.counters = context.services().counters();
        this.counterId = TableCounters.autoIncrement(table);
        this.ordinal = ordinal;
        this.max = max(table.columns().get(ordinal).type());
        this.zeroAsks = !context.sqlMode().has(SqlMode.NO_AUTO_VALUE_ON_ZERO);
        this.step = Math.max(1, context.session().numericVariable("auto_increment_increment"));
        this.offset = Math.max(1, context.session().numericVariable("auto_increment_offset"));
    }

    /// The column's state, or null if the table has no such column.
    static @Nullable AutoIncrement of(TableDef table, ExecContext context) {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDef column = table.columns().get(i);
            if (column.autoIncrement()) {
                return new AutoIncrement(table, i, context);
            }
        }
        return null;
    }

    private static long max(SqlType type) {
        boolean unsigned = type.unsigned();
        return switch (type.kind()) {
            case TINYINT -> unsigned ? 0xFF : 0x7F;
            case SMALLINT -> unsigned ? 0xFFFF : 0x7FFF;
            case MEDIUMINT -> unsigned ? 0xFF_FFFF : 0x7F_FFFF;
            case INT -> unsigned ? 0xFFFF_FFFFL : 0x7FFF_FFFF;
            case FLOAT -> 1L << 24;
            case DOUBLE -> 1L << 53;
            default -> unsigned ? -1L : Long.MAX_VALUE;
        };
    }

    /// The column's place in the table.
    int ordinal() {
        return ordinal;
    }

    /// True if a row asks for a value.
    boolean asks(Vector values, int row) {
        return values.isNull(row) || (zeroAsks && value(values, row) == 0);
    }

    /// Gives a row a value.
    ///
    /// @param atMost rows of the batch, this one included, that may ask for a value
    long give(Vector values, int row, int atMost) {
        if (left == 0) {
            left = Math.max(1, atMost);
            next = counters.next(counterId, left, step, offset);
        }
        long given = Long.compareUnsigned(next, max) > 0 ? max : next;
        left--;
        next += step;
        isPending = true;
        values.clearNull(row);
        switch (values) {
            case LongVector v -> v.set(row, given);
            case DoubleVector v -> v.set(row, (double) given);
            default -> Check.that(false, "AUTO_INCREMENT columns hold numbers");
        }
        return given;
    }

    /// Takes back the value given last if its row did not get into the table: the next row gets it.
    void takeBack() {
        if (isPending) {
            isPending = false;
            left++;
            next -= step;
        }
    }

    /// Told when a row that was in the way has been updated, or found to have its values already.
    void updated(Vector values, int row, boolean isChanged) {
        isAnyWritten |= isChanged;
        skip(values, row);
    }

    /// Values that come later are greater than a row's.
    private void skip(Vector values, int row) {
        lastSeen = value(values, row);
        boolean isPositive = values.type().unsigned() ? lastSeen != 0 : lastSeen > 0;
        if (isPositive && left > 0 && Long.compareUnsigned(lastSeen, next) >= 0) {
            left = 0;
        }
    }

    /// Told when a row is in the table.
    void inserted(Vector values, int row, boolean wasGenerated) {
        isPending = false;
        isAnyWritten = true;
        long value = value(values, row);
        if (wasGenerated) {
            if (firstGenerated == 0) {
                firstGenerated = value;
            }
            return;
        }
        skip(values, row);
        raise(counters, counterId, values, row);
    }

    /// Makes sure that later values are greater than a row's. Negative ones count for nothing.
    static void raise(Counters counters, long counterId, Vector values, int row) {
        long value = value(values, row);
        boolean isPositive = values.type().unsigned() ? value != 0 : value > 0;
        if (isPositive && !values.isNull(row)) {
            counters.raise(counterId, value);
        }
    }

    private static long value(Vector values, int row) {
        return switch (values) {
            case LongVector v -> v.get(row);
            case DoubleVector v -> (long) v.get(row);
            case DecimalVector v -> v.get(row).longValue();
            default -> 0;
        };
    }

    /// The first value made for a row that is in the table, or 0.
    long firstGenerated() {
        return firstGenerated;
    }

    /// The value of the last row inserted, updated or found unchanged; 0 if none was written at all.
    long lastWritten() {
        return isAnyWritten ? lastSeen : 0;
    }
}
