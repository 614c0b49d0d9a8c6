package io.qomo.serve.variable;

/// A session's values of the system variables. Owned by the session's thread.
public final class SessionVariables {
    private final GlobalVariables globals;
    private final VariableValue[] values;

    /// Starts from the server's values.
    public SessionVariables(GlobalVariables globals) {
        this.globals = globals;
        this.values = new VariableValue[globals.table().all().size()];
        reset();
    }

    /// Back to the server's values.
    public void reset() {
        for (int i = 0; i < values.length; i++) {
            values[i] = globals.value(globals.table().all().get(i));
        }
    }

    /// The server's values.
    public GlobalVariables globals() {
        return globals;
    }

    /// The session's value; of a global variable the server's.
    public VariableValue value(Variable variable) {
        return variable.hasSession() ? values[variable.index()] : globals.value(variable);
    }

    /// The value by name; error 1193.
    public VariableValue value(String name) {
        return value(globals.table().get(name));
    }

    /// The number a variable holds; error 1193.
    public long number(String name) {
        return value(name).number();
    }

    /// True if a boolean variable is ON; error 1193.
    public boolean isOn(String name) {
        return number(name) != 0;
    }

    /// Sets a value that was checked.
    public void set(Variable variable, VariableValue value) {
        values[variable.index()] = value;
    }
}
