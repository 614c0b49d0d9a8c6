package io.qomo.query.explain;

import java.util.List;

/// Writes JSON in the order it is told, two spaces deeper per level. Owned by one thread.
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean isFirst = true;

    JsonWriter beginObject(String key) {
        return open(key, '{');
    }

    JsonWriter beginObject() {
        return open("", '{');
    }

    JsonWriter beginArray(String key) {
        return open(key, '[');
    }

    JsonWriter end(char bracket) {
        depth--;
        if (!isFirst) {
            out.append('\n').append("  ".repeat(depth));
        }
        out.append(bracket);
        isFirst = false;
        return this;
    }

    JsonWriter text(String key, String value) {
        next(key);
        quoted(value);
        return this;
    }

    JsonWriter number(String key, long value) {
        next(key);
        out.append(value);
        return this;
    }

    JsonWriter flag(String key, boolean value) {
        next(key);
        out.append(value);
        return this;
    }

    JsonWriter texts(String key, List<String> values) {
        beginArray(key);
        for (String value : values) {
            next("");
            quoted(value);
        }
        return end(']');
    }

    private JsonWriter open(String key, char bracket) {
        next(key);
        out.append(bracket);
        depth++;
        isFirst = true;
        return this;
    }

    private void next(String key) {
        if (!isFirst) {
            out.append(',');
        }
        if (depth > 0) {
            out.append('\n').append("  ".repeat(depth));
        }
        isFirst = false;
        if (!key.isEmpty()) {
            quoted(key);
            out.append(": ");
        }
    }

    private void quoted(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
