package io.qomo.serve.variable;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.serve.variable.VariableValue.Real;
import io.qomo.serve.variable.VariableValue.Text;
import io.qomo.serve.variable.VariableValue.Whole;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which values a system variable takes, and how others are brought to them.
public sealed interface VariableType {
    /// Hears of values that were cut to the allowed range.
    interface Warnings {
        /// Adds a warning.
        void warn(ErrorCode code, Object... arguments);
    }

    /// The value as the variable keeps it. Errors 1231 and 1232; a number out of range is cut with warning 1292.
    VariableValue check(String name, VariableValue given, Warnings warnings);

    /// How SHOW VARIABLES words a value.
    default String show(VariableValue value) {
        return value instanceof Text(@Nullable String text) && text == null ? "" : value.text();
    }

    /// ON or OFF, kept as 1 and 0.
    record Bool() implements VariableType {
        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            switch (given) {
                case Whole(long value, boolean _)
                when value == 0 || value == 1 -> {
                    return VariableValue.of(value);
                }
                case Text(@Nullable String text)
                when text != null -> {
                    switch (text.toUpperCase(Locale.ROOT)) {
                        case "ON", "TRUE", "1" -> {
                            return VariableValue.of(1);
                        }
                        case "OFF", "FALSE", "0" -> {
                            return VariableValue.of(0);
                        }
                        default -> throw wrongValue(name, given);
                    }
                }
                case Real _ -> throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
                case Whole _, Text _ -> throw wrongValue(name, given);
            }
        }

