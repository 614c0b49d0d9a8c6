package io.qomo.serve.variable;

import io.qomo.base.type.Charset;
import io.qomo.base.type.CharsetNames;
import io.qomo.base.type.Collation;
import java.util.Optional;

/// Character sets and collations by the names clients use.
public final class Charsets {
    private Charsets() {}

    /// A character set by name in any case (`utf8` means `utf8mb3`); errors 1115, 1235.
    public static Charset named(String name) {
        return find(name).orElseThrow(() -> CharsetNames.unknownCharset(name));
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

    /// A collation by name in any case; errors 1273, 1235.
    public static Collation collationNamed(String name) {
        return Collation.byName(name).orElseThrow(() -> CharsetNames.unknownCollation(name));
    }
}
