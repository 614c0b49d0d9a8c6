package io.qomo.base.type;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The names of the character sets and collations MySQL has, to tell those that are not built from those that nobody
/// knows.
///
/// Source: MySQL 8.0 manual, "Supported Character Sets and Collations".
public final class CharsetNames {
    private static final String TAILORED =
            "icelandic latvian romanian slovenian polish estonian spanish swedish turkish"
                    + " czech danish lithuanian slovak spanish2 roman persian esperanto hungarian sinhala german2 croatian"
                    + " unicode_520 vietnamese unicode general";
    private static final String LANGUAGES_0900 =
            "de_pb is lv ro sl pl et es sv tr cs da lt sk es_trad la eo hu hr vi ru nb nn sr_latn bs bg gl mn_cyrl";

    /// A character set, then the endings of its collations.
    private static final String SINGLE = """
            armscii8 general_ci bin
            ascii general_ci bin
            big5 chinese_ci bin
            binary
            cp1250 general_ci czech_cs croatian_ci polish_ci bin
            cp1251 bulgarian_ci ukrainian_ci general_ci general_cs bin
            cp1256 general_ci bin
            cp1257 lithuanian_ci general_ci bin
            cp850 general_ci bin
            cp852 general_ci bin
            cp866 general_ci bin
            cp932 japanese_ci bin
            dec8 swedish_ci bin
            eucjpms japanese_ci bin
            euckr korean_ci bin
            gb18030 chinese_ci unicode_520_ci bin
            gb2312 chinese_ci bin
            gbk chinese_ci bin
            geostd8 general_ci bin
            greek general_ci bin
            hebrew general_ci bin
            hp8 english_ci bin
            keybcs2 general_ci bin
            koi8r general_ci bin
            koi8u general_ci bin
            latin1 german1_ci german2_ci swedish_ci danish_ci spanish_ci general_ci general_cs bin
            latin2 czech_cs general_ci hungarian_ci croatian_ci bin
            latin5 turkish_ci bin
            latin7 estonian_cs general_ci general_cs bin
            macce general_ci bin
            macroman general_ci bin
            sjis japanese_ci bin
            swe7 swedish_ci bin
            tis620 thai_ci bin
            ujis japanese_ci bin
            utf16le general_ci bin
            ucs2 bin general_mysql500_ci
            utf16 bin
            utf32 bin
            utf8mb3 bin general_mysql500_ci
            utf8mb4 bin 0900_ai_ci 0900_as_ci 0900_as_cs 0900_bin ja_0900_as_cs ja_0900_as_cs_ks zh_0900_as_cs
            """;

    private static final Map<String, Set<String>> ENDINGS = endings();

    private CharsetNames() {}

    private static Map<String, Set<String>> endings() {
        Map<String, Set<String>> all = new HashMap<>();
        for (String line : SINGLE.lines().toList()) {
            String[] words = line.split(" ");
            all.put(words[0], new HashSet<>(List.of(words).subList(1, words.length)));
        }
        for (String charset : List.of("ucs2", "utf16", "utf32", "utf8mb3", "utf8mb4")) {
            for (String language : TAILORED.split(" ")) {
                all.getOrDefault(charset, new HashSet<>()).add(language + "_ci");
            }
        }
        for (String language : LANGUAGES_0900.split(" ")) {
            Set<String> utf8mb4 = all.getOrDefault("utf8mb4", new HashSet<>());
            utf8mb4.add(language + "_0900_ai_ci");
            utf8mb4.add(language + "_0900_as_cs");
        }
        return all;
    }

    /// The error for a character set that [Charset] does not have: NOT_SUPPORTED_YET if it is one of MySQL's, else
    /// UNKNOWN_CHARACTER_SET.
    public static SqlException unknownCharset(String name) {
        return ENDINGS.containsKey(name.toLowerCase(Locale.ROOT))
                ? new SqlException(ErrorCode.NOT_SUPPORTED_YET, "character set " + name)
                : new SqlException(ErrorCode.UNKNOWN_CHARACTER_SET, name);
    }

    /// The error for a collation that [Collation] does not have: NOT_SUPPORTED_YET if it is one of MySQL's, else
    /// UNKNOWN_COLLATION.
    public static SqlException unknownCollation(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int end = lower.indexOf('_');
        String charset = end < 0 ? lower : lower.substring(0, end);
        Set<String> known = ENDINGS.getOrDefault(charset.equals("utf8") ? "utf8mb3" : charset, Set.of());
        return end >= 0 && known.contains(lower.substring(end + 1))
                ? new SqlException(ErrorCode.NOT_SUPPORTED_YET, "collation " + name)
                : new SqlException(ErrorCode.UNKNOWN_COLLATION, name);
    }
}
