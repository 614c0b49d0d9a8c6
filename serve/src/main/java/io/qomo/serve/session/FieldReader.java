package io.qomo.serve.session;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.type.Charset;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts the text of a LOAD DATA file into rows of fields. Owned by one thread.
///
/// - A field that begins with the quote ends at a quote that a separator follows; a doubled quote is one.
/// - Where quote and escape are the same character, only the doubled one is an escape.
/// - A field that is the escape and `N` is SQL NULL; so is the bare word `NULL` where fields may be enclosed, or
///   nothing is escaped.
/// - Where nothing ends lines, or the same as fields, a line is as many fields as are wanted.
///
/// Source: MySQL manual, "LOAD DATA Statement", field and line handling.
final class FieldReader {
    private static final byte[] EMPTY = {};
    private static final byte[] NULL = {'N', 'U', 'L', 'L'};

    private final InputStream in;
    private final byte[] fieldEnd;
    private final byte[] lineEnd;
    private final byte[] lineStart;
    private final int quote;
    private final int escape;
    private final boolean isTwoByte;
    private final int wanted;
    private final int @Nullable [] widths;
    /// What ends a run of plain bytes outside and inside quotes.
    private final boolean[] stops = new boolean[256];
    private final boolean[] quotedStops = new boolean[256];
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private boolean isLineOver;
    private boolean isCut;
    private boolean sawN;
    private final ByteBuilder field = new ByteBuilder(256);

    /// @param wanted fields of a row, above 0
    /// @param widths of the fields in bytes where nothing separates them, else null
    FieldReader(InputStream in, FileSeparators separators, Charset charset, int wanted, int @Nullable [] widths) {
        this.in = in;
        this.fieldEnd = separators.fieldEnd();
        this.lineEnd = Arrays.equals(separators.lineEnd(), fieldEnd) ? EMPTY : separators.lineEnd();
        this.lineStart = separators.lineStart();
        this.quote = separators.quote();
        this.escape = separators.escape();
        this.isTwoByte = charset == Charset.GBK;
        this.wanted = wanted;
        this.widths = widths;
        stopAt(stops, escape);
        stopAt(stops, FileSeparators.first(lineEnd));
        stopAt(stops, FileSeparators.first(fieldEnd));
        stopAt(quotedStops, escape);
        stopAt(quotedStops, quote);
        for (int lead = 0x81; isTwoByte && lead < 0xFF; lead++) {
            stopAt(stops, lead);
            stopAt(quotedStops, lead);
        }
    }

    private static void stopAt(boolean[] stops, int value) {
        if (value >= 0) {
            stops[value] = true;
        }
    }

    /// Skips whole lines.
    void skipLines(long count, List<byte @Nullable []> fields) throws IOException {
        for (long i = 0; i < count && peek() >= 0; i++) {
            if (lineEnd.length == 0) {
                next(fields);
            } else {
                skipLine();
            }
        }
        fields.clear();
    }

    /// Reads at most the wanted fields of the next line into `fields` (cleared first; null is SQL NULL); false at the
    /// end.
    boolean next(List<byte @Nullable []> fields) throws IOException {
        fields.clear();
        isCut = false;
        isLineOver = false;
        if (!findStart()) {
            return false;
        }
        if (widths != null) {
            readFixed(fields, widths);
        }
        while (widths == null && fields.size() < wanted && !isLineOver && peek() >= 0) {
            boolean isQuoted = quote >= 0 && (buffer[at] & 255) == quote;
            fields.add(isQuoted ? readQuoted() : readPlain());
        }
        if (!isLineOver && lineEnd.length > 0) {
            isCut = skipLine();
        }
        return !fields.isEmpty() || peek() >= 0;
    }

    /// True if the line that was read last has more than the wanted fields.
    boolean isCut() {
        return isCut;
    }

    private boolean findStart() throws IOException {
        while (peek() >= 0) {
            if (lineStart.length == 0 || take(lineStart)) {
                return true;
            }
            at++;
        }
        return false;
    }

