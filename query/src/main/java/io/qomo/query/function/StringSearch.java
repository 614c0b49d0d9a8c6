package io.qomo.query.function;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Collations;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.query.eval.ExprWalker;
import io.qomo.query.expr.Expr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Functions that look for strings in strings and lists.
final class StringSearch {
    private StringSearch() {}

    /// LOCATE(wanted, text[, position]).
    static Expr locate(Binding call) {
        call.text(0, 1);
        if (call.size() == 3) {
            call.integer(2);
        }
        CharMatch match = new CharMatch(call.compareCollation(0, 1));
        return call.returnsLong(row -> row.set(position(row, match)));
    }

    /// INSTR(text, wanted).
    static Expr instr(Binding call) {
        Expr text = call.get(0);
        return locate(call.set(0, call.get(1)).set(1, text));
    }

    private static long position(Row row, CharMatch match) {
        byte[] text = row.base(1);
        int from = row.offset(1);
        int length = row.length(1);
        int start = from;
        if (row.width() == 3) {
            long position = row.integer(2);
            if (position < 1 || position - 1 > match.charCount(text, from, length)) {
                return 0;
            }
            start = match.skip(text, from, length, position - 1);
        }
        int found = match.indexOf(text, start, from + length - start, row.base(0), row.offset(0), row.length(0));
        return found < 0 ? 0 : match.charCount(text, from, found - from) + 1L;
    }

    static Expr replace(Binding call) {
        CollationMix mix = call.mixText(0, 1, 2);
        long growth = Math.max(1, call.chars(2));
        long chars = Math.min(TextTypes.MAX_CHARS, call.chars(0) * growth);
        return call.returnsText(chars < 0 ? TextTypes.MAX_CHARS : chars, mix, row -> {
            byte[] text = row.base(0);
            int at = row.offset(0);
            int end = at + row.length(0);
            int n = row.length(1);
            int found = n == 0 ? -1 : CharMatch.indexOfBytes(text, at, end, row.base(1), row.offset(1), n);
            if (found < 0) {
                row.set(text, at, end - at);
                return;
            }
            ByteBuilder out = row.buffer();
            while (found >= 0) {
                out.put(text, at, found - at).put(row.base(2), row.offset(2), row.length(2));
                if (out.length() > 1 << 20 && row.isTooLong(out.length(), "replace")) {
                    return;
                }
                at = found + n;
                found = CharMatch.indexOfBytes(text, at, end, row.base(1), row.offset(1), n);
            }
            row.set(out.put(text, at, end - at));
        });
    }

    /// SUBSTRING_INDEX(text, delimiter, count).
    static Expr substringIndex(Binding call) {
        CollationMix mix = call.integer(2).mixText(0, 1);
        return call.returnsText(call.chars(0), mix, row -> {
            byte[] text = row.base(0);
            int from = row.offset(0);
            int end = from + row.length(0);
            int n = row.length(1);
            long count = row.integer(2);
            if (n == 0 || count == 0 || from == end) {
                row.setEmpty();
                return;
            }
            if (count > 0) {
                int at = from;
                for (long i = 0; ; i++) {
                    int found = CharMatch.indexOfBytes(text, at, end, row.base(1), row.offset(1), n);
                    if (found < 0) {
                        row.set(text, from, end - from);
                        return;
                    }
                    if (i == count - 1) {
                        row.set(text, from, found - from);
                        return;
                    }
                    at = found + n;
                }
            }
            int stop = end;
            for (long i = -1; ; i--) {
                int found = lastIndexOf(text, from, stop, row.base(1), row.offset(1), n);
                if (found < 0) {
                    row.set(text, from, end - from);
                    return;
                }
                if (i == count) {
                    row.set(text, found + n, end - found - n);
                    return;
                }
                stop = found;
            }
        });
    }

    private static int lastIndexOf(byte[] text, int from, int end, byte[] wanted, int offset, int n) {
        for (int i = end - n; i >= from; i--) {
            if (Arrays.equals(text, i, i + n, wanted, offset, offset + n)) {
                return i;
            }
        }
        return -1;
    }

    static Expr findInSet(Binding call) {
        SqlType type = call.type(1);
        boolean isMember = type.kind() == TypeKind.SET
                && call.get(1) instanceof Expr.Column
                && ExprWalker.isRowIndependent(call.get(0));
        Expr set = call.get(1);
        call.text(0, 1);
        Collation collation = call.compareCollation(0, 1);
        if (isMember) {
            // MySQL looks for the member's bit, and so tells its place in the type, not in the value.
            call.add(set);
        }
        return call.returnsLong(row -> {
            int member = isMember ? member(row, type, collation) : -1;
            if (member >= 0) {
                row.set((row.integer(2) >>> member & 1) != 0 ? member + 1L : 0L);
                return;
            }
            byte[] list = row.base(1);
            int from = row.offset(1);
            int end = from + row.length(1);
            long index = 1;
            while (from < end || (from == end && index > 1)) {
                int comma = from;
                while (comma < end && list[comma] != ',') {
                    comma++;
                }
                if (Collations.equals(row.base(0), row.offset(0), row.length(0), list, from, comma - from, collation)) {
                    row.set(index);
                    return;
                }
                from = comma + 1;
                index++;
            }
            row.set(0L);
        });
    }

