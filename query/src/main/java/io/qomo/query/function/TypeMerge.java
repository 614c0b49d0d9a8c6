package io.qomo.query.function;

import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.Expr.Coercibility;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.util.ArrayList;
import java.util.List;

/// The one type of several expressions: CASE, IF, COALESCE, LEAST, UNION.
///
/// Source: MySQL 8.0 manual, "Flow Control Functions" and "UNION Clause" (result types).
///
/// @param type of the result
/// @param coercibility of the result's collation
public record TypeMerge(SqlType type, Coercibility coercibility) {
    /// The type of the expressions together. Errors: CANT_AGGREGATE_2COLLATIONS and its kin, named after `operation`.
    public static TypeMerge of(String operation, List<Expr> expressions, BindContext context) {
        List<Expr> typed = new ArrayList<>();
        for (Expr e : expressions) {
            if (e.type().kind() != TypeKind.NULL) {
                typed.add(e);
            }
        }
        if (typed.isEmpty()) {
            return new TypeMerge(SqlType.NULL, Coercibility.IGNORABLE);
        }
        TypeKind kind = typed.getFirst().type().kind();
        boolean same = true;
        for (Expr e : typed) {
            kind = merge(kind, e.type().kind());
            same &= e.type().equals(typed.getFirst().type());
        }
        if (kind.isString() || kind == TypeKind.ENUM || kind == TypeKind.SET) {
            return string(operation, kind, typed, context);
        }
        Coercibility coercibility = kind == TypeKind.JSON ? Coercibility.IMPLICIT : Coercibility.NUMERIC;
        if (same) {
            return new TypeMerge(typed.getFirst().type(), coercibility);
        }
        return new TypeMerge(number(kind, typed), coercibility);
    }

    /// The expressions cast to their one type.
    public static List<Expr> castAll(String operation, List<Expr> expressions, BindContext context) {
        TypeMerge merged = of(operation, expressions, context);
        return expressions.stream()
                .map(e -> Casts.implicit(e, merged.type, context))
                .toList();
    }

    /// The kind that holds values of both.
    static TypeKind merge(TypeKind a, TypeKind b) {
        if (a == b) {
            return a == TypeKind.ENUM || a == TypeKind.SET ? TypeKind.VARCHAR : a;
        }
        if (a.isNumeric() && b.isNumeric()) {
            return mergeNumbers(a, b);
        }
        if (a.isTemporal() && b.isTemporal()) {
            return TypeKind.DATETIME;
        }
        if (a.isString() && b.isString()) {
            return mergeStrings(a, b);
        }
        if (a == TypeKind.JSON || b == TypeKind.JSON) {
            return TypeKind.LONGTEXT;
        }
        return a.isLob() ? a : b.isLob() ? b : TypeKind.VARCHAR;
    }

    private static TypeKind mergeNumbers(TypeKind a, TypeKind b) {
        if (a.isApproximate() || b.isApproximate()) {
            TypeKind other = a.isApproximate() ? b : a;
            boolean small = other == TypeKind.TINYINT || other == TypeKind.SMALLINT || other == TypeKind.MEDIUMINT;
            boolean isFloat = small && (a == TypeKind.FLOAT || b == TypeKind.FLOAT);
            return isFloat ? TypeKind.FLOAT : TypeKind.DOUBLE;
        }
        if (a == TypeKind.DECIMAL || b == TypeKind.DECIMAL) {
            return TypeKind.DECIMAL;
        }
        if (a == TypeKind.BIT || b == TypeKind.BIT) {
            return TypeKind.BIGINT;
        }
        return rank(a) >= rank(b) ? plain(a) : plain(b);
    }

    private static int rank(TypeKind kind) {
        return switch (kind) {
            case TINYINT -> 1;
            case YEAR, SMALLINT -> 2;
            case MEDIUMINT -> 3;
            case INT -> 4;
            default -> 5;
        };
    }

    private static TypeKind plain(TypeKind kind) {
        return kind == TypeKind.YEAR ? TypeKind.SMALLINT : kind;
    }

