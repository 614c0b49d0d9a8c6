package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.base.vector.Batch;
import io.qomo.base.vector.BytesVector;
import io.qomo.base.vector.Vector;
import io.qomo.query.eval.Evaluator;
import io.qomo.query.expr.Expr;
import io.qomo.query.function.Casts;
import io.qomo.query.sql.ast.DmlStatement.SelectStatement;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryExpression.IntoClause;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// SELECT … INTO variables or a file.
final class SelectInto {
    private final ServerSession session;

    SelectInto(ServerSession session) {
        this.session = session;
    }

    void variables(StatementRun run, SelectStatement statement, IntoClause.IntoVariables into) {
        List<String> names = new ArrayList<>();
        for (Expression target : into.targets()) {
            if (!(target instanceof Expression.UserVariable variable)) {
                throw new SqlException(
                        ErrorCode.UNDECLARED_VARIABLE, target.span().of(run.sql()));
            }
            names.add(variable.name());
        }
        OneRow row = new OneRow(names.size());
        try {
            new QueryRunner(session).query(run, statement, row);
        } catch (SqlException e) {
            if (e.code() == ErrorCode.TOO_MANY_ROWS) {
                assign(names, row);
            }
            throw e;
        }
        if (row.values.isEmpty()) {
            session.diagnostics().warn(ErrorCode.NO_DATA);
        }
        assign(names, row);
        Ok.send(session, run, row.values.isEmpty() ? 0 : 1, null);
    }

    private void assign(List<String> names, OneRow row) {
        for (int i = 0; i < row.values.size(); i++) {
            session.facts().setUserVariable(names.get(i), row.values.get(i));
        }
    }

    /// Keeps the first row; error TOO_MANY_ROWS at the second.
    private static final class OneRow implements QueryRunner.RowTarget {
        private final int width;
        private final List<Vector> values = new ArrayList<>();

        /// @param width the number of columns there must be, -1 for any
        OneRow(int width) {
            this.width = width;
        }

        @Override
        public void begin(CachedPlan plan) {
            if (width >= 0 && plan.planned().query().fields().size() != width) {
                throw new SqlException(ErrorCode.WRONG_NUMBER_OF_COLUMNS_IN_SELECT);
            }
        }

        @Override
        public boolean rows(Batch batch) {
            if (batch.rows() == 0) {
                return true;
            }
            boolean isFirst = values.isEmpty();
            for (int i = 0; isFirst && i < batch.width(); i++) {
                values.add(Batches.constant(batch.column(i), 0));
            }
            if (!isFirst || batch.rows() > 1) {
                throw new SqlException(ErrorCode.TOO_MANY_ROWS);
            }
            return true;
        }
    }

    void outfile(StatementRun run, SelectStatement statement, IntoClause.IntoOutfile into) {
        Charset charset = into.charset() == null || into.charset().equalsIgnoreCase("binary")
                ? null
                : LoadDataRunner.charset(into.charset());
        FileSeparators separators =
                FileSeparators.of(into.format(), session.settings().sqlMode());
        try (OutputFile file = create(into.path())) {
            OutfileRows rows = new OutfileRows(session, file, charset, separators);
            long count = new QueryRunner(session).query(run, statement, rows).sent();
            file.finish();
            Ok.send(session, run, count, null);
        }
    }

    private OutputFile create(String name) {
        ServerFiles.requirePrivilege(session);
        Path path = ServerFiles.resolve(session, name);
        String allowed = session.variables().value("secure_file_priv").text();
        Path root = allowed.isEmpty() ? path : Path.of(allowed).toAbsolutePath().normalize();
        return OutputFile.create(path, name, root);
    }

    void dumpfile(StatementRun run, SelectStatement statement, IntoClause.IntoDumpfile into) {
        try (OutputFile file = create(into.path())) {
            OneRow row = new OneRow(-1);
            new QueryRunner(session).query(run, statement, row);
            PlanningContext context = new PlanningContext(session);
            for (Vector value : row.values) {
                if (!value.isNull(0)) {
                    Expr text = Casts.toText(new Expr.Constant(value), context);
                    byte[] bytes = ((BytesVector) Evaluator.evaluateConstant(text, context.evalContext())).get(0);
                    file.write(bytes, bytes.length);
                }
            }
            file.finish();
            Ok.send(session, run, row.values.isEmpty() ? 0 : 1, null);
        }
    }
}
