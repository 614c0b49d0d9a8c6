package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Expression.UserVariable;
import io.qomo.query.sql.ast.Literal.StringLiteral;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.UtilityStatement.Deallocate;
import io.qomo.query.sql.ast.UtilityStatement.Execute;
import io.qomo.query.sql.ast.UtilityStatement.Explain;
import io.qomo.query.sql.ast.UtilityStatement.ExplainConnection;
import io.qomo.query.sql.ast.UtilityStatement.Flush;
import io.qomo.query.sql.ast.UtilityStatement.FlushTables;
import io.qomo.query.sql.ast.UtilityStatement.Help;
import io.qomo.query.sql.ast.UtilityStatement.Histogram;
import io.qomo.query.sql.ast.UtilityStatement.Kill;
import io.qomo.query.sql.ast.UtilityStatement.Prepare;
import io.qomo.query.sql.ast.UtilityStatement.TableMaintenance;
import io.qomo.query.sql.ast.UtilityStatement.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// USE, EXPLAIN, prepared statements, KILL, FLUSH, table maintenance.
///
/// Source: MySQL 8.0 manual, "Utility Statements", "Prepared Statements", "Table Maintenance Statements".
final class UtilityParser {
    private final Parsers parsers;
    private final TokenStream in;

    UtilityParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// Behind USE.
    Statement use() {
        return new Use(in.identifier());
    }

    /// Behind EXPLAIN, DESCRIBE or DESC.
    Statement explain() {
        boolean analyze = in.accept(Token.ANALYZE);
        String format = null;
        String variable = null;
        String schema = null;
        if (in.kind == Token.FORMAT && in.peek(1) == Token.EQUAL) {
            in.advance();
            in.advance();
            format = in.kind == Token.STRING
                    ? in.string().toUpperCase(Locale.ROOT)
                    : in.identifier().toUpperCase(Locale.ROOT);
        }
        if (in.accept(Token.INTO)) {
            variable = parsers.names.parseVariableName();
        }
        if (in.accept(Token.FOR)) {
            if (in.accept(Token.CONNECTION)) {
                return new ExplainConnection(format, in.integer());
            }
            if (!in.accept(Token.SCHEMA)) {
                in.expect(Token.DATABASE);
            }
            schema = in.identifier();
        }
        boolean explainable = switch (in.kind) {
            case Token.SELECT,
                    Token.WITH,
                    Token.TABLE,
                    Token.VALUES,
                    Token.LEFT_PAREN,
                    Token.INSERT,
                    Token.REPLACE,
                    Token.UPDATE,
                    Token.DELETE -> true;
            default -> false;
        };
        if (explainable) {
            return new Explain(
                    analyze, format, variable, schema, parsers.statements().parse());
        }
        if (analyze || format != null || variable != null || schema != null) {
            throw in.error();
        }
        if (in.kind == Token.EXTENDED || in.kind == Token.PARTITIONS) {
            throw in.error();
        }
        return new ShowParser(parsers).describe();
    }

    /// Behind PREPARE.
    Statement prepare() {
        String name = in.identifier();
        in.expect(Token.FROM);
        int start = in.start;
        if (in.kind == Token.STRING) {
            String text = in.string();
            return new Prepare(name, new StringLiteral(in.span(start), null, text));
        }
        String variable = parsers.names.parseVariableName();
        return new Prepare(name, new UserVariable(in.span(start), variable));
    }

    /// Behind EXECUTE.
    Statement execute() {
        String name = in.identifier();
        List<String> variables = new ArrayList<>();
        if (in.accept(Token.USING)) {
            do {
                variables.add(parsers.names.parseVariableName());
            } while (in.accept(Token.COMMA));
        }
        return new Execute(name, variables);
    }

    /// Behind DEALLOCATE or DROP.
    Statement deallocate() {
        in.expect(Token.PREPARE);
        return new Deallocate(in.identifier());
    }

    /// Behind KILL.
    Statement kill() {
        boolean query = false;
        if (in.kind == Token.CONNECTION || in.kind == Token.QUERY) {
            query = in.kind == Token.QUERY;
            in.advance();
        }
        Expression id = parsers.expressions.parse();
        return new Kill(query, id);
    }

