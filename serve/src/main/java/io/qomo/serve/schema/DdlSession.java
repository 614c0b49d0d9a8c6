package io.qomo.serve.schema;

import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.TableDef;
import io.qomo.query.exec.context.ExecContext;
import io.qomo.query.expr.SqlMode;
import io.qomo.query.plan.BoundTable;
import io.qomo.query.sql.ast.DmlStatement.DuplicateHandling;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.store.txn.Transaction;
import java.util.List;
import java.util.OptionalLong;

/// What changing the schema asks of a session besides [SchemaSession]: locks, queries, transactions of its own.
public interface DdlSession extends SchemaSession {
    /// Takes a metadata lock until the statement ends, or makes it stronger. Errors 1205, 1213, 1317.
    void lock(LockName name, LockMode mode);

    /// Makes a held metadata lock weaker.
    void downgrade(LockName name, LockMode mode);

    /// The session's temporary tables.
    TemporaryTables temporaryTables();

    /// The columns of a query's result.
    List<QueryColumn> describe(QueryExpression query);

    /// Fills columns of a table that only this session sees with a query's rows; returns how many. The rows are durable
    /// when this returns.
    long fill(TableDef target, List<String> columns, QueryExpression query, DuplicateHandling duplicates);

    /// The canonical text of a view's query: every name qualified, `*` spelled out. Errors 1351, 1352, 1462.
    String viewText(QueryExpression query, String database, String name);

    /// True if rows can be changed through a view, which need not be in the catalog.
    boolean isUpdatable(TableDef view);

    /// A table with its expressions.
    BoundTable bindTable(TableDef table);

    /// A transaction of the statement's own.
    Transaction begin(boolean readOnly);

    /// A context to read and write tables with, under a sql_mode; the caller closes it.
    ExecContext context(Transaction transaction, SqlMode mode);

    /// True if a query, which the server itself wrote, gives a row. A table in its new form takes the place of the one
    /// of its name.
    boolean exists(String sql, TableDef changed);

    /// The integer in the first row of such a query, of one column; empty if there is no row.
    OptionalLong number(String sql, TableDef changed);

    /// Throws if the statement was killed.
    void checkInterrupted();

    /// The account as `user@host`.
    String account();

    /// A column of a query's result.
    ///
    /// @param name alias
    /// @param type of the values
    /// @param nullable false only if never NULL
    /// @param database of the base column, or empty
    /// @param table of the base column, or empty
    /// @param column base column, or empty
    record QueryColumn(String name, SqlType type, boolean nullable, String database, String table, String column) {}
}
