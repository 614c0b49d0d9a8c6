package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;

/// `& | ^ ~ << >>`: on 64 unsigned bits, or byte by byte on binary strings.
///
/// Source: MySQL 8.0 manual, "Bit Functions and Operators".
final class BitOperators {
    /// The binary operators.
    enum Operator {
        AND("&"),
        OR("|"),
        XOR("^");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        long apply(long a, long b) {
            return switch (this) {
                case AND -> a & b;
                case OR -> a | b;
                case XOR -> a ^ b;
            };
        }
    }

    private BitOperators() {}

    static Expr binary(Operator operator, Binding call) {
        if (isBinaryOperation(call)) {
            return call.returns(type(call), row -> {
                byte[] a = row.bytes(0);
                byte[] b = row.bytes(1);
                if (a.length != b.length) {
                    throw new SqlException(ErrorCode.INVALID_BITWISE_OPERANDS_SIZE);
                }
                byte[] result = new byte[a.length];
                for (int i = 0; i < a.length; i++) {
                    result[i] = (byte) operator.apply(a[i], b[i]);
                }
                row.set(result);
            });
        }
        bits(call, 0);
        bits(call, 1);
        return call.returns(SqlType.BIGINT_UNSIGNED, row -> row.set(operator.apply(row.integer(0), row.integer(1))));
    }

    static Expr shift(boolean left, Binding call) {
        if (call.type(0).isBinaryString() && !Expr.Constant.isHexLiteral(call.get(0))) {
            bits(call, 1);
            return call.returns(
                    TextTypes.of(call.chars(0), Collation.BINARY),
                    row -> row.set(shift(row.bytes(0), row.integer(1), left)));
        }
        bits(call, 0);
        bits(call, 1);
        return call.returns(SqlType.BIGINT_UNSIGNED, row -> {
            long count = row.integer(1);
            long value = row.integer(0);
            row.set(count < 0 || count > 63 ? 0 : left ? value << count : value >>> count);
        });
    }

    private static byte[] shift(byte[] bytes, long count, boolean left) {
        byte[] result = new byte[bytes.length];
        if (count < 0 || count >= bytes.length * 8L) {
            return result;
        }
        int whole = (int) (count / 8);
        int part = (int) (count % 8);
        for (int i = 0; i < bytes.length; i++) {
            int from = left ? i + whole : i - whole;
            int near = left ? from + 1 : from - 1;
            int high = from >= 0 && from < bytes.length ? bytes[from] & 0xFF : 0;
            int low = near >= 0 && near < bytes.length ? bytes[near] & 0xFF : 0;
            result[i] = (byte) (left ? high << part | low >> 8 - part : high >> part | low << 8 - part);
        }
        return result;
    }

    static Expr invert(Binding call) {
        if (call.type(0).isBinaryString() && !Expr.Constant.isHexLiteral(call.get(0))) {
            return call.returns(TextTypes.of(call.chars(0), Collation.BINARY), row -> {
                byte[] result = row.bytes(0).clone();
                for (int i = 0; i < result.length; i++) {
                    result[i] = (byte) ~result[i];
                }
                row.set(result);
            });
        }
        bits(call, 0);
        return call.returns(SqlType.BIGINT_UNSIGNED, row -> row.set(~row.integer(0)));
    }

    /// An operand as 64 bits: negative numbers in two's complement, others unsigned.
    static void bits(Binding call, int i) {
        boolean unsigned = NumericTypes.isUnsigned(Casts.unhex(call.get(i)).type());
        call.cast(i, unsigned ? SqlType.BIGINT_UNSIGNED : SqlType.BIGINT);
    }

    private static SqlType type(Binding call) {
        return TextTypes.of(Math.max(call.chars(0), call.chars(1)), Collation.BINARY);
    }

    private static boolean isBinaryOperation(Binding call) {
        return call.type(0).isBinaryString()
                && call.type(1).isBinaryString()
                && !(Expr.Constant.isHexLiteral(call.get(0)) && Expr.Constant.isHexLiteral(call.get(1)));
    }
}