        @Override
        public String show(VariableValue value) {
            return value.number() != 0 ? "ON" : "OFF";
        }
    }

    /// A whole number; with `unsigned` the bounds are, too.
    record Integral(long min, long max, long block, boolean unsigned) implements VariableType {
        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            if (!(given instanceof Whole(long value, boolean isUnsigned))) {
                throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
            }
            boolean isNegative = !isUnsigned && value < 0;
            boolean isHuge = isUnsigned && value < 0;
            long kept = value;
            if (unsigned) {
                kept = isNegative || Long.compareUnsigned(value, min) < 0 ? min : value;
                kept = Long.compareUnsigned(kept, max) > 0 ? max : kept;
                kept -= Long.remainderUnsigned(kept, block);
                kept = Long.compareUnsigned(kept, min) < 0 ? min : kept;
            } else {
                kept = isHuge ? max : Math.clamp(value, min, max);
                kept -= kept % block;
                kept = Math.max(kept, min);
            }
            if (kept != value || (isNegative && unsigned)) {
                warnings.warn(ErrorCode.TRUNCATED_WRONG_VALUE, name, given.text());
            }
            return new Whole(kept, unsigned);
        }
    }

    /// A number with a fraction.
    record Floating(double min, double max) implements VariableType {
        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            double value = switch (given) {
                case Whole(long whole, boolean isUnsigned) -> isUnsigned && whole < 0 ? 2.0 * (whole >>> 1) : whole;
                case Real(double real) -> real;
                case Text _ -> throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
            };
            double kept = Math.clamp(value, min, max);
            if (kept != value) {
                warnings.warn(ErrorCode.TRUNCATED_WRONG_VALUE, name, given.text());
            }
            return new Real(kept);
        }
    }

    /// Any string, or NULL.
    record Free() implements VariableType {
        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            if (given instanceof Text) {
                return given;
            }
            throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
        }
    }

    /// One of some words, or its number from 0.
    record Choice(List<String> members) implements VariableType {
        public Choice {
            members = List.copyOf(members);
        }

        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            switch (given) {
                case Whole(long value, boolean _)
                when value >= 0 && value < members.size() -> {
                    return VariableValue.of(members.get((int) value));
                }
                case Text(@Nullable String text)
                when text != null -> {
                    for (String member : members) {
                        if (member.equalsIgnoreCase(text)) {
                            return VariableValue.of(member);
                        }
                    }
                    throw wrongValue(name, given);
                }
                case Real _ -> throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
                case Whole _, Text _ -> throw wrongValue(name, given);
            }
        }
    }

    /// Some of some words, or the sum of their bits; empty members name bits that are not used.
    record Flags(List<String> members) implements VariableType {
        public Flags {
            members = List.copyOf(members);
        }

        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            long bits = switch (given) {
                case Whole(long value, boolean _) -> value;
                case Real _ -> throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
                case Text(@Nullable String text) -> {
                    if (text == null) {
                        throw wrongValue(name, given);
                    }
                    yield bits(name, text);
                }
            };
            StringBuilder kept = new StringBuilder();
            for (int i = 0; i < 64; i++) {
                if ((bits & 1L << i) != 0) {
                    if (i >= members.size() || members.get(i).isEmpty()) {
                        throw wrongValue(name, given);
                    }
                    kept.append(kept.isEmpty() ? "" : ",").append(members.get(i));
                }
            }
            return VariableValue.of(kept.toString());
        }

        private long bits(String name, String text) {
            long bits = 0;
            for (String word : text.split(",", -1)) {
                if (word.isEmpty()) {
                    continue;
                }
                int at = -1;
                for (int i = 0; i < members.size() && at < 0; i++) {
                    at = members.get(i).equalsIgnoreCase(word) ? i : -1;
                }
                if (at < 0) {
                    throw new SqlException(ErrorCode.WRONG_VALUE_FOR_VAR, name, word);
                }
                bits |= 1L << at;
            }
            return bits;
        }
    }

    /// Words switched on and off: `a=on,b=off`; a change names only those it changes.
    record Switches(List<String> members) implements VariableType {
        public Switches {
            members = List.copyOf(members);
        }

        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            if (!(given instanceof Text(@Nullable String text)) || text == null) {
                throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
            }
            for (String part : text.split(",", -1)) {
                String[] pair = part.strip().split("=", 2);
                boolean isReset = pair.length == 1 && pair[0].equalsIgnoreCase("default");
                boolean isSwitch = pair.length == 2
                        && members.contains(pair[0].toLowerCase(Locale.ROOT))
                        && List.of("on", "off", "default").contains(pair[1].toLowerCase(Locale.ROOT));
                if (!part.isBlank() && !isReset && !isSwitch) {
                    throw wrongValue(name, VariableValue.of(part));
                }
            }
            return given;
        }

        /// `base` with the switches of `change` set; `default` takes them from `initial`.
        public VariableValue merge(VariableValue base, VariableValue change, VariableValue initial) {
            List<String> now = new java.util.ArrayList<>(List.of(base.text().split(",")));
            List<String> first = List.of(initial.text().split(","));
            for (String part : change.text().toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] pair = part.strip().split("=", 2);
                if (pair[0].equals("default")) {
                    now = new java.util.ArrayList<>(first);
                } else if (pair.length == 2) {
                    int at = members.indexOf(pair[0]);
                    now.set(at, pair[1].equals("default") ? first.get(at) : pair[0] + "=" + pair[1]);
                }
            }
            return VariableValue.of(String.join(",", now));
        }
    }

    /// The name of a character set; NULL only for character_set_results.
    record CharsetName() implements VariableType {
        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            return switch (given) {
                case Text(@Nullable String text) -> {
                    if (text == null) {
                        if (name.equals("character_set_results")) {
                            yield given;
                        }
                        throw wrongValue(name, given);
                    }
                    yield VariableValue.of(Charsets.named(text).sqlName());
                }
                case Whole(long id, boolean _) ->
                    VariableValue.of(Collation.byId((int) id)
                            .orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_CHARACTER_SET, given.text()))
                            .charset()
                            .sqlName());
                case Real _ -> throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
            };
        }
    }

    /// The name of a collation.
    record CollationName() implements VariableType {
        @Override
        public VariableValue check(String name, VariableValue given, Warnings warnings) {
            return switch (given) {
                case Text(@Nullable String text) -> {
                    if (text == null) {
                        throw wrongValue(name, given);
                    }
                    yield VariableValue.of(Charsets.collationNamed(text).sqlName());
                }
                case Whole(long id, boolean _) ->
                    VariableValue.of(Collation.byId((int) id)
                            .orElseThrow(() -> new SqlException(ErrorCode.UNKNOWN_COLLATION, given.text()))
                            .sqlName());
                case Real _ -> throw new SqlException(ErrorCode.WRONG_TYPE_FOR_VAR, name);
            };
        }
    }

    private static SqlException wrongValue(String name, VariableValue given) {
        return new SqlException(ErrorCode.WRONG_VALUE_FOR_VAR, name, given.text());
    }
}
