package io.qomo.serve.session;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.type.Charset;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.CompiledExpr;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.Casts;
import io.qomo.query.plan.PlanParts.OutputColumn;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as text in a file, with the separators, quotes and escapes of FIELDS and LINES. Owned by the session's thread.
///
/// Where quote and escape are the same character, only that is escaped, by doubling, and NULL is a bare word. MySQL
/// puts
/// it before newlines, zero bytes and the N of NULL too, which it then takes for the end of the field.
///
/// Source: MySQL 8.0 manual, "SELECT ... INTO Statement" and "LOAD DATA Statement" for the format.
final class OutfileRows implements QueryRunner.RowTarget {
    private static final int FLUSH_BYTES = 1 << 16;

    /// What has a meaning of its own after an escape, and in numbers.
    private static final String ESCAPED_LETTERS = "ntrb0ZN";

    private static final String NUMBER_LETTERS = ".0123456789e+-";

    private final ServerSession session;
    private final OutputFile file;
    private final @Nullable Charset charset;
    private final byte[] fieldEnd;
    private final byte[] lineStart;
    private final byte[] lineEnd;
    private final int quote;
    private final boolean quotesTextOnly;
    private final int escape;
    /// The quote, or the first byte of what ends fields.
    private final int separator;
    private final byte[] fieldEndCharacter;
    private final byte[] lineEndCharacter;
    private final ByteBuilder out = new ByteBuilder(FLUSH_BYTES);
    private boolean isFixedWidth;
    private boolean isAmbiguous;
    private CompiledExpr[] texts = {};
    private SqlType[] types = {};

    /// @param charset of the file, or null for that of each column
    OutfileRows(ServerSession session, OutputFile file, @Nullable Charset charset, FileSeparators separators) {
        this.session = session;
        this.file = file;
        this.charset = charset;
        this.fieldEnd = separators.fieldEnd();
        this.lineStart = separators.lineStart();
        this.lineEnd = separators.lineEnd().length == 0 ? fieldEnd : separators.lineEnd();
        this.quote = separators.quote();
        this.quotesTextOnly = quote < 0 || (separators.quotesTextOnly() && fieldEnd.length > 0);
        this.escape = separators.escape();
        this.isFixedWidth = separators.isFixedWidth();
        this.separator = quote >= 0 ? quote : FileSeparators.first(fieldEnd);
        this.fieldEndCharacter = Arrays.copyOf(fieldEnd, characterLength(fieldEnd, 0, Charset.UTF8MB4));
        this.lineEndCharacter = Arrays.copyOf(lineEnd, characterLength(lineEnd, 0, Charset.UTF8MB4));
    }

    @Override
    public void begin(CachedPlan plan) {
        List<OutputColumn> columns = plan.planned().query().root().props().columns();
        texts = new CompiledExpr[columns.size()];
        types = new SqlType[columns.size()];
        PlanningContext context = new PlanningContext(session);
        for (int i = 0; i < texts.length; i++) {
            OutputColumn c = columns.get(i);
            types[i] = c.type();
            Expr value = new Expr.Column(i, c.type(), c.nullable(), c.name());
            texts[i] = Evaluator.compile(Casts.toText(value, context), context.evalContext());
            isFixedWidth &= !LoadPlan.isLong(types[i]);
        }
        isAmbiguous = isAmbiguous();
        if (isAmbiguous) {
            session.diagnostics().warn(ErrorCode.AMBIGUOUS_FIELD_TERMINATOR);
        }
    }

    /// True if what ends fields cannot be escaped: with the escape before it, it would mean something else.
    private boolean isAmbiguous() {
        boolean anyText = false;
        boolean anyNumber = false;
        for (SqlType type : types) {
            anyText |= isText(type);
            anyNumber |= !isText(type);
        }
        boolean isLetter = quote < 0 && isOneOf(separator, ESCAPED_LETTERS);
        boolean isDigit = quotesTextOnly && isOneOf(FileSeparators.first(fieldEnd), NUMBER_LETTERS);
        return (isLetter && (anyText || isOneOf(separator, NUMBER_LETTERS))) || (isDigit && anyNumber);
    }

    private static boolean isOneOf(int value, String letters) {
        return value >= 0 && letters.indexOf(value) >= 0;
    }

    private static boolean isText(SqlType type) {
        return !type.kind().isNumeric() || type.kind() == TypeKind.BIT;
    }

