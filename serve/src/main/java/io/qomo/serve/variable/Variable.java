package io.qomo.serve.variable;

/// A system variable.
///
/// @param index its place in the table
/// @param name in lower case
/// @param scope where it has values
/// @param type which values
/// @param initial the value of a fresh server
/// @param treatment what a change does
/// @param hintable whether SET_VAR may name it
public record Variable(
        int index,
        String name,
        Scope scope,
        VariableType type,
        VariableValue initial,
        Treatment treatment,
        boolean hintable) {
    /// Where a variable has values.
    public enum Scope {
        GLOBAL,
        SESSION,
        BOTH
    }

    /// What a change of a variable does.
    public enum Treatment {
        /// The server acts on it.
        LIVE,
        /// Kept, with a note that nothing changes.
        TUNE,
        /// Kept without a note.
        QUIET,
        /// Only the initial value is taken.
        FIXED,
        /// Error 1238.
        READ_ONLY
    }

    /// True if sessions have a value of their own.
    public boolean hasSession() {
        return scope != Scope.GLOBAL;
    }

    /// True if the server has a value.
    public boolean hasGlobal() {
        return scope != Scope.SESSION;
    }
}
