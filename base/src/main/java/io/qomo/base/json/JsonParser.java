package io.qomo.base.json;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.NumberParser;
import io.qomo.base.type.Utf8;
import org.jspecify.annotations.Nullable;

/// Reads JSON text (RFC 8259, UTF-8) into binary form.
///
/// Integers within BIGINT or BIGINT UNSIGNED stay exact, other numbers become doubles. Of equal keys the
/// last counts. Reused for many texts; belongs to one thread. Nesting beyond 100 throws
/// `JSON_DOCUMENT_TOO_DEEP`; any other fault is reported by [#errorMessage] and [#errorPosition], which
/// go into `INVALID_JSON_TEXT`.
public final class JsonParser {
    private final JsonBuilder builder = new JsonBuilder();
    private final NumberParser numbers = new NumberParser();
    private final ByteBuilder unescaped = new ByteBuilder();
    private byte[] text = {};
    private int start;
    private int at;
    private int end;
    private String errorMessage = "";
    private int errorPosition = -1;
    // What the last string read is: a slice of the text or of `unescaped`.
    private byte[] string = {};
    private int stringOffset;
    private int stringLength;

    /// Reads a whole text; null if it is not JSON.
    public byte @Nullable [] parse(byte[] utf8, int offset, int length) {
        return read(utf8, offset, length) ? builder.toDocument() : null;
    }

    /// True if a whole text is JSON.
    public boolean isValid(byte[] utf8, int offset, int length) {
        return read(utf8, offset, length);
    }

    /// What is wrong with the text read last; empty if nothing is.
    public String errorMessage() {
        return errorMessage;
    }

    /// The byte at which the text read last is wrong, from 0; −1 if it is not.
    public int errorPosition() {
        return errorPosition;
    }

    private boolean read(byte[] utf8, int offset, int length) {
        builder.clear();
        text = utf8;
        start = offset;
        at = offset;
        end = offset + length;
        errorMessage = "";
        errorPosition = -1;
        int invalid = Utf8.invalidAt(utf8, offset, length);
        if (invalid >= 0) {
            at = invalid;
            return fail("Invalid encoding in string.");
        }
        skipSpace();
        if (at == end) {
            return fail("The document is empty.");
        }
        if (!readValue()) {
            return false;
        }
        skipSpace();
        return at == end || fail("The document root must not be followed by other values.");
    }

    private boolean fail(String message) {
        errorMessage = message;
        errorPosition = at - start;
        return false;
    }

