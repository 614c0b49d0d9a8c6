package io.qomo.query.sql.ast;

import io.qomo.query.sql.ast.Statement.AccountName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stored programs: procedures, functions, triggers, events, and the statements only they may contain.
public sealed interface RoutineStatement extends Statement permits RoutineStatement.Definition, CompoundStatement {
    /// Statements that define stored programs.
    sealed interface Definition extends RoutineStatement {}

    /// `CREATE PROCEDURE`.
    ///
    /// @param bodySpan of the body's text
    record CreateProcedure(
            @Nullable AccountName definer,
            boolean ifNotExists,
            TableName name,
            List<Parameter> parameters,
            Characteristics characteristics,
            Statement body,
            Span bodySpan)
            implements Definition {
        /// Copies the list.
        public CreateProcedure {
            parameters = List.copyOf(parameters);
        }
    }

    /// `CREATE [AGGREGATE] FUNCTION` with a body.
    record CreateFunction(
            @Nullable AccountName definer,
            boolean ifNotExists,
            TableName name,
            List<Parameter> parameters,
            DataType returns,
            Characteristics characteristics,
            Statement body,
            Span bodySpan)
            implements Definition {
        /// Copies the list.
        public CreateFunction {
            parameters = List.copyOf(parameters);
        }
    }

    /// `[IN|OUT|INOUT] name type`.
    record Parameter(Mode mode, String name, DataType type) {
        /// The direction.
        public enum Mode {
            IN,
            OUT,
            INOUT
        }
    }

    /// COMMENT, LANGUAGE, DETERMINISTIC, data access, SQL SECURITY; null means not written.
    ///
    /// @param dataAccess "CONTAINS SQL", "NO SQL", "READS SQL DATA" or "MODIFIES SQL DATA"
    record Characteristics(
            @Nullable String comment,
            @Nullable String language,
            @Nullable Boolean deterministic,
            @Nullable String dataAccess,
            @Nullable Boolean securityInvoker) {}

    /// `ALTER PROCEDURE|FUNCTION`.
    record AlterRoutine(boolean function, TableName name, Characteristics characteristics) implements Definition {}

    /// `DROP PROCEDURE|FUNCTION`.
    record DropRoutine(boolean function, boolean ifExists, TableName name) implements Definition {}

    /// `CREATE TRIGGER`.
    ///
    /// @param other of FOLLOWS or PRECEDES, null without
    record CreateTrigger(
            @Nullable AccountName definer,
            boolean ifNotExists,
            TableName name,
            boolean before,
            Event event,
            TableName table,
            boolean follows,
            @Nullable String other,
            Statement body,
            Span bodySpan)
            implements Definition {
        /// What fires it.
        public enum Event {
            INSERT,
            UPDATE,
            DELETE
        }
    }

    /// `DROP TRIGGER`.
    record DropTrigger(boolean ifExists, TableName name) implements Definition {}

    /// `CREATE EVENT` and `ALTER EVENT`, where everything but the name may be absent.
    ///
    /// @param preserve ON COMPLETION \[NOT] PRESERVE, null when not written
    /// @param status ENABLE, DISABLE or "DISABLE ON REPLICA", null when not written
    record CreateEvent(
            boolean alter,
            @Nullable AccountName definer,
            boolean ifNotExists,
            TableName name,
            @Nullable Schedule schedule,
            @Nullable Boolean preserve,
            @Nullable TableName renameTo,
            @Nullable String status,
            @Nullable String comment,
            @Nullable Statement body,
            @Nullable Span bodySpan)
            implements Definition {}

    /// `AT time` or `EVERY interval [STARTS time] [ENDS time]`.
    record Schedule(
            @Nullable Expression at,
            Expression.@Nullable IntervalExpression every,
            @Nullable Expression starts,
            @Nullable Expression ends) {}

    /// `DROP EVENT`.
    record DropEvent(boolean ifExists, TableName name) implements Definition {}
}
