package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.vector.Vector;
import io.qomo.query.exec.context.RowProgress;
import io.qomo.query.exec.write.WriteResult;
import io.qomo.query.sql.ast.DmlStatement.ColumnAssignment;
import io.qomo.query.sql.ast.DmlStatement.DuplicateHandling;
import io.qomo.query.sql.ast.DmlStatement.InsertStatement;
import io.qomo.query.sql.ast.DmlStatement.LoadDataStatement;
import io.qomo.query.sql.ast.DmlStatement.Priority;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.ColumnReference;
import io.qomo.query.sql.ast.Expression.DefaultValue;
import io.qomo.query.sql.ast.Expression.ParameterMarker;
import io.qomo.query.sql.ast.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The INSERT statements that LOAD DATA writes its rows with, some rows at a time. Rows whose lines lack fields for
/// columns with a default go to statements of their own, which say DEFAULT there. Owned by the session's thread.
final class LoadInserts implements AutoCloseable, RowProgress {
    private static final int BATCH_ROWS = 256;
    /// Plans are kept for so many kinds of statements.
    private static final int MAX_KEPT = 16;

    /// What statements differ in.
    ///
    /// @param fields how many fields the lines have, all of them unless a default is needed
    private record Shape(int fields, int rows) {}

    /// A warning about the fields of a row that has yet to be written.
    private record Late(long row, ErrorCode code, Object[] arguments) {}

    private final ServerSession session;
    private final StatementRun run;
    private final LoadDataStatement statement;
    private final LoadPlan plan;
    private final Map<Shape, PreparedHandle> prepared = new HashMap<>();
    private final List<Vector> parameters = new ArrayList<>();
    private int fields;
    private int rows;
    private final Deque<Late> late = new ArrayDeque<>();
    private long written;
    private long affected;
    private long skipped;

    LoadInserts(ServerSession session, StatementRun run, LoadDataStatement statement, LoadPlan plan) {
        this.session = session;
        this.run = run;
        this.statement = statement;
        this.plan = plan;
        this.fields = plan.targets().size();
    }

    /// Begins a row of a line with so many fields, at most those wanted. Its parameters are added to what is returned:
    /// one per column that is there or has no default.
    List<Vector> row(int given) {
        int shape = given < plan.defaulted() ? given : plan.targets().size();
        if (shape != fields || rows == (plan.isRowWise() ? 1 : BATCH_ROWS)) {
            flush();
            fields = shape;
        }
        rows++;
        return parameters;
    }

    /// Warns of a row that is to be added next, after what is said of earlier rows and of its values.
    void warn(long row, ErrorCode code, Object... arguments) {
        late.add(new Late(row, code, arguments));
    }

    @Override
    public long before() {
        return written;
    }

    @Override
    public void done(long row) {
        for (Late next = late.peek(); next != null && next.row <= row; next = late.peek()) {
            session.diagnostics().warn(next.code, next.arguments);
            late.remove();
        }
    }

    /// True if the row's column stands in the statement as DEFAULT.
    boolean isDefault(int field) {
        return field >= fields && plan.hasDefault(field);
    }

    /// Writes the rows begun since the last time.
    void flush() {
        if (rows == 0) {
            return;
        }
        PreparedHandle handle = handle(new Shape(fields, rows));
        StatementRun part = new StatementRun(
                handle.statement(),
                run.sql(),
                run.start(),
                run.end(),
                List.copyOf(parameters),
                handle.slot(),
                StatementRunner.NOWHERE,
                false);
        parameters.clear();
        WriteResult result = new QueryRunner(session).executeWrite(part, this);
        written += rows;
        rows = 0;
        affected += result.affectedRows();
        skipped += result.records() - Math.min(result.records(), result.affectedRows());
        long id = result.firstGeneratedId();
        if (id != 0) {
            session.facts().setLastInsertId(id);
        }
    }

    private PreparedHandle handle(Shape shape) {
        PreparedHandle known = prepared.get(shape);
        if (known != null) {
            return known;
        }
        if (prepared.size() == MAX_KEPT) {
            close();
        }
        PreparedHandle made = prepare(shape);
        prepared.put(shape, made);
        return made;
    }

    private PreparedHandle prepare(Shape shape) {
        List<ColumnReference> columns = new ArrayList<>();
        for (Expression target : plan.targets()) {
            if (target instanceof ColumnReference column) {
                columns.add(column);
            }
        }
        for (ColumnAssignment assignment : statement.assignments()) {
            columns.add(assignment.column());
        }
        List<List<Expression>> values = new ArrayList<>();
        int next = 0;
        for (int r = 0; r < shape.rows(); r++) {
            List<Expression> row = new ArrayList<>();
            for (int i = 0; i < plan.targets().size(); i++) {
                if (isDefault(i)) {
                    row.add(new DefaultValue(Span.NONE));
                } else if (plan.targets().get(i) instanceof ColumnReference) {
                    row.add(new ParameterMarker(Span.NONE, next));
                    next++;
                }
            }
            for (ColumnAssignment assignment : statement.assignments()) {
                row.add(assignment.value());
            }
            values.add(row);
        }
        InsertStatement insert = new InsertStatement(
                statement.duplicates() == DuplicateHandling.REPLACE,
                Priority.DEFAULT,
                plan.ignores(),
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

    /// Rows inserted, and those in whose place they came.
    long affected() {
        return affected;
    }

    /// Rows left out.
    long skipped() {
        return skipped;
    }

    @Override
    public void close() {
        prepared.values().forEach(PreparedHandle::close);
        prepared.clear();
    }
}
