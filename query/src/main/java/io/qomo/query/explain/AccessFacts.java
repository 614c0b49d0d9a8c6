package io.qomo.query.explain;

import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.IndexDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import io.qomo.query.plan.PhysicalPlan;
import io.qomo.query.plan.PlanParts.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a table is read, in the words of EXPLAIN's columns.
///
/// @param type of the join: const, eq_ref, ref, range, index, ALL; null where there is no table
/// @param possibleKeys names
/// @param key name, or null
/// @param keyParts names of the columns of the key that are used
/// @param keyLength bytes of those parts as MySQL counts them
/// @param ref what the parts are compared with, for look-ups
/// @param examinedRows estimated rows read each time
/// @param filteredPercent estimated part of them that passes the condition
/// @param covering the index alone is read
/// @param reverse against the order of the index
record AccessFacts(
        @Nullable String type,
        List<String> possibleKeys,
        @Nullable String key,
        List<String> keyParts,
        int keyLength,
        List<String> ref,
        double examinedRows,
        double filteredPercent,
        boolean covering,
        boolean reverse) {
    AccessFacts {
        possibleKeys = List.copyOf(possibleKeys);
        keyParts = List.copyOf(keyParts);
        ref = List.copyOf(ref);
    }

    /// Reads all of something that is no base table.
    static AccessFacts all(double rows) {
        return new AccessFacts("ALL", List.of(), null, List.of(), 0, List.of(), rows, 100, false, false);
    }

    /// @param slots names the columns that correlated slots stand for
    static AccessFacts of(PhysicalPlan.TableScan s, Function<Expr.Correlated, String> slots) {
        IndexDef index = NodeText.index(s.table(), s.index());
        boolean all = s.ranges().size() == 1 && s.ranges().getFirst() == KeyRange.ALL;
        boolean lookup = !all && NodeText.isLookup(s.ranges());
        boolean wholeTable = all && index.isPrimary() && !s.reverse();
        int parts = all ? index.parts().size() : usedParts(s.ranges());
        String type = wholeTable ? "ALL" : all ? "index" : lookup ? "ref" : "range";
        double examined = s.estimate().examinedRows();
        return new AccessFacts(
                type,
                possible(s.table(), s.estimate().possible()),
                wholeTable ? null : index.name(),
                wholeTable ? List.of() : partNames(s.table(), index, parts),
                wholeTable ? 0 : keyLength(s.table(), index, parts),
                lookup ? refs(s.ranges().getFirst().low(), slots) : List.of(),
                examined,
                percent(s.estimate().keptPart()),
                !index.isPrimary() && !s.lookup(),
                s.reverse());
    }

    static AccessFacts of(PhysicalPlan.PointGet p, Function<Expr.Correlated, String> slots) {
        IndexDef index = NodeText.index(p.table(), p.index());
        int parts = index.parts().size();
        boolean one = p.keys().size() == 1;
        boolean constant = p.keys().stream().allMatch(k -> k.stream().allMatch(AccessFacts::isConstant));
        double examined = p.keys().size();
        return new AccessFacts(
                !one ? "range" : constant ? "const" : "eq_ref",
                possible(p.table(), p.estimate().possible()),
                index.name(),
                partNames(p.table(), index, parts),
                keyLength(p.table(), index, parts),
                one ? refs(p.keys().getFirst(), slots) : List.of(),
                examined,
                constant && one ? 100 : percent(p.estimate().keptPart()),
                false,
                false);
    }

    /// The same with the type changed.
    AccessFacts as(String other) {
        return new AccessFacts(
                other, possibleKeys, key, keyParts, keyLength, ref, examinedRows, filteredPercent, covering, reverse);
    }

    private static boolean isConstant(Expr e) {
        boolean[] constant = {true};
        ExprWalker.visit(e, x -> constant[0] &= !(x instanceof Expr.Correlated));
        return constant[0];
    }

    private static double percent(double part) {
        return Math.max(0.01, Math.min(100, part * 100));
    }

    private static List<String> possible(TableDef table, List<Integer> ids) {
        return table.indexes().stream()
                .filter(i -> ids.contains(i.id()))
                .map(IndexDef::name)
                .toList();
    }

    private static int usedParts(List<KeyRange> ranges) {
        int most = 0;
        for (KeyRange r : ranges) {
            most = Math.max(most, Math.max(r.low().size(), r.high().size()));
        }
        return most;
    }

    private static List<String> partNames(TableDef table, IndexDef index, int parts) {
        return index.parts().subList(0, Math.min(parts, index.parts().size())).stream()
                .map(p -> table.columnById(p.columnId()).name())
                .toList();
    }

    private static List<String> refs(List<Expr> values, Function<Expr.Correlated, String> slots) {
        List<String> refs = new ArrayList<>();
        for (Expr e : values) {
            refs.add(
                    e instanceof Expr.Correlated c
                            ? slots.apply(c)
                            : isConstant(e) && !ExprWalker.hasSubquery(e) ? "const" : "func");
        }
        return refs;
    }

    /// The bytes of the leading parts in MySQL's own key format: what EXPLAIN's key_len has always shown.
    private static int keyLength(TableDef table, IndexDef index, int parts) {
        int length = 0;
        for (IndexDef.Part part :
                index.parts().subList(0, Math.min(parts, index.parts().size()))) {
            ColumnDef column = table.columnById(part.columnId());
            length += (column.nullable() ? 1 : 0) + length(column.type(), part.prefixLength());
        }
        return length;
    }

    private static int length(SqlType type, int prefix) {
        int perChar = type.collation().charset().maxBytesPerChar();
        return switch (type.kind()) {
            case NULL -> 0;
            case TINYINT, YEAR -> 1;
            case SMALLINT -> 2;
            case MEDIUMINT, DATE -> 3;
            case INT, FLOAT -> 4;
            case BIGINT, DOUBLE -> 8;
            case BIT -> (type.length() + 7) / 8;
            case DECIMAL -> decimal(type.length(), type.scale());
            case TIME -> 3 + (type.scale() + 1) / 2;
            case DATETIME -> 5 + (type.scale() + 1) / 2;
            case TIMESTAMP -> 4 + (type.scale() + 1) / 2;
            case ENUM -> type.members().size() < 256 ? 1 : 2;
            case SET -> setBytes(type.members().size());
            case CHAR -> (prefix > 0 ? prefix : type.length()) * perChar;
            case BINARY -> prefix > 0 ? prefix : type.length();
            case VARCHAR -> 2 + (prefix > 0 ? prefix : type.length()) * perChar;
            case VARBINARY -> 2 + (prefix > 0 ? prefix : type.length());
            case TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT -> 2 + prefix * perChar;
            case TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB, JSON -> 2 + prefix;
        };
    }

    private static int setBytes(int members) {
        int bytes = (members + 7) / 8;
        return bytes > 4 ? 8 : bytes;
    }

    /// Nine digits take four bytes, the rest as few as they need, on either side of the point.
    private static int decimal(int precision, int scale) {
        return digits(precision - scale) + digits(scale);
    }

    private static int digits(int n) {
        return n / 9 * 4 + (n % 9 + 1) / 2;
    }
}
