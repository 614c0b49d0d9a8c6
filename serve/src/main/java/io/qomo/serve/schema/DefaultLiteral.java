package io.qomo.serve.schema;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.NumberParser;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TemporalFormat;
import io.qomo.base.type.TemporalParser;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.UnaryOperation;
import io.qomo.query.sql.ast.Expression.UnaryOperator;
import io.qomo.query.sql.ast.Literal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/// DEFAULT literals brought to their column's type, as canonical SQL: what SHOW CREATE TABLE prints. Error 1067.
final class DefaultLiteral {
    private final String column;
    private final SqlType type;
    private final SqlMode mode;

    private DefaultLiteral(String column, SqlType type, SqlMode mode) {
        this.column = column;
        this.type = type;
        this.mode = mode;
    }

    /// The canonical text of a literal (with signs in front) as the default of a column; `NULL` for NULL.
    static String of(Expression value, String column, SqlType type, SqlMode mode) {
        return new DefaultLiteral(column, type, mode).convert(value);
    }

    /// True of what DEFAULT takes without parentheses besides CURRENT_TIMESTAMP.
    static boolean isLiteral(Expression value) {
        return value instanceof Literal
                || (value instanceof UnaryOperation u
                        && (u.operator() == UnaryOperator.NEGATE || u.operator() == UnaryOperator.PLUS)
                        && isLiteral(u.operand()));
    }

    private SqlException invalid() {
        return new SqlException(ErrorCode.INVALID_DEFAULT, column);
    }

