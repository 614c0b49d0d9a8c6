package io.qomo.base.type;

import java.util.Locale;
import java.util.Optional;

/// The collations, with MySQL's ids. [Collations] compares, hashes and makes sort keys by them.
///
/// Source: MySQL 8.0 `information_schema.collations`.
public enum Collation {
    BINARY(63, "binary", Charset.BINARY, Algorithm.BYTES, false, true),
    UTF8MB4_0900_AI_CI(255, "utf8mb4_0900_ai_ci", Charset.UTF8MB4, Algorithm.UCA_AI_CI, false, true),
    UTF8MB4_0900_AS_CS(278, "utf8mb4_0900_as_cs", Charset.UTF8MB4, Algorithm.UCA_AS_CS, false, false),
    UTF8MB4_0900_AS_CI(305, "utf8mb4_0900_as_ci", Charset.UTF8MB4, Algorithm.UCA_AS_CI, false, false),
    UTF8MB4_0900_BIN(309, "utf8mb4_0900_bin", Charset.UTF8MB4, Algorithm.BYTES, false, false),
    UTF8MB4_GENERAL_CI(45, "utf8mb4_general_ci", Charset.UTF8MB4, Algorithm.GENERAL_CI, true, false),
    UTF8MB4_BIN(46, "utf8mb4_bin", Charset.UTF8MB4, Algorithm.BYTES, true, false),
    UTF8MB4_UNICODE_CI(224, "utf8mb4_unicode_ci", Charset.UTF8MB4, Algorithm.UCA_AI_CI, true, false),
    UTF8MB4_UNICODE_520_CI(246, "utf8mb4_unicode_520_ci", Charset.UTF8MB4, Algorithm.UCA_AI_CI, true, false),
    UTF8MB3_GENERAL_CI(33, "utf8mb3_general_ci", Charset.UTF8MB3, Algorithm.GENERAL_CI, true, true),
    UTF8MB3_BIN(83, "utf8mb3_bin", Charset.UTF8MB3, Algorithm.BYTES, true, false),
    UTF8MB3_UNICODE_CI(192, "utf8mb3_unicode_ci", Charset.UTF8MB3, Algorithm.UCA_AI_CI, true, false),
    LATIN1_SWEDISH_CI(8, "latin1_swedish_ci", Charset.LATIN1, Algorithm.LATIN1_SWEDISH, true, true),
    LATIN1_GENERAL_CI(48, "latin1_general_ci", Charset.LATIN1, Algorithm.GENERAL_CI, true, false),
    LATIN1_BIN(47, "latin1_bin", Charset.LATIN1, Algorithm.BYTES, true, false),
    ASCII_GENERAL_CI(11, "ascii_general_ci", Charset.ASCII, Algorithm.GENERAL_CI, true, true),
    ASCII_BIN(65, "ascii_bin", Charset.ASCII, Algorithm.BYTES, true, false),
    GBK_CHINESE_CI(28, "gbk_chinese_ci", Charset.GBK, Algorithm.GBK_CHINESE, true, true),
    GBK_BIN(87, "gbk_bin", Charset.GBK, Algorithm.GBK_BYTES, true, false);

    /// How two strings are compared.
    public enum Algorithm {
        /// Byte by byte (code point order for UTF-8).
        BYTES,
        /// Unicode collation, primary differences only.
        UCA_AI_CI,
        /// Unicode collation, primary and secondary.
        UCA_AS_CI,
        /// Unicode collation, three levels.
        UCA_AS_CS,
        /// One weight per character: upper-cased, accents folded (MySQL's "general").
        GENERAL_CI,
        /// MySQL's table for latin1_swedish_ci.
        LATIN1_SWEDISH,
        /// Case-folded ASCII, then Chinese by its reading in pinyin.
        GBK_CHINESE,
        /// The order of the GBK encoding.
        GBK_BYTES
    }

    private final int id;
    private final String sqlName;
    private final Charset charset;
    private final Algorithm algorithm;
    private final boolean padSpace;
    private final boolean isDefault;

    Collation(int id, String sqlName, Charset charset, Algorithm algorithm, boolean padSpace, boolean isDefault) {
        this.id = id;
        this.sqlName = sqlName;
        this.charset = charset;
        this.algorithm = algorithm;
        this.padSpace = padSpace;
        this.isDefault = isDefault;
    }

    /// MySQL's collation number, as on the wire.
    public int id() {
        return id;
    }

    /// The name in SQL.
    public String sqlName() {
        return sqlName;
    }

    /// The character set it belongs to.
    public Charset charset() {
        return charset;
    }

    /// How strings are compared.
    public Algorithm algorithm() {
        return algorithm;
    }

    /// True where trailing spaces do not count (PAD SPACE).
    public boolean padSpace() {
        return padSpace;
    }

    /// True where one character may equal several (`ß` and `ss`), so that beginnings of equal strings may differ.
    public boolean expands() {
        return switch (algorithm) {
            case UCA_AI_CI, UCA_AS_CI, UCA_AS_CS -> true;
            case BYTES, GENERAL_CI, LATIN1_SWEDISH, GBK_CHINESE, GBK_BYTES -> false;
        };
    }

    /// True for the default collation of its character set.
    public boolean isDefault() {
        return isDefault;
    }

    /// The collation of a number, empty if unknown.
    public static Optional<Collation> byId(int id) {
        for (Collation c : values()) {
            if (c.id == id) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }

    /// The collation of a name in any case (`utf8_…` means `utf8mb3_…`), empty if unknown.
    public static Optional<Collation> byName(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.startsWith("utf8_")) {
            wanted = "utf8mb3_" + wanted.substring(5);
        }
        for (Collation c : values()) {
            if (c.sqlName.equals(wanted)) {
                return Optional.of(c);
            }
        }
        return Optional.empty();
    }

    /// The default collation of a character set.
    public static Collation defaultOf(Charset charset) {
        for (Collation c : values()) {
            if (c.charset == charset && c.isDefault) {
                return c;
            }
        }
        return BINARY;
    }

    /// The `_bin` collation of a character set.
    public static Collation binOf(Charset charset) {
        return switch (charset) {
            case BINARY -> BINARY;
            case UTF8MB4 -> UTF8MB4_BIN;
            case UTF8MB3 -> UTF8MB3_BIN;
            case LATIN1 -> LATIN1_BIN;
            case ASCII -> ASCII_BIN;
            case GBK -> GBK_BIN;
        };
    }
}
