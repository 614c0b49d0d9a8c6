package io.qomo.testing.manual;

import io.qomo.query.sql.ast.WindowFunction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Functions that the parser reads, each with a grammar of its own; they are in no table of functions.
final class OwnGrammar {
    private static final String DATES = "Date and Time Functions";
    private static final String STRINGS = "String Functions";
    private static final String CASTS = "Cast Functions";
    private static final String OTHERS = "Miscellaneous Functions";

    static final List<Form> FORMS = List.of(
            new Form("CAST", CASTS, "CAST(expr AS type)"),
            new Form("CONVERT", CASTS, "CONVERT(expr, type)"),
            new Form("CONVERT", CASTS, "CONVERT(expr USING charset)"),
            new Form("CHAR", STRINGS, "CHAR(n[, …] [USING charset])"),
            new Form("TRIM", STRINGS, "TRIM([[BOTH | LEADING | TRAILING] [remstr] FROM] str)"),
            new Form("SUBSTRING", STRINGS, "SUBSTRING(str, pos[, len])"),
            new Form("SUBSTRING", STRINGS, "SUBSTRING(str FROM pos [FOR len])"),
            new Form("SUBSTR", STRINGS, "SUBSTR(str, pos[, len])"),
            new Form("MID", STRINGS, "MID(str, pos[, len])"),
            new Form("POSITION", STRINGS, "POSITION(substr IN str)"),
            new Form("WEIGHT_STRING", STRINGS, "WEIGHT_STRING(str [AS CHAR(n) | BINARY(n)])"),
            new Form("ADDDATE", DATES, "ADDDATE(date, INTERVAL expr unit)"),
            new Form("ADDDATE", DATES, "ADDDATE(date, days)"),
            new Form("DATE_ADD", DATES, "DATE_ADD(date, INTERVAL expr unit)"),
            new Form("DATE_SUB", DATES, "DATE_SUB(date, INTERVAL expr unit)"),
            new Form("EXTRACT", DATES, "EXTRACT(unit FROM date)"),
            new Form(
                    "GET_FORMAT",
                    DATES,
                    "GET_FORMAT(DATE | TIME | DATETIME, 'EUR' | 'INTERNAL' | 'ISO' | 'JIS' | 'USA')"),
            new Form("SUBDATE", DATES, "SUBDATE(date, INTERVAL expr unit)"),
            new Form("SUBDATE", DATES, "SUBDATE(date, days)"),
            new Form("TIMESTAMPADD", DATES, "TIMESTAMPADD(unit, interval, datetime)"),
            new Form("TIMESTAMPDIFF", DATES, "TIMESTAMPDIFF(unit, datetime1, datetime2)"),
            new Form(
                    "JSON_VALUE",
                    "JSON Functions",
                    "JSON_VALUE(json, path [RETURNING type] [on_empty ON EMPTY] [on_error ON ERROR])"),
            new Form("DEFAULT", OTHERS, "DEFAULT(column)"),
            new Form("GROUPING", OTHERS, "GROUPING(expr[, …])"),
            new Form("ROW", OTHERS, "ROW(expr, …)"),
            new Form("VALUES", OTHERS, "VALUES(column)"));

    static final Set<String> NAMES = FORMS.stream().map(Form::name).collect(Collectors.toUnmodifiableSet());

    /// A way to call a function.
    ///
    /// @param name in upper case
    /// @param family the section of the manual
    /// @param signature as the manual prints it
    record Form(String name, String family, String signature) {}

    private OwnGrammar() {}

    static String signature(WindowFunction function) {
        return switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK, CUME_DIST, PERCENT_RANK -> function + "() OVER …";
            case NTILE -> "NTILE(n) OVER …";
            case LEAD, LAG -> function + "(expr[, n[, default]]) OVER …";
            case FIRST_VALUE, LAST_VALUE -> function + "(expr) OVER …";
            case NTH_VALUE -> "NTH_VALUE(expr, n) OVER …";
        };
    }
}