    private void skipSpace() {
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private int peek() {
        return at < end ? text[at] : -1;
    }

    private boolean readValue() {
        return switch (peek()) {
            case '{' -> readObject();
            case '[' -> readArray();
            case '"' -> {
                boolean isString = readString();
                if (isString) {
                    builder.add(string, stringOffset, stringLength);
                }
                yield isString;
            }
            case 't' -> readWord("true") && builder.add(true) == builder;
            case 'f' -> readWord("false") && builder.add(false) == builder;
            case 'n' -> readWord("null") && builder.addNull() == builder;
            default -> readNumber();
        };
    }

    private boolean readWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at >= end || text[at] != word.charAt(i)) {
                return fail("Invalid value.");
            }
            at++;
        }
        return true;
    }

    private boolean readObject() {
        at++;
        builder.beginObject();
        skipSpace();
        if (peek() == '}') {
            at++;
            builder.end();
            return true;
        }
        while (true) {
            if (peek() != '"') {
                return fail("Missing a name for object member.");
            }
            if (!readString()) {
                return false;
            }
            builder.key(string, stringOffset, stringLength);
            skipSpace();
            if (peek() != ':') {
                return fail("Missing a colon after a name of object member.");
            }
            at++;
            skipSpace();
            if (!readValue()) {
                return false;
            }
            skipSpace();
            int next = peek();
            if (next != ',' && next != '}') {
                return fail("Missing a comma or '}' after an object member.");
            }
            at++;
            if (next == '}') {
                builder.end();
                return true;
            }
            skipSpace();
        }
    }

    private boolean readArray() {
        at++;
        builder.beginArray();
        skipSpace();
        if (peek() == ']') {
            at++;
            builder.end();
            return true;
        }
        while (true) {
            if (!readValue()) {
                return false;
            }
            skipSpace();
            int next = peek();
            if (next != ',' && next != ']') {
                return fail("Missing a comma or ']' after an array element.");
            }
            at++;
            if (next == ']') {
                builder.end();
                return true;
            }
            skipSpace();
        }
    }

    private boolean readNumber() {
        int from = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else if (!skipDigits()) {
            at = from;
            return fail("Invalid value.");
        }
        boolean isInteger = true;
        if (peek() == '.') {
            at++;
            isInteger = false;
            if (!skipDigits()) {
                return fail("Miss fraction part in number.");
            }
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            isInteger = false;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            if (!skipDigits()) {
                return fail("Miss exponent in number.");
            }
        }
        addNumber(from, isInteger);
        if (numbers.isOutOfRange()) {
            at = from;
            return fail("Number too big to be stored in double.");
        }
        return true;
    }

    private boolean skipDigits() {
        int from = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at > from;
    }

    private void addNumber(int from, boolean isInteger) {
        numbers.parse(text, from, at - from);
        if (isInteger) {
            long value = numbers.prefixLong();
            if (!numbers.isOutOfRange()) {
                builder.add(value);
                return;
            }
            if (!numbers.isNegative()) {
                value = numbers.prefixUnsigned();
                if (!numbers.isOutOfRange()) {
                    builder.addUnsigned(value);
                    return;
                }
            }
        }
        builder.add(numbers.toDouble());
    }

    /// Reads a string, the quotation mark being next, into [#string].
    private boolean readString() {
        at++;
        int from = at;
        while (at < end && text[at] != '"' && text[at] != '\\') {
            if (text[at] >= 0 && text[at] < 0x20) {
                return fail("Invalid encoding in string.");
            }
            at++;
        }
        if (peek() == '"') {
            string = text;
            stringOffset = from;
            stringLength = at - from;
            at++;
            return true;
        }
        unescaped.clear().put(text, from, at - from);
        while (at < end && text[at] != '"') {
            if (text[at] == '\\') {
                if (!readEscape()) {
                    return false;
                }
            } else if (text[at] >= 0 && text[at] < 0x20) {
                return fail("Invalid encoding in string.");
            } else {
                unescaped.put(text[at]);
                at++;
            }
        }
        if (at == end) {
            return fail("Missing a closing quotation mark in string.");
        }
        at++;
        string = unescaped.array();
        stringOffset = 0;
        stringLength = unescaped.length();
        return true;
    }

    private boolean readEscape() {
        at++;
        int c = peek();
        switch (c) {
            case '"', '\\', '/' -> unescaped.put(c);
            case 'b' -> unescaped.put('\b');
            case 'f' -> unescaped.put('\f');
            case 'n' -> unescaped.put('\n');
            case 'r' -> unescaped.put('\r');
            case 't' -> unescaped.put('\t');
            case 'u' -> {
                return readUnicodeEscape();
            }
            default -> {
                return fail("Invalid escape character in string.");
            }
        }
        at++;
        return true;
    }

    private boolean readUnicodeEscape() {
        int high = readHex();
        if (high < 0) {
            return fail("Incorrect hex digit after \\u escape in string.");
        }
        int codePoint = high;
        if (high >= 0xD800 && high < 0xE000) {
            int low = peek() == '\\' && at + 1 < end && text[at + 1] == 'u' ? readSecondHex() : -1;
            if (high >= 0xDC00 || low < 0xDC00 || low >= 0xE000) {
                return fail("The surrogate pair in string is invalid.");
            }
            codePoint = Character.toCodePoint((char) high, (char) low);
        }
        unescaped.putCodePoint(codePoint);
        return true;
    }

    private int readSecondHex() {
        at++;
        return readHex();
    }

    /// Reads the `u` at [#at] and four hexadecimal digits; −1 if they are none.
    private int readHex() {
        at++;
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = at < end ? Character.digit(text[at], 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
            at++;
        }
        return value;
    }
}
