package io.qomo.serve.session;

import io.qomo.base.bytes.ByteBuilder;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.type.CharsetNames;
import io.qomo.base.type.Charsets;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.base.type.TypeKind;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.catalog.ColumnDef;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.write.WriteResult;
import io.qomo.query.sql.ast.DmlStatement.ColumnAssignment;
import io.qomo.query.sql.ast.DmlStatement.DuplicateHandling;
import io.qomo.query.sql.ast.DmlStatement.InsertStatement;
import io.qomo.query.sql.ast.DmlStatement.LoadDataStatement;
import io.qomo.query.sql.ast.DmlStatement.Priority;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.ParameterMarker;
import io.qomo.query.sql.ast.Expression.UserVariable;
import io.qomo.query.sql.ast.Span;
import io.qomo.store.txn.Savepoint;
import io.qomo.store.txn.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// LOAD DATA INFILE, with and without LOCAL: the file's rows become the parameters of an INSERT that is planned once
/// and
/// run batch by batch in one statement, so conversions, defaults, keys and constraints are those of INSERT. With user
/// variables or SET the rows go one by one, each after its variables are set.
final class LoadDataRunner {
    private static final int BATCH_ROWS = 256;
    private static final SqlType TEXT = SqlType.string(TypeKind.LONGTEXT, -1, Collation.UTF8MB4_0900_AI_CI);
    private static final SqlType BLOB = SqlType.string(TypeKind.LONGBLOB, -1, Collation.BINARY);

    private final ServerSession session;
    private long records;
    private long affected;
    private long skipped;

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
        Plan plan = plan(statement);
        try (InputStream in = open(run, statement)) {
            load(run, statement, plan, new FieldReader(in, statement.format()));
        } catch (IOException e) {
            throw SqlException.causedBy(
                    e, ErrorCode.FILE_NOT_FOUND, statement.path(), 2, String.valueOf(e.getMessage()));
        }
        session.transactions().endStatement();
        int warnings = session.diagnostics().count();
        String info = "Records: " + records + "  Deleted: 0  Skipped: " + skipped + "  Warnings: " + warnings;
        Ok.send(session, run, affected, info);
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

    /// Where each field goes.
    ///
    /// @param targets per field a column or a user variable
    /// @param types per field the type its parameter has
    /// @param rowWise whether rows go one by one
    private record Plan(TableDef table, List<Expression> targets, List<SqlType> types, boolean rowWise) {}

    private Plan plan(LoadDataStatement statement) {
        String schema = statement.table().schema();
        String database = schema != null ? schema : session.database();
        if (database == null) {
            throw new SqlException(ErrorCode.NO_DATABASE_SELECTED);
        }
        TableDef table = session.catalog()
                .table(database, statement.table().name())
                .orElseThrow(() -> new SqlException(
                        ErrorCode.NO_SUCH_TABLE, database, statement.table().name()));
        List<Expression> targets = new ArrayList<>(statement.targets());
        if (targets.isEmpty()) {
            for (ColumnDef column : table.columns()) {
                if (column.visibility() == ColumnDef.Visibility.VISIBLE && !column.isGenerated()) {
                    targets.add(new ColumnReference(Span.NONE, null, null, column.name()));
                }
            }
        }
        List<SqlType> types = new ArrayList<>();
        for (Expression target : targets) {
            types.add(typeFor(table, target, statement));
        }
        boolean rowWise =
                !statement.assignments().isEmpty() || targets.stream().anyMatch(UserVariable.class::isInstance);
        return new Plan(table, targets, types, rowWise);
    }

    private static SqlType typeFor(TableDef table, Expression target, LoadDataStatement statement) {
        if (statement.charset() != null && statement.charset().equalsIgnoreCase("binary")) {
            return BLOB;
        }
        if (target instanceof ColumnReference column) {
            int ordinal = table.ordinalOf(column.column());
            if (ordinal < 0) {
                throw new SqlException(ErrorCode.BAD_FIELD, column.column(), "field list");
            }
            return table.columns().get(ordinal).type().isBinaryString() ? BLOB : TEXT;
        }
        return TEXT;
    }

