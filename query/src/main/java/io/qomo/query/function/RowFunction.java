package io.qomo.query.function;

import io.qomo.base.bytes.LengthExceededException;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.vector.Vector;
import io.qomo.query.expr.EvalContext;
import io.qomo.query.expr.ScalarFunction;
import java.util.Locale;

/// A function computed row by row.
///
/// @param name the SQL name
/// @param kernel computes one row
/// @param isStrict true if a NULL argument makes the result NULL without asking the kernel
/// @param volatility what the result depends on
record RowFunction(String name, Kernel kernel, boolean isStrict, Volatility volatility) implements ScalarFunction {
    /// Computes one row: sets the result or sets it NULL.
    interface Kernel {
        void compute(Row row);
    }

    /// What a result depends on.
    enum Volatility {
        /// The arguments alone.
        PURE,
        /// The arguments, and settings of the session such as its time zone.
        SETTINGS,
        /// The arguments, and the statement or session.
        STABLE,
        /// Anything; each call may differ or has an effect.
        VOLATILE
    }

    @Override
    public void evaluate(EvalContext context, Vector[] arguments, int rows, Vector out) {
        Row row = new Row(context, arguments, out);
        row.limitBuffer();
        boolean checksNulls = false;
        if (isStrict) {
            for (Vector argument : arguments) {
                checksNulls |= argument.hasNulls();
            }
        }
        for (int i = 0; i < rows; i++) {
            row.index = i;
            if (checksNulls && anyNull(arguments, i)) {
                out.setNull(i);
            } else {
                compute(row);
            }
        }
    }

    private void compute(Row row) {
        try {
            kernel.compute(row);
        } catch (LengthExceededException e) {
            long most = row.context.session().numericVariable("max_allowed_packet");
            row.context.warn(ErrorCode.WARN_ALLOWED_PACKET_OVERFLOWED, name.toLowerCase(Locale.ROOT), most);
            row.setNull();
        }
    }

    private static boolean anyNull(Vector[] arguments, int row) {
        for (Vector argument : arguments) {
            if (argument.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isDeterministic() {
        return volatility != Volatility.VOLATILE;
    }

    @Override
    public boolean readsSettings() {
        return volatility == Volatility.SETTINGS;
    }

    @Override
    public boolean isPure() {
        return volatility == Volatility.PURE;
    }
}
