package io.qomo.base.type;

/// The character sets a client or a column can name. Strings inside the engine are UTF-8 whatever their character set;
/// conversion happens where bytes enter or leave (protocol, files, LENGTH, HEX, casts to binary).
///
/// Source: MySQL 8.0 manual, "Supported Character Sets and Collations".
public enum Charset {
    BINARY("binary", "Binary pseudo charset", 1),
    UTF8MB4("utf8mb4", "UTF-8 Unicode", 4),
    UTF8MB3("utf8mb3", "UTF-8 Unicode", 3),
    LATIN1("latin1", "cp1252 West European", 1),
    ASCII("ascii", "US ASCII", 1),
    GBK("gbk", "GBK Simplified Chinese", 2);

    private final String sqlName;
    private final String description;
    private final int maxBytesPerChar;

    Charset(String sqlName, String description, int maxBytesPerChar) {
        this.sqlName = sqlName;
        this.description = description;
        this.maxBytesPerChar = maxBytesPerChar;
    }

    /// The name in SQL.
    public String sqlName() {
        return sqlName;
    }

    /// As SHOW CHARACTER SET words it.
    public String description() {
        return description;
    }

    /// Bytes of the widest character.
    public int maxBytesPerChar() {
        return maxBytesPerChar;
    }
}
