package io.qomo.serve.variable;

import io.qomo.base.error.Check;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.variable.Variable.Scope;
import io.qomo.serve.variable.Variable.Treatment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The table of system variables. Immutable.
public final class Variables {
    private static final String TABLE = "variables.txt";

    private final List<Variable> all;
    private final Map<String, Variable> byName;

    private Variables(List<Variable> all) {
        this.all = List.copyOf(all);
        this.byName = new HashMap<>();
        for (Variable variable : all) {
            byName.put(variable.name(), variable);
        }
    }

    /// Reads the table.
    public static Variables load() {
        List<Variable> found = new ArrayList<>();
        try (InputStream in = Variables.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + TABLE);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    found.add(parse(found.size(), line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Variables(found);
    }

    /// All of them in name order.
    public List<Variable> all() {
        return all;
    }

    /// One by its name in any case.
    public Optional<Variable> find(String name) {
        Variable exact = byName.get(name);
        return Optional.ofNullable(exact != null ? exact : byName.get(name.toLowerCase(Locale.ROOT)));
    }

    /// One by its name in any case; error 1193.
    public Variable get(String name) {
        return find(name).orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_SYSTEM_VARIABLE, name));
    }

    private static Variable parse(int index, String line) {
        String[] parts = line.split(" \\| ?", 5);
        Check.that(parts.length == 5, "a line of variables.txt has five parts", "line", line);
        Scope scope = switch (parts[1]) {
            case "G" -> Scope.GLOBAL;
            case "S" -> Scope.SESSION;
            default -> Scope.BOTH;
        };
        VariableType type = type(parts[2]);
        String[] treatment = parts[4].split(" ");
        VariableValue initial = initial(parts[0], type, parts[3]);
        return new Variable(index, parts[0], scope, type, initial, treatment(treatment[0]), treatment.length > 1);
    }

    private static Treatment treatment(String word) {
        return switch (word) {
            case "live" -> Treatment.LIVE;
            case "tune" -> Treatment.TUNE;
            case "quiet" -> Treatment.QUIET;
            case "fixed" -> Treatment.FIXED;
            case "ro" -> Treatment.READ_ONLY;
            default -> throw new IllegalStateException("treatment " + word);
        };
    }

    private static VariableType type(String text) {
        int open = text.indexOf('(');
        String kind = open < 0 ? text : text.substring(0, open);
        String[] parts = open < 0
                ? new String[0]
                : text.substring(open + 1, text.length() - 1).split(",", -1);
        return switch (kind) {
            case "bool" -> new VariableType.Bool();
            case "int" -> integral(parts, false);
            case "uint" -> integral(parts, true);
            case "double" -> new VariableType.Floating(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
            case "text" -> new VariableType.Free();
            case "enum" -> new VariableType.Choice(Arrays.asList(parts));
            case "flags" -> new VariableType.Flags(Arrays.asList(parts));
            case "switch" -> new VariableType.Switches(Arrays.asList(parts));
            case "charset" -> new VariableType.CharsetName();
            case "collation" -> new VariableType.CollationName();
            default -> throw new IllegalStateException("type " + kind);
        };
    }

    private static VariableType integral(String[] parts, boolean unsigned) {
        long block = parts.length > 2 ? Long.parseLong(parts[2]) : 1;
        return unsigned
                ? new VariableType.Integral(
                        Long.parseUnsignedLong(parts[0]), Long.parseUnsignedLong(parts[1]), block, true)
                : new VariableType.Integral(Long.parseLong(parts[0]), Long.parseLong(parts[1]), block, false);
    }

    private static VariableValue initial(String name, VariableType type, String text) {
        if (text.equals("NULL")) {
            return VariableValue.NULL;
        }
        VariableValue given = switch (type) {
            case VariableType.Integral i ->
                new VariableValue.Whole(
                        i.unsigned() ? Long.parseUnsignedLong(text) : Long.parseLong(text), i.unsigned());
            case VariableType.Floating _ -> new VariableValue.Real(Double.parseDouble(text));
            case VariableType.Bool _,
                    VariableType.Free _,
                    VariableType.Choice _,
                    VariableType.Flags _,
                    VariableType.Switches _,
                    VariableType.CharsetName _,
                    VariableType.CollationName _ -> VariableValue.of(text);
        };
        return type.check(name, given, (_, arguments) -> {
            throw new IllegalStateException("default of " + Arrays.toString(arguments));
        });
    }
}