    @Override
    public boolean rows(Batch batch) {
        Vector[] values = new Vector[texts.length];
        for (int i = 0; i < texts.length; i++) {
            values[i] = texts[i].evaluate(batch);
        }
        for (int row = 0; row < batch.rows(); row++) {
            out.put(lineStart);
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    out.put(fieldEnd);
                }
                field(values[i], row, types[i]);
            }
            out.put(lineEnd);
            if (out.length() >= FLUSH_BYTES) {
                flush();
            }
        }
        flush();
        return true;
    }

    private void flush() {
        file.write(out.array(), out.length());
        out.clear();
    }

    private void field(Vector values, int row, SqlType type) {
        if (isFixedWidth) {
            fixedField(values, row, type);
            return;
        }
        if (values.isNull(row)) {
            if (escape >= 0 && escape != quote) {
                out.put(escape).put('N');
            } else {
                out.putAscii("NULL");
            }
            return;
        }
        boolean isQuoted = quote >= 0 && (isText(type) || !quotesTextOnly);
        if (isQuoted) {
            out.put(quote);
        }
        value(encoded(((BytesVector) values).get(row), type), type, isQuoted);
        if (isQuoted) {
            out.put(quote);
        }
    }

    /// As many bytes as the column is wide, escapes not counted; NULL is spaces.
    private void fixedField(Vector values, int row, SqlType type) {
        int width = LoadPlan.width(type);
        int length = 0;
        if (!values.isNull(row)) {
            byte[] bytes = encoded(((BytesVector) values).get(row), type);
            length = Math.min(bytes.length, width);
            value(Arrays.copyOf(bytes, length), type, false);
        }
        for (int i = length; i < width; i++) {
            out.put(' ');
        }
    }

    private Charset charsetOf(SqlType type) {
        boolean isOfCharacters = type.kind().isString() || type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET;
        if (!isOfCharacters) {
            return type.kind() == TypeKind.BIT ? Charset.BINARY : Charset.UTF8MB4;
        }
        return type.isBinaryString() || charset == null ? type.collation().charset() : charset;
    }

    private byte[] encoded(byte[] utf8, SqlType type) {
        return switch (charsetOf(type)) {
            case BINARY, UTF8MB4, UTF8MB3 -> utf8;
            case LATIN1, ASCII, GBK -> Charsets.encode(utf8, charsetOf(type));
        };
    }

    private void value(byte[] bytes, SqlType type, boolean isQuoted) {
        if (escape < 0 || !(isText(type) || isOneOf(separator, NUMBER_LETTERS))) {
            out.put(bytes);
            return;
        }
        Charset of = charsetOf(type);
        int fieldByte = isQuoted ? quote : FileSeparators.first(fieldEnd);
        int lineByte = FileSeparators.first(lineEnd);
        int length;
        for (int i = 0; i < bytes.length; i += length) {
            length = characterLength(bytes, i, of);
            int b = bytes[i] & 0xFF;
            if (length > 1) {
                // MySQL never escapes these, and cannot read back what it wrote.
                if (!isQuoted && (isAt(fieldEndCharacter, bytes, i) || isAt(lineEndCharacter, bytes, i))) {
                    out.put(escape);
                }
                out.put(bytes, i, length);
            } else if (isQuoted && escape == quote) {
                out.put(b);
                if (b == quote) {
                    out.put(b);
                }
            } else if (b == 0 || b == escape || b == lineByte || (b == fieldByte && (isQuoted || !isAmbiguous))) {
                boolean isDoubled = b == separator && isOneOf(separator, ESCAPED_LETTERS);
                out.put(isDoubled ? separator : escape).put(b == 0 ? '0' : b);
            } else {
                out.put(b);
            }
        }
    }

    private static boolean isAt(byte[] wanted, byte[] bytes, int at) {
        return wanted.length > 0
                && at + wanted.length <= bytes.length
                && Arrays.equals(wanted, 0, wanted.length, bytes, at, at + wanted.length);
    }

    /// The bytes of the character that begins at a place, 1 for what is none.
    private static int characterLength(byte[] bytes, int at, Charset of) {
        int b = at < bytes.length ? bytes[at] & 0xFF : 0;
        int length = switch (of) {
            case BINARY, LATIN1, ASCII -> 1;
            case GBK -> b > 0x80 && b < 0xFF ? 2 : 1;
            case UTF8MB4, UTF8MB3 -> b < 0xC2 ? 1 : b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
        };
        return Math.min(length, bytes.length - at);
    }
}