    private String convert(Expression value) {
        if (value instanceof Literal.NullLiteral) {
            return "NULL";
        }
        if (type.kind() == TypeKind.BIT) {
            return bit(value);
        }
        if (type.isBinaryString() && value instanceof Literal.HexLiteral hex) {
            return binary(hex.bytes());
        }
        String text = text(value);
        return switch (type.kind()) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR -> quoted(integer(text));
            case DECIMAL -> quoted(decimal(text));
            case FLOAT, DOUBLE -> quoted(approximate(text));
            case DATE, TIME, DATETIME, TIMESTAMP -> quoted(temporal(text, value));
            case CHAR, VARCHAR -> quoted(characters(text));
            case BINARY, VARBINARY -> binary(text.getBytes(StandardCharsets.UTF_8));
            case ENUM -> quoted(member(text));
            case SET -> quoted(members(text));
            default -> throw invalid();
        };
    }

    private static String quoted(String text) {
        return SqlText.string(text);
    }

    private String text(Expression value) {
        return switch (value) {
            case UnaryOperation u -> negated(u);
            case Literal.BooleanLiteral b -> b.value() ? "1" : "0";
            case Literal.IntegerLiteral n -> n.unsigned() ? Long.toUnsignedString(n.value()) : Long.toString(n.value());
            case Literal.DecimalLiteral d -> d.text();
            case Literal.DoubleLiteral d -> d.text();
            case Literal.StringLiteral s -> s.value();
            case Literal.TemporalLiteral t -> t.text();
            case Literal.HexLiteral h ->
                type.kind().isNumeric()
                        ? new BigInteger(1, h.bytes()).toString()
                        : new String(h.bytes(), StandardCharsets.UTF_8);
            case Literal.BitLiteral b ->
                type.kind().isNumeric()
                        ? new BigInteger(1, b.bytes()).toString()
                        : new String(b.bytes(), StandardCharsets.UTF_8);
            default -> throw invalid();
        };
    }

    private String negated(UnaryOperation operation) {
        String operand = text(operation.operand());
        if (operation.operator() == UnaryOperator.PLUS) {
            return operand;
        }
        return operand.startsWith("-") ? operand.substring(1) : "-" + operand;
    }

    private BigDecimal number(String text) {
        NumberParser parser = new NumberParser().parse(text);
        if (!parser.hasDigits() || parser.isTruncated()) {
            throw invalid();
        }
        return parser.decimal();
    }

    private String integer(String text) {
        BigInteger value = Decimals.round(number(text), 0).toBigInteger();
        int bits = switch (type.kind()) {
            case TINYINT -> 8;
            case SMALLINT -> 16;
            case MEDIUMINT -> 24;
            case INT -> 32;
            default -> 64;
        };
        boolean fits;
        if (type.kind() == TypeKind.YEAR) {
            int year = value.bitLength() < 31 ? value.intValue() : -1;
            if (year >= 1 && year <= 99) {
                year += year < 70 ? 2000 : 1900;
                value = BigInteger.valueOf(year);
            }
            fits = year == 0 || (year >= 1901 && year <= 2155);
            return fits ? String.format(Locale.ROOT, "%04d", year) : fail();
        } else if (type.unsigned()) {
            fits = value.signum() >= 0 && value.bitLength() <= bits;
        } else {
            fits = value.bitLength() < bits;
        }
        return fits ? padded(value.toString()) : fail();
    }

    private String padded(String digits) {
        return type.zerofill() && digits.length() < type.length()
                ? "0".repeat(type.length() - digits.length()) + digits
                : digits;
    }

    private String fail() {
        throw invalid();
    }

    private String decimal(String text) {
        BigDecimal value = number(text);
        if (!Decimals.fits(value, type.length(), type.scale()) || (type.unsigned() && value.signum() < 0)) {
            throw invalid();
        }
        return Decimals.toString(Decimals.round(value, type.scale()));
    }

    private String approximate(String text) {
        NumberParser parser = new NumberParser().parse(text);
        if (!parser.hasDigits() || parser.isTruncated()) {
            throw invalid();
        }
        double value = parser.toDouble();
        if (parser.isOutOfRange() || (type.unsigned() && value < 0)) {
            throw invalid();
        }
        ByteBuilder out = new ByteBuilder();
        if (type.kind() == TypeKind.FLOAT) {
            if (Float.isInfinite((float) value)) {
                throw invalid();
            }
            Doubles.appendFloat((float) value, type.scale(), out);
        } else {
            Doubles.append(value, type.scale(), out);
        }
        return out.toString();
    }

    private String bit(Expression value) {
        BigInteger number = switch (value) {
            case Literal.BitLiteral b -> new BigInteger(1, b.bytes());
            case Literal.HexLiteral h -> new BigInteger(1, h.bytes());
            case Literal.BooleanLiteral b -> b.value() ? BigInteger.ONE : BigInteger.ZERO;
            case Literal.IntegerLiteral n -> Decimals.ofUnsigned(n.value());
            case Literal.StringLiteral s -> new BigInteger(1, s.value().getBytes(StandardCharsets.UTF_8));
            default -> throw invalid();
        };
        if (number.bitLength() > type.length()) {
            throw invalid();
        }
        return "b'" + number.toString(2) + "'";
    }

    private String temporal(String text, Expression written) {
        int flags = 0;
        if (mode.isStrict()) {
            flags |= mode.has(SqlMode.NO_ZERO_DATE) ? TemporalParser.NO_ZERO_DATE : 0;
            flags |= mode.has(SqlMode.NO_ZERO_IN_DATE) ? TemporalParser.NO_ZERO_IN_DATE : 0;
        }
        flags |= mode.has(SqlMode.ALLOW_INVALID_DATES) ? TemporalParser.ALLOW_INVALID_DATES : 0;
        boolean isNumber = !(written instanceof Literal.StringLiteral || written instanceof Literal.TemporalLiteral);
        String digits = isNumber && text.equals("0") ? "00000000" : text;
        TemporalParser parser = new TemporalParser();
        boolean found = switch (type.kind()) {
            case DATE -> parser.date(digits, flags);
            case TIME -> parser.time(isNumber ? text : digits, type.scale(), flags);
            default -> parser.datetime(digits, type.scale(), flags);
        };
        if (!found || parser.isTruncated() || parser.isOutOfRange()) {
            throw invalid();
        }
        return switch (type.kind()) {
            case DATE -> TemporalFormat.date(parser.value());
            case TIME -> TemporalFormat.time(parser.value(), type.scale());
            default -> TemporalFormat.datetime(parser.value(), type.scale());
        };
    }

    private String characters(String text) {
        if (text.codePointCount(0, text.length()) > type.length()) {
            String trimmed = text.stripTrailing();
            if (trimmed.codePointCount(0, trimmed.length()) > type.length()) {
                throw invalid();
            }
            return text.substring(0, text.offsetByCodePoints(0, type.length()));
        }
        return text;
    }

    private String binary(byte[] bytes) {
        if (bytes.length > type.length()) {
            throw invalid();
        }
        for (byte b : bytes) {
            if (b < 0x20 || b == 0x7F) {
                return "0x" + HexFormat.of().withUpperCase().formatHex(bytes);
            }
        }
        return quoted(new String(bytes, StandardCharsets.US_ASCII));
    }

    private String member(String text) {
        for (String member : type.members()) {
            if (member.equalsIgnoreCase(text.stripTrailing())) {
                return member;
            }
        }
        throw invalid();
    }

    private String members(String text) {
        if (text.isEmpty()) {
            return "";
        }
        long bits = 0;
        for (String part : text.split(",", -1)) {
            bits |= 1L << type.members().indexOf(member(part));
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < type.members().size(); i++) {
            if ((bits & 1L << i) != 0) {
                out.append(out.isEmpty() ? "" : ",").append(type.members().get(i));
            }
        }
        return out.toString();
    }
}
