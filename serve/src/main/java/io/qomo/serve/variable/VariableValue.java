package io.qomo.serve.variable;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The value of a system variable, or one somebody wants to give it.
public sealed interface VariableValue {
    /// SQL NULL.
    VariableValue NULL = new Text(null);

    /// The type of variables with a fraction: shown with six digits.
    SqlType SIX_DECIMALS = new SqlType(TypeKind.DOUBLE, 21, 6, false, false, Collation.BINARY, List.of());

    /// A whole number; unsigned ones as their 64 bits.
    record Whole(long value, boolean unsigned) implements VariableValue {}

    /// A number with a fraction.
    record Real(double value) implements VariableValue {}

    /// A string, or NULL.
    record Text(@Nullable String value) implements VariableValue {}

    /// A string.
    static VariableValue of(String text) {
        return new Text(text);
    }

    /// A signed number.
    static VariableValue of(long value) {
        return new Whole(value, false);
    }

    /// The value in row 0 of a vector.
    static VariableValue of(Vector vector) {
        if (vector.isNull(0)) {
            return NULL;
        }
        return switch (vector) {
            case LongVector v -> new Whole(v.get(0), v.type().unsigned());
            case DoubleVector v -> new Real(v.get(0));
            case DecimalVector v -> new Real(v.get(0).doubleValue());
            case BytesVector v -> new Text(v.getString(0));
        };
    }

    /// As words in messages and SHOW; NULL as `NULL`.
    default String text() {
        return switch (this) {
            case Whole w -> w.unsigned ? Long.toUnsignedString(w.value) : Long.toString(w.value);
            case Real r -> String.format(Locale.ROOT, "%.6f", r.value);
            case Text t -> t.value == null ? "NULL" : t.value;
        };
    }

    /// The number, or 0 for what is none.
    default long number() {
        return switch (this) {
            case Whole w -> w.value;
            case Real r -> (long) r.value;
            case Text _ -> 0;
        };
    }

    /// As a constant vector.
    default Vector toVector() {
        return switch (this) {
            case Whole w -> LongVector.constant(w.unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT, w.value);
            case Real r -> DoubleVector.constant(SIX_DECIMALS, r.value);
            case Text t -> {
                if (t.value == null) {
                    yield Vector.constantNull(SqlType.varchar(0, Collation.UTF8MB4_0900_AI_CI));
                }
                byte[] bytes = t.value.getBytes(StandardCharsets.UTF_8);
                int characters = t.value.codePointCount(0, t.value.length());
                yield BytesVector.constant(SqlType.varchar(characters, Collation.UTF8MB4_0900_AI_CI), bytes);
            }
        };
    }
}