    /// The place of a string among the members of a SET, or -1.
    private static int member(Row row, SqlType type, Collation collation) {
        for (int i = 0; i < type.members().size(); i++) {
            byte[] name = type.members().get(i).getBytes(StandardCharsets.UTF_8);
            if (Collations.equals(row.base(0), row.offset(0), row.length(0), name, 0, name.length, collation)) {
                return i;
            }
        }
        return -1;
    }

    /// FIELD(value, …): the index of the first argument equal to the value, 0 if there is none or it is NULL. A NULL
    /// literal counts as a string: it does not make numbers of the others.
    static Expr field(Binding call) {
        boolean allText = true;
        boolean allExact = true;
        for (int i = 0; i < call.size(); i++) {
            SqlType type = call.type(i);
            allText &= type.kind().isString()
                    || type.kind() == io.qomo.base.type.TypeKind.NULL
                    || type.kind() == io.qomo.base.type.TypeKind.JSON
                    || type.kind() == io.qomo.base.type.TypeKind.ENUM
                    || type.kind() == io.qomo.base.type.TypeKind.SET;
            allExact &= NumericTypes.isInteger(type);
        }
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        for (int i = 1; i < call.size(); i++) {
            Expr left = call.get(0);
            Expr right = call.get(i);
            if (!allText && !allExact) {
                left = Casts.implicit(left, SqlType.DOUBLE, call.context());
                right = Casts.implicit(right, SqlType.DOUBLE, call.context());
            }
            conditions.add(JsonAsText.equal(left, right, call.context()));
            results.add(new Expr.Constant(io.qomo.base.vector.LongVector.constant(SqlType.BIGINT, i)));
        }
        return Operators.caseWhen(conditions, results, Predicates.truth(false), call.context());
    }

    /// ELT(index, …).
    static Expr elt(Binding call) {
        CollationMix mix = call.integer(0).mixTextFrom(1);
        long chars = 0;
        for (int i = 1; i < call.size(); i++) {
            chars = Math.max(chars, call.chars(i));
        }
        return call.lenient().nullable().returnsText(chars, mix, row -> {
            long index = row.isNull(0) ? 0 : row.integer(0);
            if (index < 1 || index >= row.width() || row.isNull((int) index)) {
                row.setNull();
                return;
            }
            int i = (int) index;
            row.set(row.base(i), row.offset(i), row.length(i));
        });
    }

    /// MAKE_SET(bits, …).
    static Expr makeSet(Binding call) {
        CollationMix mix = call.integer(0).mixTextFrom(1);
        long chars = call.size();
        for (int i = 1; i < call.size(); i++) {
            chars += call.chars(i);
        }
        if (!call.get(0).nullable()) {
            call.notNull();
        }
        return call.lenient().returnsText(chars, mix, row -> {
            if (row.isNull(0)) {
                row.setNull();
                return;
            }
            long bits = row.integer(0);
            ByteBuilder out = row.buffer();
            boolean first = true;
            for (int i = 1; i < row.width() && i <= 64; i++) {
                if ((bits >>> i - 1 & 1) != 0 && !row.isNull(i)) {
                    if (!first) {
                        out.put(',');
                    }
                    out.put(row.base(i), row.offset(i), row.length(i));
                    first = false;
                }
            }
            row.set(out);
        });
    }

    /// EXPORT_SET(bits, on, off[, separator[, count]]).
    static Expr exportSet(Binding call) {
        if (call.size() == 3) {
            call.add(new Expr.Constant(
                    BytesVector.constant(SqlType.varchar(1, call.context().connectionCollation()), ",")));
        }
        if (call.size() == 5) {
            call.integer(4);
        }
        CollationMix mix = call.integer(0).mixText(1, 2, 3);
        long chars = 64 * Math.max(call.chars(1), call.chars(2)) + 63 * call.chars(3);
        return call.returnsText(chars, mix, row -> {
            long bits = row.integer(0);
            long count = row.width() == 5 ? row.integer(4) : 64;
            count = count < 0 || count > 64 ? 64 : count;
            ByteBuilder out = row.buffer();
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    out.put(row.base(3), row.offset(3), row.length(3));
                }
                int which = (bits >>> i & 1) != 0 ? 1 : 2;
                out.put(row.base(which), row.offset(which), row.length(which));
            }
            row.set(out);
        });
    }

    static Expr strcmp(Binding call) {
        call.text(0, 1);
        Collation collation = call.compareCollation(0, 1);
        return call.returnsLong(row -> row.set((long) Integer.signum(Collations.compare(
                row.base(0), row.offset(0), row.length(0), row.base(1), row.offset(1), row.length(1), collation))));
    }
}
