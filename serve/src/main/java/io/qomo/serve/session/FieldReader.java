package io.qomo.serve.session;

import io.qomo.query.sql.ast.QueryExpression.FileFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts the text of a LOAD DATA file into rows of fields.
///
/// Source: MySQL manual, "LOAD DATA Statement", field and line handling. A field that is `\N`, or `NULL` unenclosed
/// when
/// fields may be enclosed, is SQL NULL. Owned by one thread.
final class FieldReader {
    private static final byte[] EMPTY = {};

    private final InputStream in;
    private final byte[] fieldEnd;
    private final byte[] lineEnd;
    private final byte[] lineStart;
    private final int enclosed;
    private final int escape;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream(256);

    FieldReader(InputStream in, FileFormat format) {
        this.in = in;
        this.fieldEnd = bytes(format.fieldsTerminatedBy(), "\t");
        this.lineEnd = bytes(format.linesTerminatedBy(), "\n");
        this.lineStart = bytes(format.linesStartingBy(), "");
        this.enclosed = first(format.enclosedBy(), -1);
        this.escape = format.escapedBy() == null ? '\\' : first(format.escapedBy(), -1);
    }

    private static byte[] bytes(@Nullable String text, String otherwise) {
        return (text == null ? otherwise : text).getBytes(StandardCharsets.UTF_8);
    }

    private static int first(@Nullable String text, int otherwise) {
        return text == null || text.isEmpty() ? otherwise : text.getBytes(StandardCharsets.UTF_8)[0] & 255;
    }

    /// Skips whole lines.
    void skipLines(long count) throws IOException {
        for (long i = 0; i < count && peek() >= 0; i++) {
            while (peek() >= 0 && !take(lineEnd)) {
                at++;
            }
        }
    }

    /// Reads the fields of the next line into `fields` (cleared first; null is SQL NULL); false at the end.
    boolean next(List<byte @Nullable []> fields) throws IOException {
        fields.clear();
        if (!findStart()) {
            return false;
        }
        while (true) {
            boolean more = readField(fields);
            if (!more) {
                return true;
            }
        }
    }

    private boolean findStart() throws IOException {
        if (lineStart.length == 0) {
            return peek() >= 0;
        }
        while (peek() >= 0) {
            if (take(lineStart)) {
                return true;
            }
            at++;
        }
        return false;
    }

    /// Reads one field; true if another follows on the line.
    private boolean readField(List<byte @Nullable []> fields) throws IOException {
        field.reset();
        boolean isEnclosed = enclosed >= 0 && peek() == enclosed;
        if (isEnclosed) {
            at++;
        }
        boolean isNull = false;
        boolean closed = !isEnclosed;
        while (true) {
            int c = peek();
            if (c < 0) {
                fields.add(value(isNull, isEnclosed));
                return false;
            }
            if (closed && fieldEnd.length > 0 && take(fieldEnd)) {
                fields.add(value(isNull, isEnclosed));
                return true;
            }
            if (closed && take(lineEnd)) {
                fields.add(value(isNull, isEnclosed));
                return false;
            }
            at++;
            if (c == escape) {
                isNull |= escaped(isEnclosed);
            } else if (isEnclosed && !closed && c == enclosed) {
                if (peek() == enclosed) {
                    field.write(enclosed);
                    at++;
                } else {
                    closed = true;
                }
            } else {
                field.write(c);
            }
        }
    }

    /// Handles what follows an escape character; true if it was `\N` alone in a field.
    private boolean escaped(boolean isEnclosed) throws IOException {
        int c = peek();
        if (c < 0) {
            field.write(escape);
            return false;
        }
        at++;
        if (c == 'N' && field.size() == 0 && !isEnclosed) {
            return true;
        }
        field.write(
                switch (c) {
                    case '0' -> 0;
                    case 'b' -> '\b';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'Z' -> 26;
                    default -> c;
                });
        return false;
    }

    private byte @Nullable [] value(boolean isNull, boolean isEnclosed) {
        if (isNull && field.size() == 0) {
            return null;
        }
        if (field.size() == 0) {
            return EMPTY;
        }
        byte[] bytes = field.toByteArray();
        boolean isWord = !isEnclosed && enclosed >= 0 && bytes.length == 4;
        return isWord && new String(bytes, StandardCharsets.US_ASCII).equals("NULL") ? null : bytes;
    }

    private int peek() throws IOException {
        return at < limit || fill(1) ? buffer[at] & 255 : -1;
    }

    /// Passes over `wanted` if it stands here.
    private boolean take(byte[] wanted) throws IOException {
        if (wanted.length == 0 || (limit - at < wanted.length && !fill(wanted.length))) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (buffer[at + i] != wanted[i]) {
                return false;
            }
        }
        at += wanted.length;
        return true;
    }

    /// Makes sure that `count` bytes are there.
    private boolean fill(int count) throws IOException {
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        limit -= at;
        at = 0;
        while (limit < count) {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                return false;
            }
            limit += read;
        }
        return true;
    }
}
