package io.qomo.query.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements that only stored programs contain (SIGNAL, RESIGNAL and GET DIAGNOSTICS stand alone too).
public sealed interface CompoundStatement extends RoutineStatement {
    /// `[label:] BEGIN declarations statements END`.
    record Block(@Nullable String label, List<Declaration> declarations, List<Statement> statements)
            implements CompoundStatement {
        /// Copies the lists.
        public Block {
            declarations = List.copyOf(declarations);
            statements = List.copyOf(statements);
        }
    }

    /// DECLARE.
    sealed interface Declaration {
        /// `DECLARE names type [DEFAULT value]`.
        record Variables(
                List<String> names, DataType type, @Nullable Expression defaultValue) implements Declaration {
            /// Copies the list.
            public Variables {
                names = List.copyOf(names);
            }
        }

        /// `DECLARE name CONDITION FOR value`.
        record NamedCondition(String name, Condition value) implements Declaration {}

        /// `DECLARE name CURSOR FOR query`.
        record Cursor(String name, QueryExpression query) implements Declaration {}

        /// `DECLARE action HANDLER FOR conditions statement`.
        record Handler(Action action, List<Condition> conditions, Statement body) implements Declaration {
            /// Copies the list.
            public Handler {
                conditions = List.copyOf(conditions);
            }

            /// What happens after the handler's statement.
            public enum Action {
                CONTINUE,
                EXIT,
                UNDO
            }
        }
    }

    /// A condition of a handler or SIGNAL.
    sealed interface Condition {
        /// A MySQL error number.
        record ErrorNumber(long number) implements Condition {}

        /// `SQLSTATE [VALUE] 'xxxxx'`.
        record SqlState(String state) implements Condition {}

        /// A declared name.
        record Named(String name) implements Condition {}

        /// SQLWARNING, NOT FOUND, SQLEXCEPTION.
        record General(Kind kind) implements Condition {
            /// The class.
            public enum Kind {
                SQLWARNING,
                NOT_FOUND,
                SQLEXCEPTION
            }
        }
    }

    /// `IF ... THEN ... ELSEIF ... ELSE ... END IF`; ELSE may be empty.
    record IfStatement(List<Branch> branches, List<Statement> otherwise) implements CompoundStatement {
        /// Copies the lists.
        public IfStatement {
            branches = List.copyOf(branches);
            otherwise = List.copyOf(otherwise);
        }
    }

    /// A condition (or a CASE's value) with its statements.
    record Branch(Expression condition, List<Statement> statements) {
        /// Copies the list.
        public Branch {
            statements = List.copyOf(statements);
        }
    }

    /// `CASE [operand] WHEN ... END CASE`; `otherwise` is null without ELSE.
    record CaseStatement(
            @Nullable Expression operand,
            List<Branch> branches,
            @Nullable List<Statement> otherwise) implements CompoundStatement {
        /// Copies the lists.
        public CaseStatement {
            branches = List.copyOf(branches);
            otherwise = otherwise == null ? null : List.copyOf(otherwise);
        }
    }

    /// `[label:] LOOP ... END LOOP`.
    record Loop(@Nullable String label, List<Statement> statements) implements CompoundStatement {
        /// Copies the list.
        public Loop {
            statements = List.copyOf(statements);
        }
    }

    /// `[label:] WHILE condition DO ... END WHILE`.
    record While(@Nullable String label, Expression condition, List<Statement> statements)
            implements CompoundStatement {
        /// Copies the list.
        public While {
            statements = List.copyOf(statements);
        }
    }

    /// `[label:] REPEAT ... UNTIL condition END REPEAT`.
    record Repeat(@Nullable String label, List<Statement> statements, Expression until) implements CompoundStatement {
        /// Copies the list.
        public Repeat {
            statements = List.copyOf(statements);
        }
    }

    /// `LEAVE label`.
    record Leave(String label) implements CompoundStatement {}

    /// `ITERATE label`.
    record Iterate(String label) implements CompoundStatement {}

    /// `RETURN value`.
    record Return(Expression value) implements CompoundStatement {}

    /// `OPEN cursor`.
    record OpenCursor(String cursor) implements CompoundStatement {}

    /// `CLOSE cursor`.
    record CloseCursor(String cursor) implements CompoundStatement {}

    /// `FETCH [[NEXT] FROM] cursor INTO variables`.
    record FetchCursor(String cursor, List<String> variables) implements CompoundStatement {
        /// Copies the list.
        public FetchCursor {
            variables = List.copyOf(variables);
        }
    }

    /// `SIGNAL condition [SET items]` and, with `resignal`, RESIGNAL, whose condition may be absent.
    record Signal(boolean resignal, @Nullable Condition condition, List<SignalItem> items)
            implements CompoundStatement {
        /// Copies the list.
        public Signal {
            items = List.copyOf(items);
        }
    }

    /// `MESSAGE_TEXT = value` and the like; the name is in upper case.
    record SignalItem(String name, Expression value) {}

    /// `GET [CURRENT|STACKED] DIAGNOSTICS [CONDITION number] target = item, ...`.
    ///
    /// @param condition null for statement information
    record GetDiagnostics(boolean stacked, @Nullable Expression condition, List<DiagnosticsItem> items)
            implements CompoundStatement {
        /// Copies the list.
        public GetDiagnostics {
            items = List.copyOf(items);
        }
    }

    /// `target = name`; the target is a [Expression.UserVariable] or a local variable
    /// ([Expression.ColumnReference]).
    record DiagnosticsItem(Expression target, String name) {}
}
