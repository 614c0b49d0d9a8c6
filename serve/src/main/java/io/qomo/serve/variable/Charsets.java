package io.qomo.serve.variable;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Collation;
import java.util.Optional;

/// Character sets and collations by the names clients use.
public final class Charsets {
    private Charsets() {}

    /// A character set by name in any case (`utf8` means `utf8mb3`); error 1115.
    public static Charset named(String name) {
        return find(name).orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_CHARACTER_SET, name));
    }

    /// A character set by name in any case.
    public static Optional<Charset> find(String name) {
        String wanted = name.equalsIgnoreCase("utf8") ? "utf8mb3" : name;
        for (Charset charset : Charset.values()) {
            if (charset.sqlName().equalsIgnoreCase(wanted)) {
                return Optional.of(charset);
            }
        }
        return Optional.empty();
    }

    /// A collation by name in any case; error 1273.
    public static Collation collationNamed(String name) {
        return Collation.byName(name).orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_COLLATION, name));
    }
}
