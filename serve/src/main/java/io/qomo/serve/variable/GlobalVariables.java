package io.qomo.serve.variable;

import java.util.concurrent.atomic.AtomicReferenceArray;

/// The server's values of the system variables. Any thread.
public final class GlobalVariables {
    private final Variables table;
    private final AtomicReferenceArray<VariableValue> values;

    /// Every variable at its initial value.
    public GlobalVariables(Variables table) {
        this.table = table;
        values = new AtomicReferenceArray<>(table.all().size());
        for (Variable variable : table.all()) {
            values.set(variable.index(), variable.initial());
        }
    }

    /// Which variables there are.
    public Variables table() {
        return table;
    }

    /// The value of a variable.
    public VariableValue value(Variable variable) {
        return values.get(variable.index());
    }

    /// The value of a variable by name; error 1193.
    public VariableValue value(String name) {
        return value(table.get(name));
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
        values.set(variable.index(), value);
    }

    /// Sets a value by name, read-only variables included: facts the node knows when it starts.
    public void set(String name, VariableValue value) {
        set(table.get(name), value);
    }
}
