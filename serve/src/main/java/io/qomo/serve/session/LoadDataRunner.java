package io.qomo.serve.session;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.CharsetNames;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.SqlType;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.sql.ast.DmlStatement.LoadDataStatement;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.UserVariable;
import io.qomo.store.txn.Savepoint;
import io.qomo.store.txn.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// LOAD DATA INFILE, with and without LOCAL: the file's rows become the parameters of an INSERT that is planned once
/// and run batch by batch in one statement, so conversions, defaults, keys and constraints are those of INSERT. With
/// user variables or SET the rows go one by one, each after its variables are set. A row with fields too few or too
/// many, or NULL where none is allowed, is an error in strict mode unless IGNORE or LOCAL makes it a warning.
final class LoadDataRunner {
    private final ServerSession session;
    private long records;

    LoadDataRunner(ServerSession session) {
        this.session = session;
    }

    void run(StatementRun run, LoadDataStatement statement) {
        if (statement.xml()) {
            throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "LOAD XML");
        }
        if (!statement.partitions().isEmpty()) {
            throw new SqlException(ErrorCode.PARTITION_CLAUSE_ON_NONPARTITIONED);
        }
        LoadPlan plan = LoadPlan.of(session, statement);
        Charset charset = fileCharset(statement);
        FileSeparators separators =
                FileSeparators.of(statement.format(), session.settings().sqlMode());
        int[] widths = separators.isFixedWidth() ? plan.widths() : null;
        LoadInserts inserts = new LoadInserts(session, run, statement, plan);
        try (InputStream in = open(run, statement);
                inserts) {
            FieldReader reader =
                    new FieldReader(in, separators, charset, plan.targets().size(), widths);
            load(statement, plan, reader, inserts, charset);
        } catch (IOException e) {
            throw SqlException.causedBy(
                    e, ErrorCode.FILE_NOT_FOUND, statement.path(), 2, String.valueOf(e.getMessage()));
        }
        session.transactions().endStatement();
        int warnings = session.diagnostics().count();
        String info = "Records: " + records + "  Deleted: 0  Skipped: " + inserts.skipped() + "  Warnings: " + warnings;
        Ok.send(session, run, inserts.affected(), info);
    }

    private InputStream open(StatementRun run, LoadDataStatement statement) throws IOException {
        if (statement.local()) {
            if (!session.server().parts().variables().isOn("local_infile")
                    || !session.client().localInfile()) {
                throw new SqlException(ErrorCode.LOCAL_INFILE_DISABLED);
            }
            return run.sink().localFile(statement.path());
        }
        ServerFiles.requirePrivilege(session);
        Path path = ServerFiles.resolve(session, statement.path());
        if (!Files.isReadable(path)) {
            throw new SqlException(ErrorCode.FILE_NOT_FOUND, statement.path(), 2, "No such file or directory");
        }
        return Files.newInputStream(path);
    }

    private void load(
            LoadDataStatement statement, LoadPlan plan, FieldReader reader, LoadInserts inserts, Charset charset)
            throws IOException {
        Transaction transaction = session.transactions().beginStatement();
        Savepoint before = transaction.savepoint();
        boolean isStrict = session.settings().sqlMode().isStrict() && !plan.ignores();
        try {
            List<byte @Nullable []> fields = new ArrayList<>();
            reader.skipLines(statement.ignoreLines(), fields);
            while (reader.next(fields)) {
                records++;
                SqlException fault = fault(plan, fields, reader.isCut(), isStrict, inserts);
                if (fault != null) {
                    // What is wrong with a row before it comes first.
                    inserts.flush();
                    throw fault;
                }
                addRow(plan, fields, charset, inserts);
            }
            inserts.flush();
        } catch (RuntimeException | IOException e) {
            if (transaction.isActive()) {
                transaction.rollbackTo(before);
            }
            throw e;
        }
    }

    private Charset fileCharset(LoadDataStatement statement) {
        String name = statement.charset();
        return name == null ? Charset.UTF8MB4 : charset(name);
    }

    /// A character set by name. Error UNKNOWN_CHARACTER_SET.
    static Charset charset(String name) {
        for (Charset charset : Charset.values()) {
            if (charset.sqlName().equalsIgnoreCase(name)
                    || (charset == Charset.UTF8MB3 && name.equalsIgnoreCase("utf8"))) {
                return charset;
            }
        }
        throw CharsetNames.unknownCharset(name);
    }

    /// What is wrong with the fields of a row: the first error in strict mode, else null after warnings.
    private @Nullable SqlException fault(
            LoadPlan plan, List<byte @Nullable []> fields, boolean isCut, boolean isStrict, LoadInserts inserts) {
        for (int i = 0; i < plan.targets().size(); i++) {
            if (i < fields.size()) {
                if (fields.get(i) == null && plan.refusesNull(i)) {
                    String name = plan.columns().get(i).name();
                    if (isStrict) {
                        return new SqlException(ErrorCode.WARN_NULL_TO_NOTNULL, name, records);
                    }
                    inserts.warn(records, ErrorCode.WARN_NULL_TO_NOTNULL, name, records);
                }
            } else if (plan.targets().get(i) instanceof ColumnReference) {
                if (isStrict) {
                    return new SqlException(ErrorCode.WARN_TOO_FEW_RECORDS, records);
                }
                inserts.warn(records, ErrorCode.WARN_TOO_FEW_RECORDS, records);
            }
        }
        if (isCut && isStrict) {
            return new SqlException(ErrorCode.WARN_TOO_MANY_RECORDS, records);
        }
        if (isCut) {
            inserts.warn(records, ErrorCode.WARN_TOO_MANY_RECORDS, records);
        }
        return null;
    }

    /// Adds the parameters of a row, or sets its user variables.
    private void addRow(LoadPlan plan, List<byte @Nullable []> fields, Charset charset, LoadInserts inserts) {
        List<Vector> parameters = inserts.row(fields.size());
        for (int i = 0; i < plan.targets().size(); i++) {
            if (inserts.isDefault(i)) {
                continue;
            }
            byte[] field = i < fields.size() ? fields.get(i) : null;
            Vector value = value(plan, i, field, charset);
            if (plan.targets().get(i) instanceof UserVariable variable) {
                session.facts().setUserVariable(variable.name(), value);
            } else {
                parameters.add(value);
            }
        }
    }

    private static Vector value(LoadPlan plan, int i, byte @Nullable [] field, Charset charset) {
        SqlType type = plan.types().get(i);
        if (field != null) {
            return BytesVector.constant(type, type == LoadPlan.BLOB ? field : toUtf8(field, charset));
        }
        return plan.refusesNull(i)
                ? BytesVector.constant(type, plan.implicitText(i).getBytes(StandardCharsets.UTF_8))
                : Vector.constantNull(type);
    }

    private static byte[] toUtf8(byte[] field, Charset charset) {
        if (charset == Charset.UTF8MB4 || charset == Charset.UTF8MB3) {
            return field;
        }
        ByteBuilder out = new ByteBuilder(field.length * 2);
        Charsets.decode(field, 0, field.length, charset, out);
        return out.toBytes();
    }
}
