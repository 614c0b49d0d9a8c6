package io.qomo.query.analyze;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.CharsetNames;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.Collation;
import io.qomo.base.type.RawText;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.type.Utf8;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.DecimalVector;
import io.qomo.base.vector.DoubleVector;
import io.qomo.base.vector.LongVector;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.Predicates;
import io.qomo.query.function.SpecialFunctions;
import io.qomo.query.sql.ast.Literal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes constants of literals.
///
/// Source: MySQL 8.0 manual, "Literal Values".
record LiteralAnalyzer(Calls calls) {
    private static final int SHOWN_BYTES = 6;

    Expr bind(Literal literal) {
        return switch (literal) {
            case Literal.NullLiteral n -> Calls.nullOf(SqlType.NULL);
            case Literal.BooleanLiteral b -> Predicates.truth(b.value());
            case Literal.IntegerLiteral n ->
                new Expr.Constant(
                        LongVector.constant(n.unsigned() ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT, n.value()));
            case Literal.DecimalLiteral d -> decimal(d.text());
            case Literal.DoubleLiteral d -> floating(d);
            case Literal.StringLiteral s -> string(s);
            case Literal.HexLiteral h -> bits(h.introducer(), h.bytes());
            case Literal.BitLiteral b -> bits(b.introducer(), b.bytes());
            case Literal.TemporalLiteral t -> temporal(t);
        };
    }

    private Expr temporal(Literal.TemporalLiteral t) {
        TypeKind kind = switch (t.kind()) {
            case DATE -> TypeKind.DATE;
            case TIME -> TypeKind.TIME;
            case TIMESTAMP -> TypeKind.DATETIME;
        };
        return SpecialFunctions.temporalLiteral(kind, t.text(), calls.context());
    }

    private static Expr decimal(String text) {
        BigDecimal value = new BigDecimal(text);
        if (value.scale() > SqlType.MAX_DECIMAL_SCALE) {
            value = value.setScale(SqlType.MAX_DECIMAL_SCALE, RoundingMode.HALF_UP);
        }
        if (value.precision() - value.scale() > SqlType.MAX_DECIMAL_PRECISION) {
            // MySQL clamps literals beyond DECIMAL(65) to its greatest value.
            value = BigDecimal.TEN.pow(SqlType.MAX_DECIMAL_PRECISION).subtract(BigDecimal.ONE);
        }
        int scale = Math.max(0, value.scale());
        SqlType type = SqlType.decimal(Math.max(value.precision(), scale), scale);
        return new Expr.Constant(DecimalVector.constant(type, value));
    }

    private static Expr floating(Literal.DoubleLiteral d) {
        if (Double.isInfinite(d.value())) {
            throw new SqlException(ErrorCode.ILLEGAL_VALUE_FOR_TYPE, "double", d.text());
        }
        return new Expr.Constant(DoubleVector.constant(SqlType.DOUBLE, d.value()));
    }

    private Expr string(Literal.StringLiteral s) {
        Collation collation =
                s.introducer() == null ? calls.context().connectionCollation() : collationOf(s.introducer());
        if (collation == Collation.BINARY) {
            return bytes(RawText.encode(s.value()), false);
        }
        return RawText.hasRawBytes(s.value()) ? raw(s, collation) : text(s.value(), collation);
    }

    /// A string with bytes that are no characters: what binary columns get unharmed. With an introducer it is an error.
    private Expr raw(Literal.StringLiteral s, Collation collation) {
        byte[] bytes = RawText.encode(s.value());
        int at = Math.max(0, Utf8.invalidAt(bytes, 0, bytes.length));
        String hex = HexFormat.of().withUpperCase().formatHex(bytes, at, Math.min(bytes.length, at + SHOWN_BYTES));
        String charset = collation.charset().sqlName();
        if (s.introducer() != null) {
            throw new SqlException(ErrorCode.INVALID_CHARACTER_STRING, charset, hex);
        }
        calls.context().evalContext().warn(ErrorCode.INVALID_CHARACTER_STRING, charset, hex);
        return bytes(bytes, false);
    }

    private static Expr bytes(byte[] bytes, boolean isHexLiteral) {
        return new Expr.Constant(BytesVector.constant(SqlType.varbinary(bytes.length), bytes), isHexLiteral);
    }

    static Expr text(String value, Collation collation) {
        int length = value.codePointCount(0, value.length());
        return new Expr.Constant(BytesVector.constant(SqlType.varchar(length, collation), value));
    }

    /// A hexadecimal or bit literal. With an introducer it is a string like any other.
    private static Expr bits(@Nullable String introducer, byte[] bytes) {
        Collation collation = introducer == null ? Collation.BINARY : collationOf(introducer);
        int invalid = Charsets.invalidAt(bytes, 0, bytes.length, collation.charset());
        if (invalid >= 0) {
            String hex = HexFormat.of()
                    .withUpperCase()
                    .formatHex(bytes, invalid, Math.min(bytes.length, invalid + SHOWN_BYTES));
            throw new SqlException(
                    ErrorCode.INVALID_CHARACTER_STRING, collation.charset().sqlName(), hex);
        }
        if (collation.charset() == Charset.UTF8MB4 || collation.charset() == Charset.UTF8MB3) {
            return text(new String(bytes, StandardCharsets.UTF_8), collation);
        }
        if (collation.charset() == Charset.LATIN1 || collation.charset() == Charset.ASCII) {
            return text(new String(bytes, StandardCharsets.ISO_8859_1), collation);
        }
        if (collation.charset() == Charset.GBK) {
            return text(new String(bytes, java.nio.charset.Charset.forName("GBK")), collation);
        }
        return bytes(bytes, introducer == null);
    }

    /// The default collation of a character set by name. Error UNKNOWN_CHARACTER_SET.
    static Collation collationOf(String charset) {
        String wanted = charset.toLowerCase(Locale.ROOT);
        if (wanted.equals("utf8")) {
            return Collation.defaultOf(Charset.UTF8MB3);
        }
        for (Charset c : Charset.values()) {
            if (c.sqlName().equals(wanted)) {
                return Collation.defaultOf(c);
            }
        }
        throw CharsetNames.unknownCharset(charset);
    }
}
