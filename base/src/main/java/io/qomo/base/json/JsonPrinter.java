package io.qomo.base.json;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.Decimals;
import io.qomo.base.type.Doubles;
import io.qomo.base.type.TemporalFormat;
import java.math.BigDecimal;
import java.util.Base64;

/// The text of JSON values as MySQL writes it: `{"a": 1, "b": [1, 2.0]}`.
public final class JsonPrinter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private JsonPrinter() {}

    /// Appends the text of a value.
    public static void append(JsonValue value, ByteBuilder out) {
        switch (value.type()) {
            case OBJECT -> {
                out.put('{');
                for (int i = 0; i < value.size(); i++) {
                    out.putAscii(i == 0 ? "" : ", ");
                    appendKey(value, i, out);
                    append(value.element(i), out);
                }
                out.put('}');
            }
            case ARRAY -> {
                out.put('[');
                for (int i = 0; i < value.size(); i++) {
                    out.putAscii(i == 0 ? "" : ", ");
                    append(value.element(i), out);
                }
                out.put(']');
            }
            case STRING -> appendQuoted(value.array(), value.payloadOffset(), value.payloadLength(), out);
            case DATE, TIME, DATETIME, OPAQUE -> {
                out.put('"');
                appendPlain(value, out);
                out.put('"');
            }
            default -> appendPlain(value, out);
        }
    }

    private static void appendKey(JsonValue object, int index, ByteBuilder out) {
        int from = object.keyStart(index);
        appendQuoted(object.array(), from, object.keyStart(index + 1) - from, out);
        out.putAscii(": ");
    }

    /// Appends the text without the quotation marks of a scalar, as JSON_UNQUOTE() and `->>` do.
    public static void appendUnquoted(JsonValue value, ByteBuilder out) {
        if (value.isString()) {
            out.put(value.array(), value.payloadOffset(), value.payloadLength());
        } else if (value.type().isContainer()) {
            append(value, out);
        } else {
            appendPlain(value, out);
        }
    }

    private static void appendPlain(JsonValue value, ByteBuilder out) {
        switch (value.type()) {
            case NULL -> out.putAscii("null");
            case BOOLEAN -> out.putAscii(value.booleanValue() ? "true" : "false");
            case INTEGER -> out.putNumber(value.longValue());
            case UNSIGNED -> out.putUnsigned(value.longValue());
            case DOUBLE -> appendDouble(value.doubleValue(), out);
            case DECIMAL -> {
                BigDecimal decimal = value.decimalValue();
                Decimals.append(decimal.unscaledValue(), decimal.scale(), out);
            }
            case DATE -> TemporalFormat.appendDate(value.longValue(), out);
            case TIME -> TemporalFormat.appendTime(value.longValue(), 6, out);
            case DATETIME -> TemporalFormat.appendDatetime(value.longValue(), 6, out);
            case OPAQUE -> {
                out.putAscii("base64:type").putNumber(value.opaqueType()).put(':');
                out.put(Base64.getEncoder().encode(value.payload()));
            }
            case STRING, OBJECT, ARRAY -> append(value, out);
        }
    }

    private static void appendDouble(double value, ByteBuilder out) {
        int from = out.length();
        Doubles.append(value, out);
        for (int i = from; i < out.length(); i++) {
            byte c = out.array()[i];
            if (c == '.' || c == 'e' || c == 'n') {
                return;
            }
        }
        // A double stays one when it is read back.
        out.putAscii(".0");
    }

    /// Appends a string in quotation marks, with escapes, as JSON_QUOTE() does.
    public static void appendQuoted(byte[] utf8, int offset, int length, ByteBuilder out) {
        out.put('"');
        int run = offset;
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            int b = utf8[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
                out.put(utf8, run, i - run);
                appendEscape(b, out);
                run = i + 1;
            }
        }
        out.put(utf8, run, end - run).put('"');
    }

    private static void appendEscape(int b, ByteBuilder out) {
        switch (b) {
            case '\b' -> out.putAscii("\\b");
            case '\f' -> out.putAscii("\\f");
            case '\n' -> out.putAscii("\\n");
            case '\r' -> out.putAscii("\\r");
            case '\t' -> out.putAscii("\\t");
            case '"', '\\' -> out.put('\\').put(b);
            default -> out.putAscii("\\u00").put(HEX[b >> 4]).put(HEX[b & 15]);
        }
    }

    /// Appends the text over several lines, as JSON_PRETTY() does.
    public static void appendPretty(JsonValue value, ByteBuilder out) {
        appendPretty(value, 0, out);
    }

    private static void appendPretty(JsonValue value, int level, ByteBuilder out) {
        if (!value.type().isContainer() || value.size() == 0) {
            append(value, out);
            return;
        }
        boolean isObject = value.isObject();
        out.put(isObject ? '{' : '[');
        for (int i = 0; i < value.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            appendLine(level + 1, out);
            if (isObject) {
                appendKey(value, i, out);
            }
            appendPretty(value.element(i), level + 1, out);
        }
        appendLine(level, out);
        out.put(isObject ? '}' : ']');
    }

    private static void appendLine(int level, ByteBuilder out) {
        out.put('\n');
        for (int i = 0; i < level; i++) {
            out.putAscii("  ");
        }
    }

    /// The text of a value.
    public static String toString(JsonValue value) {
        ByteBuilder out = new ByteBuilder();
        append(value, out);
        return out.toString();
    }
}
