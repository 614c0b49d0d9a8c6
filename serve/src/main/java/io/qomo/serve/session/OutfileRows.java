package io.qomo.serve.session;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
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
import io.qomo.query.sql.ast.QueryExpression.FileFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as text in a file, with the separators, quotes and escapes of FIELDS and LINES. Owned by the session's thread.
///
/// Source: MySQL 8.0 manual, "SELECT ... INTO Statement" and "LOAD DATA Statement" for the format.
final class OutfileRows implements QueryRunner.RowTarget {
    private static final int FLUSH_BYTES = 1 << 16;

    private final ServerSession session;
    private final OutputFile file;
    private final @Nullable Charset charset;
    private final byte[] fieldEnd;
    private final byte[] lineStart;
    private final byte[] lineEnd;
    private final int quote;
    private final boolean quotesTextOnly;
    private final int escape;
    private final ByteBuilder out = new ByteBuilder(FLUSH_BYTES);
    private CompiledExpr[] texts = {};
    private SqlType[] types = {};

    /// @param charset of the file, or null for that of each column. Error NOT_SUPPORTED_YET for fixed-size rows.
    OutfileRows(ServerSession session, OutputFile file, @Nullable Charset charset, FileFormat format) {
        this.session = session;
        this.file = file;
        this.charset = charset;
        this.fieldEnd = bytes(format.fieldsTerminatedBy(), "\t");
        this.lineStart = bytes(format.linesStartingBy(), "");
        this.lineEnd = bytes(format.linesTerminatedBy(), "\n");
        this.quote = single(format.enclosedBy(), -1);
        this.quotesTextOnly = format.optionallyEnclosed();
        this.escape = single(format.escapedBy(), '\\');
        if (fieldEnd.length == 0 && quote < 0) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "INTO OUTFILE with rows of fixed size");
        }
    }

    private static byte[] bytes(@Nullable String text, String otherwise) {
        return (text == null ? otherwise : text).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /// Error WRONG_FIELD_TERMINATORS for more than one character.
    private static int single(@Nullable String text, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (text.length() > 1) {
            throw new SqlException(ErrorCode.WRONG_FIELD_TERMINATORS);
        }
        return text.isEmpty() ? -1 : text.charAt(0) & 0xFF;
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
        }
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
        if (values.isNull(row)) {
            if (escape >= 0) {
                out.put(escape).put('N');
            } else {
                out.putAscii("NULL");
            }
            return;
        }
        boolean isText = !type.kind().isNumeric() || type.kind() == TypeKind.BIT;
        boolean isQuoted = quote >= 0 && (isText || !quotesTextOnly);
        if (isQuoted) {
            out.put(quote);
        }
        byte[] bytes = ((BytesVector) values).get(row);
        if (type.kind().isString() || type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET) {
            Charset to = charset != null ? charset : type.collation().charset();
            if (!type.isBinaryString() && to != Charset.UTF8MB4 && to != Charset.UTF8MB3 && to != Charset.BINARY) {
                bytes = Charsets.encode(bytes, to);
            }
        }
        if (escape >= 0 && (isText || isUnsafeSeparator())) {
            escaped(bytes);
        } else {
            out.put(bytes);
        }
        if (isQuoted) {
            out.put(quote);
        }
    }

    /// True if a number may hold what separates fields.
    private boolean isUnsafeSeparator() {
        int first = quote >= 0 ? quote : first(fieldEnd);
        return first >= 0 && "0123456789-+.eE".indexOf(first) >= 0;
    }

    private static int first(byte[] bytes) {
        return bytes.length == 0 ? -1 : bytes[0] & 0xFF;
    }

    private void escaped(byte[] bytes) {
        int separator = quote >= 0 ? quote : first(fieldEnd);
        int line = first(lineEnd);
        for (byte value : bytes) {
            int b = value & 0xFF;
            if (b == escape || b == separator || b == line || b == 0) {
                out.put(escape).put(b == 0 ? '0' : b);
            } else {
                out.put(b);
            }
        }
    }
}