    /// Behind HELP.
    Statement help() {
        return new Help(in.identifierOrString());
    }

    private boolean local() {
        return in.accept(Token.NO_WRITE_TO_BINLOG) || in.accept(Token.LOCAL);
    }

    /// Behind FLUSH.
    Statement flush() {
        boolean local = local();
        if (in.accept(Token.TABLES) || in.accept(Token.TABLE)) {
            return flushTables(local);
        }
        List<String> things = new ArrayList<>();
        do {
            things.add(flushed());
        } while (in.accept(Token.COMMA));
        return new Flush(local, things);
    }

    private Statement flushTables(boolean local) {
        List<TableName> tables = in.isIdentifier() ? parsers.names.parseTableNames() : List.of();
        boolean readLock = false;
        boolean export = false;
        if (in.accept(Token.WITH)) {
            in.expect(Token.READ, Token.LOCK);
            readLock = true;
        } else if (!tables.isEmpty() && in.accept(Token.FOR)) {
            in.expect(Token.EXPORT);
            export = true;
        }
        return new FlushTables(local, tables, readLock, export);
    }

    private String flushed() {
        switch (in.kind) {
            case Token.PRIVILEGES,
                    Token.STATUS,
                    Token.USER_RESOURCES,
                    Token.OPTIMIZER_COSTS,
                    Token.LOGS,
                    Token.HOSTS -> {
                return in.upperWord();
            }
            case Token.BINARY, Token.ENGINE, Token.ERROR_KEYWORD, Token.GENERAL, Token.SLOW -> {
                String which = in.upperWord();
                in.expect(Token.LOGS);
                return which + " LOGS";
            }
            default -> {
                in.expect(Token.RELAY);
                in.expect(Token.LOGS);
                if (in.accept(Token.FOR)) {
                    in.expect(Token.CHANNEL);
                    return "RELAY LOGS FOR CHANNEL " + in.identifierOrString();
                }
                return "RELAY LOGS";
            }
        }
    }

    /// Behind ANALYZE, CHECK, CHECKSUM, OPTIMIZE or REPAIR.
    Statement maintain(TableMaintenance.Operation operation) {
        boolean takesLocal =
                operation != TableMaintenance.Operation.CHECK && operation != TableMaintenance.Operation.CHECKSUM;
        boolean local = takesLocal && local();
        if (!in.accept(Token.TABLES)) {
            in.expect(Token.TABLE);
        }
        List<TableName> tables = parsers.names.parseTableNames();
        List<String> options = new ArrayList<>(0);
        switch (operation) {
            case ANALYZE -> {
                Statement histogram = tables.size() == 1 ? histogram(local, tables.getFirst()) : null;
                if (histogram != null) {
                    return histogram;
                }
            }
            case CHECK, REPAIR -> MaintenanceOptions.parse(in, options);
            case CHECKSUM -> {
                if (in.kind == Token.QUICK || in.kind == Token.EXTENDED) {
                    options.add(in.upperWord());
                }
            }
            case OPTIMIZE -> {}
        }
        return new TableMaintenance(operation, local, tables, options);
    }

    private @Nullable Statement histogram(boolean local, TableName table) {
        boolean drop = in.kind == Token.DROP;
        if (!drop && in.kind != Token.UPDATE) {
            return null;
        }
        in.advance();
        in.expect(Token.HISTOGRAM);
        in.expect(Token.ON);
        List<String> columns = parsers.names.parseIdentifiers();
        int buckets = -1;
        Boolean auto = null;
        String data = null;
        if (!drop) {
            if (in.accept(Token.USING)) {
                in.expect(Token.DATA);
                data = in.string();
            } else if (in.accept(Token.WITH)) {
                buckets = in.smallInteger();
                in.expect(Token.BUCKETS);
            }
            if (in.acceptText("MANUAL")) {
                auto = false;
                in.expect(Token.UPDATE);
            } else if (in.accept(Token.AUTO)) {
                auto = true;
                in.expect(Token.UPDATE);
            }
        }
        return new Histogram(local, table, drop, columns, buckets, auto, data);
    }
}
