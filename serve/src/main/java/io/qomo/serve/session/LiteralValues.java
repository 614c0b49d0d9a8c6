package io.qomo.serve.session;

import io.qomo.base.type.Collation;
import io.qomo.base.type.RawText;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.parser.ParameterizedSql;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Literals taken out of a text as parameters, typed as the analyzer types literals, but for strings: a parameter that
/// is a string has one type whatever its length, so that a plan serves all.
final class LiteralValues {
    /// The longest VARCHAR in characters of four bytes.
    private static final int MAX_VARCHAR_CHARS = 16_383;

    private LiteralValues() {}

    /// The values, or null if one of them is of no kind a parameter can stand for.
    static @Nullable List<Vector> of(ParameterizedSql sql, Collation collation) {
        Vector[] values = new Vector[sql.count()];
        SqlType string = null;
        for (int i = 0; i < values.length; i++) {
            Literal literal = sql.literal(i);
            switch (literal) {
                case Literal.IntegerLiteral n ->
                    values[i] = LongVector.constant(n.unsigned() ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT, n.value());
                case Literal.StringLiteral s -> {
                    if (s.value().length() > MAX_VARCHAR_CHARS
                            || collation == Collation.BINARY
                            || RawText.hasRawBytes(s.value())) {
                        return null;
                    }
                    string = string == null ? SqlType.varchar(MAX_VARCHAR_CHARS, collation) : string;
                    values[i] = BytesVector.constant(string, s.value());
                }
                case Literal.DecimalLiteral d -> {
                    Vector value = decimal(d.text());
                    if (value == null) {
                        return null;
                    }
                    values[i] = value;
                }
                case Literal.DoubleLiteral d -> {
                    if (Double.isInfinite(d.value())) {
                        return null;
                    }
                    values[i] = DoubleVector.constant(SqlType.DOUBLE, d.value());
                }
                default -> {
                    return null;
                }
            }
        }
        return Arrays.asList(values);
    }

    private static @Nullable Vector decimal(String text) {
        BigDecimal value = new BigDecimal(text);
        int scale = value.scale();
        int precision = Math.max(value.precision(), scale);
        if (scale < 0 || scale > SqlType.MAX_DECIMAL_SCALE || precision > SqlType.MAX_DECIMAL_PRECISION) {
            return null;
        }
        return DecimalVector.constant(SqlType.decimal(precision, scale), value);
    }

    /// What a plan is found by: the text and the types of its values.
    static String key(ParameterizedSql sql, List<Vector> values) {
        if (sql.types().indexOf('d') < 0) {
            return sql.types() + ' ' + sql.text();
        }
        StringBuilder key = new StringBuilder();
        for (Vector value : values) {
            SqlType type = value.type();
            key.append(type.kind().ordinal())
                    .append('.')
                    .append(type.length())
                    .append('.')
                    .append(type.scale());
            key.append(type.unsigned() ? 'u' : ' ');
        }
        return key.append(sql.text()).toString();
    }
}
