package io.qomo.query.function;

import java.util.ArrayList;
import java.util.List;

/// A family of functions: a table of one line each, built in a static initializer.
final class FunctionTable {
    private final String family;
    private final List<Definition> definitions = new ArrayList<>();

    FunctionTable(String family) {
        this.family = family;
    }

    /// Adds a function; the signature gives its name and number of arguments.
    FunctionTable add(String signature, Definition.Binder binder) {
        definitions.add(new Definition(Signature.parse(signature), family, binder));
        return this;
    }

    List<Definition> definitions() {
        return List.copyOf(definitions);
    }
}
