package io.qomo.query.function;

import io.qomo.base.type.Charset;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.Collation;
import io.qomo.base.type.Utf8;
import io.qomo.query.expr.Expr;

/// String functions.
///
/// Source: MySQL 8.0 manual, "String Functions and Operators".
final class StringFunctions {
    static final FunctionTable TABLE = new FunctionTable("String Functions")
            .add("ASCII(str)", StringCodes::ascii)
            .add("BIN(n)", c -> StringCodes.inBase(c, 2))
            .add("BIT_LENGTH(str)", c -> bytes(c, 8))
            .add("CHAR(n[, …])", c -> StringCodes.chars(c, Charset.BINARY))
            .add("CHAR_LENGTH(str)", StringFunctions::characters)
            .add("CHARACTER_LENGTH(str)", StringFunctions::characters)
            .add("CONCAT(str[, …])", StringParts::concat)
            .add("CONCAT_WS(separator, str[, …])", StringParts::concatWithSeparator)
            .add("CONV(n, from_base, to_base)", StringCodes::conv)
            .add("ELT(n, str[, …])", StringSearch::elt)
            .add("EXPORT_SET(bits, on, off[, separator[, number_of_bits]])", StringSearch::exportSet)
            .add("FIELD(str, str[, …])", StringSearch::field)
            .add("FIND_IN_SET(str, strlist)", StringSearch::findInSet)
            .add("FORMAT(x, d[, locale])", NumberFormat::format)
            .add("FROM_BASE64(str)", StringCodes::fromBase64)
            .add("HEX(n_or_str)", StringCodes::hex)
            .add("INSERT(str, pos, len, newstr)", StringParts::insert)
            .add("INSTR(str, substr)", StringSearch::instr)
            .add("LCASE(str)", c -> StringParts.changeCase(c, false))
            .add("LEFT(str, len)", StringParts::left)
            .add("LENGTH(str)", c -> bytes(c, 1))
            .add("LOAD_FILE(file_name)", StringCodes::loadFile)
            .add("LOCATE(substr, str[, pos])", StringSearch::locate)
            .add("LOWER(str)", c -> StringParts.changeCase(c, false))
            .add("LPAD(str, len[, padstr])", c -> StringParts.pad(c, true))
            .add("LTRIM(str)", c -> StringParts.trim(c, true, false))
            .add("MAKE_SET(bits, str[, …])", StringSearch::makeSet)
            .add("MID(str, pos[, len])", StringParts::substring)
            .add("OCT(n)", c -> StringCodes.inBase(c, 8))
            .add("OCTET_LENGTH(str)", c -> bytes(c, 1))
            .add("ORD(str)", StringCodes::ord)
            .add("POSITION(substr, str)", StringSearch::locate)
            .add("QUOTE(str)", StringCodes::quote)
            .add("REPEAT(str, count)", StringParts::repeat)
            .add("REPLACE(str, from_str, to_str)", StringSearch::replace)
            .add("REVERSE(str)", StringParts::reverse)
            .add("RIGHT(str, len)", StringParts::right)
            .add("RPAD(str, len[, padstr])", c -> StringParts.pad(c, false))
            .add("RTRIM(str)", c -> StringParts.trim(c, false, true))
            .add("SOUNDEX(str)", StringCodes::soundex)
            .add("SPACE(n)", StringParts::space)
            .add("STRCMP(expr1, expr2)", StringSearch::strcmp)
            .add("SUBSTR(str, pos[, len])", StringParts::substring)
            .add("SUBSTRING(str, pos[, len])", StringParts::substring)
            .add("SUBSTRING_INDEX(str, delim, count)", StringSearch::substringIndex)
            .add("TO_BASE64(str)", StringCodes::toBase64)
            .add("TRIM(str)", c -> StringParts.trim(c, true, true))
            .add("UCASE(str)", c -> StringParts.changeCase(c, true))
            .add("UNHEX(str)", StringCodes::unhex)
            .add("UPPER(str)", c -> StringParts.changeCase(c, true))
            .add("WEIGHT_STRING(str)", c -> StringCodes.weightString(c, false, -1))
            .add("REGEXP_LIKE(expr, pat[, match_type])", RegexpFunctions::like)
            .add("REGEXP_INSTR(expr, pat[, pos[, occurrence[, return_option[, match_type]]]])", RegexpFunctions::instr)
            .add("REGEXP_REPLACE(expr, pat, repl[, pos[, occurrence[, match_type]]])", RegexpFunctions::replace)
            .add("REGEXP_SUBSTR(expr, pat[, pos[, occurrence[, match_type]]])", RegexpFunctions::substr);

    private StringFunctions() {}

    /// The bytes the string has in its character set, times `factor`.
    private static Expr bytes(Binding call, int factor) {
        call.text(0);
        Charset charset = call.type(0).collation().charset();
        if (Encodings.isUtf8(charset)) {
            return call.returnsLong(row -> row.set((long) row.length(0) * factor));
        }
        return call.returnsLong(row ->
                row.set((long) Charsets.encodedLength(row.base(0), row.offset(0), row.length(0), charset) * factor));
    }

    private static Expr characters(Binding call) {
        call.text(0);
        boolean binary = call.type(0).collation() == Collation.BINARY;
        return call.returnsLong(row ->
                row.set(binary ? (long) row.length(0) : Utf8.charCount(row.base(0), row.offset(0), row.length(0))));
    }
}
