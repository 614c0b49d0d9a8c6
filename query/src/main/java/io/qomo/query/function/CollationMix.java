package io.qomo.query.function;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The collation of an operation on strings and how strongly it is held.
///
/// Source: MySQL 8.0 manual, "Collation Coercibility in Expressions".
///
/// @param collation of the result
/// @param coercibility NONE where collations of columns disagree: such a result may be shown but not compared
/// @param isAscii true if all characters are known to be ASCII
public record CollationMix(Collation collation, Coercibility coercibility, boolean isAscii) {
    /// The mix of strings (after their casts to text) for a string result.
    public static CollationMix forResult(String operation, List<Expr> strings) {
        return of(operation, strings, false);
    }

    /// The mix of strings for a comparison, which needs one certain collation.
    public static CollationMix forComparison(String operation, List<Expr> strings) {
        return of(operation, strings, true);
    }

    /// The collation an expression has by itself.
    public static CollationMix of(Expr expr) {
        Coercibility coercibility = expr.coercibility();
        TypeKind kind = expr.type().kind();
        if (kind == TypeKind.NULL) {
            return new CollationMix(Collation.BINARY, Coercibility.IGNORABLE, true);
        }
        if (kind.isNumeric() || kind.isTemporal()) {
            return new CollationMix(expr.type().collation(), Coercibility.NUMERIC, true);
        }
        return new CollationMix(
                expr.type().collation(),
                coercibility,
                coercibility == Coercibility.NUMERIC || TextTypes.isAsciiConstant(expr));
    }

    private static CollationMix of(String operation, List<Expr> strings, boolean comparison) {
        CollationMix mix = null;
        for (Expr string : strings) {
            CollationMix next = of(string);
            mix = mix == null ? next : mix.with(next);
            if (mix == null) {
                throw illegal(operation, strings);
            }
        }
        if (mix == null) {
            return new CollationMix(Collation.BINARY, Coercibility.IGNORABLE, true);
        }
        if (comparison && mix.coercibility == Coercibility.NONE && strings.size() > 1) {
            throw illegal(operation, strings);
        }
        return mix;
    }

    private @Nullable CollationMix with(CollationMix other) {
        if (other.coercibility == Coercibility.IGNORABLE) {
            return this;
        }
        if (coercibility == Coercibility.IGNORABLE) {
            return other;
        }
        boolean ascii = isAscii && other.isAscii;
        if (collation.charset() != other.collation.charset()) {
            return mixCharsets(other, ascii);
        }
        int order = coercibility.compareTo(other.coercibility);
        if (order != 0) {
            return (order < 0 ? this : other).withAscii(ascii);
        }
        if (collation == other.collation) {
            return withAscii(ascii);
        }
        if (coercibility == Coercibility.EXPLICIT) {
            return null;
        }
        if (isBin(collation)) {
            return withAscii(ascii);
        }
        if (isBin(other.collation)) {
            return other.withAscii(ascii);
        }
        return new CollationMix(Collation.binOf(collation.charset()), Coercibility.NONE, ascii);
    }

    private @Nullable CollationMix mixCharsets(CollationMix other, boolean ascii) {
        int order = coercibility.compareTo(other.coercibility);
        if (collation == Collation.BINARY) {
            return (order <= 0 ? this : other).withAscii(ascii);
        }
        if (other.collation == Collation.BINARY) {
            return (order >= 0 ? other : this).withAscii(ascii);
        }
        if (covers(other)) {
            return withAscii(ascii);
        }
        if (other.covers(this)) {
            return other.withAscii(ascii);
        }
        if (order < 0 && other.coercibility.compareTo(Coercibility.SYSCONST) >= 0) {
            return withAscii(ascii);
        }
        if (order > 0 && coercibility.compareTo(Coercibility.SYSCONST) >= 0) {
            return other.withAscii(ascii);
        }
        return null;
    }

    /// True if the other string may be converted to this character set without loss.
    private boolean covers(CollationMix other) {
        int order = coercibility.compareTo(other.coercibility);
        Charset mine = collation.charset();
        Charset theirs = other.collation.charset();
        if (isUnicode(mine)
                && (order < 0
                        || (order == 0
                                && (!isUnicode(theirs) || (mine == Charset.UTF8MB4 && theirs == Charset.UTF8MB3))))) {
            return true;
        }
        return other.isAscii && (order < 0 || (order == 0 && !isAscii));
    }

    private static boolean isUnicode(Charset charset) {
        return charset == Charset.UTF8MB4 || charset == Charset.UTF8MB3;
    }

    static boolean isBin(Collation c) {
        return c.algorithm() == Collation.Algorithm.BYTES || c.algorithm() == Collation.Algorithm.GBK_BYTES;
    }

    private CollationMix withAscii(boolean ascii) {
        return ascii == isAscii ? this : new CollationMix(collation, coercibility, ascii);
    }

    private static SqlException illegal(String operation, List<Expr> strings) {
        String name = operation.equals("UNION") ? operation : operation.toLowerCase(Locale.ROOT);
        if (strings.size() == 2) {
            Expr a = strings.get(0);
            Expr b = strings.get(1);
            return new SqlException(
                    ErrorCode.CANT_AGGREGATE_2COLLATIONS,
                    a.type().collation().sqlName(),
                    of(a).coercibility.name(),
                    b.type().collation().sqlName(),
                    of(b).coercibility.name(),
                    name);
        }
        if (strings.size() == 3) {
            Object[] arguments = new Object[7];
            for (int i = 0; i < 3; i++) {
                arguments[2 * i] = strings.get(i).type().collation().sqlName();
                arguments[2 * i + 1] = of(strings.get(i)).coercibility.name();
            }
            arguments[6] = name;
            return new SqlException(ErrorCode.CANT_AGGREGATE_3COLLATIONS, arguments);
        }
        return new SqlException(ErrorCode.CANT_AGGREGATE_NCOLLATIONS, name);
    }
}
