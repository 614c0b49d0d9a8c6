package io.qomo.query.function;

import io.qomo.base.type.Decimals;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.query.expr.Expr;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/// FORMAT(): numbers with their thousands grouped.
final class NumberFormat {
    private static final int GROUP = 3;

    private NumberFormat() {}

    static Expr format(Binding call) {
        call.set(0, DecimalOps.unrounded(Casts.toNumber(call.get(0), call.context())));
        SqlType from = call.type(0);
        call.integer(1);
        if (call.size() == 3) {
            call.text(2);
        }
        long digits = from.kind() == TypeKind.DECIMAL ? from.length() + SqlType.MAX_DECIMAL_SCALE : 350;
        return call.lenient().nullable().returnsText(digits + digits / GROUP, row -> {
            if (row.isNull(0) || row.isNull(1)) {
                row.setNull();
                return;
            }
            int scale = Math.clamp(row.integer(1), 0, SqlType.MAX_DECIMAL_SCALE);
            BigDecimal value = Decimals.round(Numbers.asDecimal(row, 0, from), scale);
            Locale locale = row.width() == 3 && !row.isNull(2) ? locale(row, row.text(2)) : Locale.US;
            row.set(grouped(value, locale));
        });
    }

    private static Locale locale(Row row, String name) {
        String[] parts = name.split("_", 2);
        boolean known = parts.length == 2
                && java.util.Arrays.asList(Locale.getISOLanguages()).contains(parts[0].toLowerCase(Locale.ROOT))
                && java.util.Arrays.asList(Locale.getISOCountries()).contains(parts[1].toUpperCase(Locale.ROOT));
        if (!known) {
            row.context.warn(io.qomo.base.error.ErrorCode.UNKNOWN_LOCALE, name);
            return Locale.US;
        }
        return Locale.of(parts[0], parts[1]);
    }

    private static String grouped(BigDecimal value, Locale locale) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(locale);
        String plain = value.abs().toPlainString();
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        StringBuilder text = new StringBuilder();
        if (value.signum() < 0) {
            text.append('-');
        }
        for (int i = 0; i < whole.length(); i++) {
            if (i > 0 && (whole.length() - i) % GROUP == 0) {
                text.append(symbols.getGroupingSeparator());
            }
            text.append(whole.charAt(i));
        }
        if (point >= 0) {
            text.append(symbols.getDecimalSeparator()).append(plain, point + 1, plain.length());
        }
        return text.toString();
    }
}