    /// Passes the end of the line; true if something was before it. Quotes mean nothing here, as in MySQL.
    private boolean skipLine() throws IOException {
        boolean isAny = false;
        for (int c = peek(); c >= 0; c = peek()) {
            if (c != escape && take(lineEnd)) {
                return isAny;
            }
            at++;
            isAny = true;
            boolean isPair = c == escape || isLead(c);
            if (isPair && peek() >= 0) {
                at++;
            }
        }
        return isAny;
    }

    private byte @Nullable [] readPlain() throws IOException {
        field.clear();
        sawN = false;
        while (true) {
            int start = at;
            int end = run(stops);
            if (end < limit && field.length() == 0 && limit - end >= lineEnd.length && limit - end >= fieldEnd.length) {
                // Nothing moves in the buffer when a separator is looked for: the common case needs one copy.
                at = end;
                if ((buffer[end] & 255) != escape && isEnd()) {
                    return end == start ? EMPTY : plain(Arrays.copyOfRange(buffer, start, end));
                }
            }
            field.put(buffer, start, end - start);
            at = end;
            int c = peek();
            if (c < 0) {
                isLineOver = true;
                return plain(field.toBytes());
            }
            if (c == escape) {
                at++;
                unescape();
            } else if (isEnd()) {
                return plain(field.toBytes());
            } else {
                putCharacter();
            }
        }
    }

    /// The end of the bytes from here on that mean themselves.
    private int run(boolean[] stops) {
        byte[] bytes = buffer;
        int i = at;
        while (i < limit && !stops[bytes[i] & 255]) {
            i++;
        }
        return i;
    }

    private boolean isEnd() throws IOException {
        if (take(lineEnd)) {
            isLineOver = true;
            return true;
        }
        return take(fieldEnd);
    }

    private byte @Nullable [] plain(byte[] bytes) {
        boolean isWord = bytes.length == 4 && (quote >= 0 || escape < 0) && Arrays.equals(bytes, NULL);
        return isWord || (sawN && bytes.length == 1) ? null : bytes;
    }

    private byte @Nullable [] readQuoted() throws IOException {
        field.clear();
        sawN = false;
        at++;
        while (true) {
            int start = at;
            at = run(quotedStops);
            field.put(buffer, start, at - start);
            int c = peek();
            if (c < 0) {
                // Never closed: the quote was a character.
                isLineOver = true;
                byte[] bytes = new byte[field.length() + 1];
                bytes[0] = (byte) quote;
                System.arraycopy(field.array(), 0, bytes, 1, field.length());
                return bytes;
            }
            if (c == quote) {
                at++;
                if (peek() == quote) {
                    at++;
                } else if (peek() < 0 || isEnd()) {
                    isLineOver |= peek() < 0;
                    return sawN && field.length() == 1 ? null : field.toBytes();
                }
                field.put(quote);
            } else if (c == escape) {
                at++;
                unescape();
            } else {
                putCharacter();
            }
        }
    }

    /// Handles what follows an escape.
    private void unescape() throws IOException {
        int c = peek();
        if (c < 0 || (escape == quote && c != escape)) {
            field.put(escape);
            return;
        }
        if (c >= 0x80) {
            putCharacter();
            return;
        }
        at++;
        sawN |= c == 'N';
        field.put(
                switch (c) {
                    case '0' -> 0;
                    case 'b' -> '\b';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    case 't' -> '\t';
                    case 'Z' -> 26;
                    default -> c;
                });
    }

    /// Takes over what stands here, with its second byte where the character set knows only that as a character.
    private void putCharacter() throws IOException {
        int c = peek();
        field.put(c);
        at++;
        if (isLead(c) && peek() >= 0x40) {
            field.put(buffer[at]);
            at++;
        }
    }

    private boolean isLead(int c) {
        return isTwoByte && c > 0x80 && c < 0xFF;
    }

    /// Reads fields that have as many bytes as their columns are wide, or what the line has.
    private void readFixed(List<byte @Nullable []> fields, int[] widths) throws IOException {
        for (int width : widths) {
            field.clear();
            while (field.length() < width && !isLineOver) {
                int c = peek();
                if (c < 0 || (c != escape && take(lineEnd))) {
                    isLineOver = true;
                } else if (c == escape) {
                    at++;
                    unescape();
                } else {
                    putCharacter();
                }
            }
            if (field.length() == 0 && isLineOver) {
                return;
            }
            fields.add(field.toBytes());
        }
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
