package io.qomo.serve.variable;

import io.qomo.serve.meta.MetaKind;
import io.qomo.serve.meta.MetaStore;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.serve.variable.VariableValue.Real;
import io.qomo.serve.variable.VariableValue.Text;
import io.qomo.serve.variable.VariableValue.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// SET PERSIST: values that outlive the process. Any thread.
public final class PersistedVariables {
    private static final int VERSION = 1;
    private static final int WHOLE = 0;
    private static final int REAL = 1;
    private static final int TEXT = 2;

    private final MetaStore meta;

    /// Values in a store.
    public PersistedVariables(MetaStore meta) {
        this.meta = meta;
    }

    /// Sets the server's variables to what was persisted; names that are gone are passed over.
    public void load(GlobalVariables globals) {
        for (Map.Entry<String, byte[]> entry : meta.load(MetaKind.VARIABLE).entrySet()) {
            Optional<Variable> variable = globals.table().find(entry.getKey());
            if (variable.isPresent() && variable.get().hasGlobal()) {
                globals.set(variable.get(), decode(entry.getValue()));
            }
        }
    }

    /// The persisted values by name.
    public SortedMap<String, VariableValue> all() {
        SortedMap<String, VariableValue> values = new TreeMap<>();
        meta.load(MetaKind.VARIABLE).forEach((name, record) -> values.put(name, decode(record)));
        return values;
    }

    /// Persists a value.
    public void put(Variable variable, VariableValue value) {
        meta.write(List.of(new MetaStore.Change(MetaKind.VARIABLE, variable.name(), encode(value))));
    }

    /// RESET PERSIST: forgets one, or with an empty name all; false if there was none.
    public boolean remove(String name) {
        List<MetaStore.Change> changes = new ArrayList<>();
        for (String known : meta.load(MetaKind.VARIABLE).keySet()) {
            if (name.isEmpty() || known.equalsIgnoreCase(name)) {
                changes.add(new MetaStore.Change(MetaKind.VARIABLE, known, null));
            }
        }
        if (!changes.isEmpty()) {
            meta.write(changes);
        }
        return !changes.isEmpty();
    }

    /// The bytes of a value.
    public static byte[] encode(VariableValue value) {
        RecordWriter out = new RecordWriter(VERSION);
        switch (value) {
            case Whole w -> out.number(WHOLE).number(w.value()).flag(w.unsigned());
            case Real r -> out.number(REAL).number(Double.doubleToLongBits(r.value()));
            case Text t -> out.number(TEXT).optionalText(t.value());
        }
        return out.toBytes();
    }

    /// The value of bytes that [#encode] made.
    public static VariableValue decode(byte[] record) {
        RecordReader in = new RecordReader(record, VERSION);
        return switch (in.integer()) {
            case WHOLE -> new Whole(in.number(), in.flag());
            case REAL -> new Real(Double.longBitsToDouble(in.number()));
            default -> new Text(in.optionalText());
        };
    }
}