    private static TypeKind mergeStrings(TypeKind a, TypeKind b) {
        if (a.isLob() || b.isLob()) {
            return lobRank(a) >= lobRank(b) ? a : b;
        }
        boolean fixed = isFixed(a) && isFixed(b);
        return fixed ? TypeKind.CHAR : TypeKind.VARCHAR;
    }

    private static boolean isFixed(TypeKind kind) {
        return kind == TypeKind.CHAR || kind == TypeKind.BINARY;
    }

    private static int lobRank(TypeKind kind) {
        return switch (kind) {
            case TINYTEXT, TINYBLOB -> 1;
            case TEXT, BLOB -> 2;
            case MEDIUMTEXT, MEDIUMBLOB -> 3;
            case LONGTEXT, LONGBLOB -> 4;
            default -> 0;
        };
    }

    private static TypeMerge string(String operation, TypeKind kind, List<Expr> typed, BindContext context) {
        List<Expr> texts = typed.stream().map(e -> Casts.toText(e, context)).toList();
        CollationMix mix = CollationMix.forResult(operation, texts);
        long chars = 0;
        for (Expr e : typed) {
            chars = Math.max(chars, TextTypes.maxChars(e));
        }
        boolean binary = mix.collation() == Collation.BINARY;
        SqlType type = switch (kind) {
            case CHAR, BINARY -> SqlType.string(binary ? TypeKind.BINARY : TypeKind.CHAR, (int) chars, mix.collation());
            case TINYTEXT, TINYBLOB -> lob(binary, TypeKind.TINYBLOB, TypeKind.TINYTEXT, mix);
            case TEXT, BLOB -> lob(binary, TypeKind.BLOB, TypeKind.TEXT, mix);
            case MEDIUMTEXT, MEDIUMBLOB -> lob(binary, TypeKind.MEDIUMBLOB, TypeKind.MEDIUMTEXT, mix);
            case LONGTEXT, LONGBLOB -> lob(binary, TypeKind.LONGBLOB, TypeKind.LONGTEXT, mix);
            default -> TextTypes.of(chars, mix.collation());
        };
        if (chars > TextTypes.maxChars(type)) {
            type = TextTypes.of(chars, mix.collation());
        }
        boolean same = typed.size() == 1 && typed.getFirst().type().kind().isString();
        return new TypeMerge(same ? typed.getFirst().type() : type, mix.coercibility());
    }

    private static SqlType lob(boolean binary, TypeKind blob, TypeKind text, CollationMix mix) {
        return SqlType.string(binary ? blob : text, -1, mix.collation());
    }

    private static SqlType number(TypeKind kind, List<Expr> typed) {
        boolean anySigned = false;
        boolean anyUnsigned = false;
        boolean bump = false;
        int scale = 0;
        int whole = 0;
        boolean unfixed = false;
        for (Expr e : typed) {
            SqlType t = e.type();
            boolean unsigned = t.unsigned() || t.kind() == TypeKind.BIT || t.kind() == TypeKind.YEAR;
            anyUnsigned |= unsigned;
            anySigned |= !unsigned;
            bump |= unsigned && (t.kind() == kind || t.kind() == TypeKind.BIT);
            unfixed |= t.scale() < 0;
            scale = Math.max(scale, NumericTypes.scale(t));
            whole = Math.max(whole, NumericTypes.precision(e) - NumericTypes.scale(t));
        }
        boolean unsigned = !anySigned;
        return switch (kind) {
            case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT -> {
                if (anySigned && anyUnsigned && bump) {
                    TypeKind wider = NumericTypes.widerInteger(kind);
                    yield wider == TypeKind.DECIMAL ? SqlType.decimal(20, 0) : SqlType.integer(wider, false);
                }
                yield SqlType.integer(kind, unsigned);
            }
            case DECIMAL -> NumericTypes.decimal(whole + scale, scale, unsigned);
            case FLOAT, DOUBLE ->
                new SqlType(kind, -1, unfixed ? -1 : scale, false, false, Collation.BINARY, List.of());
            case TIME, DATETIME, TIMESTAMP -> SqlType.temporal(kind, scale);
            default -> typed.getFirst().type();
        };
    }
}
