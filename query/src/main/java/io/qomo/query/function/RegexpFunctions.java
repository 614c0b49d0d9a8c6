package io.qomo.query.function;

import io.qomo.base.bytes.LengthExceededException;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.expr.Expr;
import io.qomo.query.expr.FunctionDefinition.BindContext;
import java.util.List;
import java.util.function.ToLongBiFunction;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// REGEXP and the REGEXP_… functions.
///
/// Source: MySQL 8.0 manual, "Regular Expressions".
final class RegexpFunctions {
    private RegexpFunctions() {}

    /// expr REGEXP pattern, which MySQL calls by its function in errors.
    static Expr regexp(Expr text, Expr pattern, BindContext context) {
        return like(new Binding("regexp_like", context, List.of(text, pattern)));
    }

    static Expr like(Binding call) {
        Collation collation = prepare(call, 2);
        return call.returnsFresh(SqlType.BIGINT, Expr.Coercibility.NUMERIC, () -> {
            Regexp regexp = new Regexp(collation);
            return row ->
                    row.set(regexp.matcher(row, 1, flags(row, 2), row.text(0)).find());
        });
    }

    /// REGEXP_INSTR(text, pattern[, position[, occurrence[, option[, flags]]]]).
    static Expr instr(Binding call) {
        Collation collation = prepare(call, 5);
        integers(call, 2, 3, 4);
        return call.returnsFresh(
                SqlType.BIGINT,
                Expr.Coercibility.NUMERIC,
                () -> finder(collation, 5, (row, found) -> {
                    long option = row.width() > 4 ? row.integer(4) : 0;
                    if (option != 0 && option != 1) {
                        throw new SqlException(
                                ErrorCode.WRONG_ARGUMENTS, "regexp_instr: return_option must be 1 or 0.");
                    }
                    String text = row.text(0);
                    int at = option == 0 ? found.start() : found.end();
                    return text.codePointCount(0, at) + 1L;
                }));
    }

    private static RowFunction.Kernel finder(
            Collation collation, int flagsArgument, ToLongBiFunction<Row, Matcher> result) {
        Regexp regexp = new Regexp(collation);
        return row -> {
            Matcher found = find(regexp, row, flags(row, flagsArgument));
            row.set(found == null ? 0L : result.applyAsLong(row, found));
        };
    }

    /// REGEXP_SUBSTR(text, pattern[, position[, occurrence[, flags]]]).
    static Expr substr(Binding call) {
        Collation collation = prepare(call, 4);
        integers(call, 2, 3);
        CollationMix mix = call.mix(0);
        SqlType type = TextTypes.of(call.chars(0), mix.collation());
        return call.nullable().returnsFresh(type, mix.coercibility(), () -> {
            Regexp regexp = new Regexp(collation);
            return row -> {
                Matcher found = find(regexp, row, flags(row, 4));
                if (found == null) {
                    row.setNull();
                } else {
                    row.set(found.group());
                }
            };
        });
    }

    /// REGEXP_REPLACE(text, pattern, replacement[, position[, occurrence[, flags]]]).
    static Expr replace(Binding call) {
        call.text(2);
        Collation collation = prepare(call, 5);
        integers(call, 3, 4);
        CollationMix mix = call.mix(0);
        SqlType type = TextTypes.of(TextTypes.MAX_CHARS, mix.collation());
        return call.nullable().returnsFresh(type, mix.coercibility(), () -> {
            Regexp regexp = new Regexp(collation);
            return row -> row.set(replace(regexp, row));
        });
    }

    private static String replace(Regexp regexp, Row row) {
        String text = row.text(0);
        long occurrence = row.width() > 4 ? row.integer(4) : 0;
        Matcher matcher = regexp.matcher(row, 1, flags(row, 5), text);
        int start = start(row, 3, text);
        StringBuilder out = new StringBuilder(text.substring(0, start));
        String replacement = row.text(2);
        int copied = start;
        long count = 0;
        long most = row.context.session().numericVariable("max_allowed_packet");
        boolean found = matcher.find(start);
        while (found) {
            if (out.length() > most) {
                throw new LengthExceededException();
            }
            count++;
            if (occurrence == 0 || count == occurrence) {
                out.append(text, copied, matcher.start());
                expand(replacement, matcher, out);
                copied = matcher.end();
                if (occurrence > 0) {
                    break;
                }
            }
            found = matcher.find();
        }
        return out.append(text, copied, text.length()).toString();
    }

    /// Appends the replacement with `$1` and `\` resolved.
    private static void expand(String replacement, Matcher matcher, StringBuilder out) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c == '\\' && i + 1 < replacement.length()) {
                i++;
                out.append(replacement.charAt(i));
            } else if (c == '$') {
                int group = 0;
                int at = i + 1;
                while (at < replacement.length() && Character.isDigit(replacement.charAt(at))) {
                    int next = group * 10 + replacement.charAt(at) - '0';
                    if (at > i + 1 && next > matcher.groupCount()) {
                        break;
                    }
                    group = next;
                    at++;
                }
                if (at == i + 1) {
                    throw new SqlException(ErrorCode.REGEXP_INVALID_CAPTURE_GROUP_NAME);
                }
                if (group > matcher.groupCount()) {
                    throw new SqlException(ErrorCode.REGEXP_INDEX_OUTOFBOUNDS);
                }
                String value = matcher.group(group);
                out.append(value == null ? "" : value);
                i = at - 1;
            } else {
                out.append(c);
            }
        }
    }

    private static Collation prepare(Binding call, int flagsArgument) {
        call.text(0, 1);
        if (call.size() > flagsArgument) {
            call.text(flagsArgument);
        }
        if (call.type(0).isBinaryString() != call.type(1).isBinaryString()) {
            // MySQL refuses to match text with bytes and bytes with text.
            boolean isLiteral = call.get(0) instanceof Expr.Constant || call.get(1) instanceof Expr.Constant;
            if (!isLiteral) {
                throw new SqlException(
                        ErrorCode.CHARACTER_SET_MISMATCH,
                        call.type(0).collation().sqlName(),
                        call.type(1).collation().sqlName(),
                        call.name());
            }
        }
        return call.compareCollation(0, 1);
    }

    private static void integers(Binding call, int... which) {
        for (int i : which) {
            if (i < call.size()) {
                call.integer(i);
            }
        }
    }

    private static String flags(Row row, int argument) {
        return row.width() > argument ? row.text(argument) : "";
    }

    private static int start(Row row, int argument, String text) {
        long position = row.width() > argument ? row.integer(argument) : 1;
        int chars = text.codePointCount(0, text.length());
        if (position < 1 || position > chars + 1L) {
            throw new SqlException(ErrorCode.REGEXP_INDEX_OUTOFBOUNDS);
        }
        return text.offsetByCodePoints(0, (int) position - 1);
    }

    /// The match of the occurrence asked for, or null.
    private static @Nullable Matcher find(Regexp regexp, Row row, String flags) {
        String text = row.text(0);
        Matcher matcher = regexp.matcher(row, 1, flags, text);
        long occurrence = row.width() > 3 ? Math.max(row.integer(3), 1) : 1;
        boolean found = matcher.find(start(row, 2, text));
        for (long i = 1; found && i < occurrence; i++) {
            found = matcher.find();
        }
        return found ? matcher : null;
    }
}
