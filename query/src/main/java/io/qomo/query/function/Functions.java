package io.qomo.query.function;

import io.qomo.query.expr.FunctionDefinition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All scalar functions by name.
public final class Functions {
    private static final List<FunctionTable> TABLES = List.of(
            ControlFunctions.TABLE,
            StringFunctions.TABLE,
            MathFunctions.TABLE,
            DateFunctions.TABLE,
            InfoFunctions.TABLE,
            CryptoFunctions.TABLE,
            JsonFunctions.TABLE,
            MiscFunctions.TABLE);
    private static final Map<String, Definition> BY_NAME = collect();

    private Functions() {}

    /// A function as the manual lists it.
    ///
    /// @param name in lower case
    /// @param signature as the manual prints it
    /// @param family the section of the manual
    public record Entry(String name, String signature, String family) {}

    /// The definition of a function's name in lower case.
    public static Optional<FunctionDefinition> find(String lowerName) {
        return Optional.ofNullable(BY_NAME.get(lowerName));
    }

    /// True of functions that MySQL has and this version has not, by name in lower case.
    public static boolean isMissing(String lowerName) {
        return MissingFunctions.contains(lowerName);
    }

    /// Every function, sorted by name.
    public static List<Entry> all() {
        return BY_NAME.values().stream()
                .map(d -> new Entry(d.name(), d.signature().text(), d.family()))
                .toList();
    }

    private static Map<String, Definition> collect() {
        Map<String, Definition> all = new TreeMap<>();
        for (FunctionTable table : TABLES) {
            for (Definition definition : table.definitions()) {
                if (all.put(definition.name(), definition) != null) {
                    throw new IllegalStateException("function defined twice: " + definition.name());
                }
            }
        }
        return Collections.unmodifiableMap(all);
    }
}