    private void load(StatementRun run, LoadDataStatement statement, Plan plan, FieldReader reader) throws IOException {
        Transaction transaction = session.transactions().beginStatement();
        Savepoint before = transaction.savepoint();
        int batchRows = plan.rowWise() ? 1 : BATCH_ROWS;
        Charset charset = fileCharset(statement);
        try (PreparedHandle full = prepare(statement, plan, batchRows)) {
            reader.skipLines(statement.ignoreLines());
            List<byte @Nullable []> fields = new ArrayList<>();
            List<Vector> parameters = new ArrayList<>();
            int rows = 0;
            while (reader.next(fields)) {
                records++;
                addRow(plan, fields, charset, parameters);
                rows++;
                if (rows == batchRows) {
                    write(run, full, parameters);
                    parameters.clear();
                    rows = 0;
                }
            }
            if (rows > 0) {
                try (PreparedHandle rest = prepare(statement, plan, rows)) {
                    write(run, rest, parameters);
                }
            }
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

    private PreparedHandle prepare(LoadDataStatement statement, Plan plan, int rows) {
        List<ColumnReference> columns = new ArrayList<>();
        for (Expression target : plan.targets()) {
            if (target instanceof ColumnReference column) {
                columns.add(column);
            }
        }
        int fieldColumns = columns.size();
        for (ColumnAssignment assignment : statement.assignments()) {
            columns.add(assignment.column());
        }
        List<List<Expression>> values = new ArrayList<>();
        int next = 0;
        for (int row = 0; row < rows; row++) {
            List<Expression> row0 = new ArrayList<>();
            for (int i = 0; i < fieldColumns; i++) {
                row0.add(new ParameterMarker(Span.NONE, next));
                next++;
            }
            for (ColumnAssignment assignment : statement.assignments()) {
                row0.add(assignment.value());
            }
            values.add(row0);
        }
        // Over the network a duplicate cannot stop the client, so LOCAL skips it as IGNORE does.
        boolean ignore = statement.duplicates() == DuplicateHandling.IGNORE
                || (statement.local() && statement.duplicates() == DuplicateHandling.ERROR);
        InsertStatement insert = new InsertStatement(
                statement.duplicates() == DuplicateHandling.REPLACE,
                Priority.DEFAULT,
                ignore,
                null,
                statement.table(),
                List.of(),
                columns,
                values,
                null,
                null,
                List.of(),
                List.of());
        return new PreparedHandle(session, insert, "", next, List.of());
    }

    /// Adds the parameters of a row, or sets its user variables.
    private void addRow(Plan plan, List<byte @Nullable []> fields, Charset charset, List<Vector> parameters) {
        int wanted = plan.targets().size();
        if (fields.size() > wanted) {
            session.diagnostics().warn(ErrorCode.WARN_TOO_MANY_RECORDS, records);
        } else if (fields.size() < wanted) {
            session.diagnostics().warn(ErrorCode.WARN_TOO_FEW_RECORDS, records);
        }
        for (int i = 0; i < wanted; i++) {
            byte[] field = i < fields.size() ? fields.get(i) : null;
            SqlType type = plan.types().get(i);
            Vector value = field == null
                    ? Vector.constantNull(type)
                    : BytesVector.constant(type, type == BLOB ? field : toUtf8(field, charset));
            if (plan.targets().get(i) instanceof UserVariable variable) {
                session.facts().setUserVariable(variable.name(), value);
            } else {
                parameters.add(value);
            }
        }
    }

    private static byte[] toUtf8(byte[] field, Charset charset) {
        if (charset == Charset.UTF8MB4 || charset == Charset.UTF8MB3) {
            return field;
        }
        ByteBuilder out = new ByteBuilder(field.length * 2);
        Charsets.decode(field, 0, field.length, charset, out);
        return java.util.Arrays.copyOf(out.array(), out.length());
    }

    private void write(StatementRun run, PreparedHandle handle, List<Vector> parameters) {
        StatementRun part = new StatementRun(
                handle.statement(),
                run.sql(),
                run.start(),
                run.end(),
                List.copyOf(parameters),
                handle.slot(),
                StatementRunner.NOWHERE,
                false);
        WriteResult result = new QueryRunner(session).executeWrite(part);
        affected += result.affectedRows();
        skipped += result.records() - Math.min(result.records(), result.affectedRows());
        long id = result.firstGeneratedId();
        if (id != 0) {
            session.facts().setLastInsertId(id);
        }
    }
}
