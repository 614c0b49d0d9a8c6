package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.AccountStatement;
import io.qomo.query.sql.ast.AdminStatement;
import io.qomo.query.sql.ast.DdlStatement;
import io.qomo.query.sql.ast.DmlStatement;
import io.qomo.query.sql.ast.RoutineStatement;
import io.qomo.query.sql.ast.SetStatement;
import io.qomo.query.sql.ast.ShowStatement;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.TransactionStatement;
import io.qomo.query.sql.ast.UtilityStatement;

/// Which statements can be prepared, with PREPARE and by the binary protocol alike. Drivers that are
/// refused send the statement as text.
///
/// Source: MySQL 8.0 manual, "Prepared Statements" (SQL Syntax Permitted in Prepared Statements);
/// ROLLBACK and statements about default roles are missing there and accepted by the server.
final class Preparable {
    private Preparable() {}

    /// Error 1295 of a statement that cannot be prepared.
    static void check(Statement statement) {
        boolean accepted = switch (statement) {
            case DmlStatement s -> !(s instanceof DmlStatement.LoadDataStatement) && !isHandler(s);
            case DdlStatement s -> isPreparable(s);
            case SetStatement _ -> true;
            case ShowStatement s -> !(s instanceof ShowStatement.Show show) || !isDiagnostic(show.kind());
            case TransactionStatement s -> isPreparable(s);
            case UtilityStatement s -> isPreparable(s);
            case AccountStatement s ->
                !(s instanceof AccountStatement.CreateRole) && !(s instanceof AccountStatement.DropRole);
            case AdminStatement _ -> true;
            case RoutineStatement _ -> false;
        };
        if (!accepted) {
            throw new SqlException(ErrorCode.UNSUPPORTED_PREPARED_STATEMENT);
        }
    }

    private static boolean isHandler(DmlStatement statement) {
        return statement instanceof DmlStatement.HandlerStatement
                || statement instanceof DmlStatement.ImportTableStatement;
    }

    private static boolean isPreparable(DdlStatement statement) {
        return switch (statement) {
            case DdlStatement.CreateView s -> !s.alter();
            case DdlStatement.AlterDatabase _ -> false;
            default -> true;
        };
    }

    /// SHOW WARNINGS and its kin tell of the statement before, which would be the preparing.
    private static boolean isDiagnostic(ShowStatement.Kind kind) {
        return switch (kind) {
            case WARNINGS, ERRORS, COUNT_WARNINGS, COUNT_ERRORS -> true;
            default -> false;
        };
    }

    private static boolean isPreparable(TransactionStatement statement) {
        return switch (statement) {
            case TransactionStatement.Commit _,
                    TransactionStatement.Rollback _,
                    TransactionStatement.SetTransaction _ -> true;
            case TransactionStatement.StartTransaction _,
                    TransactionStatement.Savepoint _,
                    TransactionStatement.RollbackToSavepoint _,
                    TransactionStatement.ReleaseSavepoint _,
                    TransactionStatement.LockTables _,
                    TransactionStatement.UnlockTables _,
                    TransactionStatement.LockInstance _,
                    TransactionStatement.XaStatement _,
                    TransactionStatement.XaRecover _ -> false;
        };
    }

    private static boolean isPreparable(UtilityStatement statement) {
        return switch (statement) {
            case UtilityStatement.Explain _,
                    UtilityStatement.Kill _,
                    UtilityStatement.Flush _,
                    UtilityStatement.FlushTables _,
                    UtilityStatement.Histogram _ -> true;
            case UtilityStatement.TableMaintenance s ->
                s.operation() != UtilityStatement.TableMaintenance.Operation.CHECK;
            case UtilityStatement.Use _,
                    UtilityStatement.ExplainConnection _,
                    UtilityStatement.Prepare _,
                    UtilityStatement.Execute _,
                    UtilityStatement.Deallocate _,
                    UtilityStatement.Help _,
                    UtilityStatement.Shutdown _ -> false;
        };
    }
}
