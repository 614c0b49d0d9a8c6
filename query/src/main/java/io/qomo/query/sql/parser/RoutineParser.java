package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.RoutineStatement.AlterRoutine;
import io.qomo.query.sql.ast.RoutineStatement.Characteristics;
import io.qomo.query.sql.ast.RoutineStatement.CreateEvent;
import io.qomo.query.sql.ast.RoutineStatement.CreateFunction;
import io.qomo.query.sql.ast.RoutineStatement.CreateProcedure;
import io.qomo.query.sql.ast.RoutineStatement.CreateTrigger;
import io.qomo.query.sql.ast.RoutineStatement.DropEvent;
import io.qomo.query.sql.ast.RoutineStatement.DropRoutine;
import io.qomo.query.sql.ast.RoutineStatement.DropTrigger;
import io.qomo.query.sql.ast.RoutineStatement.Parameter;
import io.qomo.query.sql.ast.RoutineStatement.Schedule;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.query.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Procedures, functions, triggers and events; their bodies are [CompoundParser]'s.
///
/// Source: MySQL 8.0 manual, chapter "Stored Objects".
final class RoutineParser {
    private final Parsers parsers;
    private final TokenStream in;

    RoutineParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    boolean ifNotExists() {
        if (!in.accept(Token.IF)) {
            return false;
        }
        in.expect(Token.NOT);
        in.expect(Token.EXISTS);
        return true;
    }

    private boolean ifExists() {
        if (!in.accept(Token.IF)) {
            return false;
        }
        in.expect(Token.EXISTS);
        return true;
    }

    /// Behind CREATE ... PROCEDURE.
    Statement createProcedure(@Nullable AccountName definer) {
        boolean ifNotExists = ifNotExists();
        TableName name = parsers.names.parseTableName();
        List<Parameter> parameters = parameters(true);
        Characteristics characteristics = characteristics();
        int start = in.start;
        Statement body = new CompoundParser(parsers).body(false);
        return new CreateProcedure(definer, ifNotExists, name, parameters, characteristics, body, in.span(start));
    }

    /// Behind CREATE ... FUNCTION and its name, `(` at hand.
    Statement createFunction(@Nullable AccountName definer, boolean ifNotExists, TableName name) {
        List<Parameter> parameters = parameters(false);
        in.expect(Token.RETURNS);
        DataType returns = parsers.types().parse();
        Characteristics characteristics = characteristics();
        int start = in.start;
        Statement body = new CompoundParser(parsers).body(true);
        Span span = in.span(start);
        return new CreateFunction(definer, ifNotExists, name, parameters, returns, characteristics, body, span);
    }

    private List<Parameter> parameters(boolean directed) {
        in.expect(Token.LEFT_PAREN);
        List<Parameter> parameters = new ArrayList<>();
        if (in.kind != Token.RIGHT_PAREN) {
            do {
                Parameter.Mode mode = Parameter.Mode.IN;
                if (directed && in.accept(Token.OUT)) {
                    mode = Parameter.Mode.OUT;
                } else if (directed && in.accept(Token.INOUT)) {
                    mode = Parameter.Mode.INOUT;
                } else if (directed) {
                    in.accept(Token.IN);
                }
                String name = in.identifier();
                DataType type = parsers.types().parse();
                parameters.add(new Parameter(mode, name, type));
            } while (in.accept(Token.COMMA));
        }
        in.expect(Token.RIGHT_PAREN);
        return parameters;
    }

    private Characteristics characteristics() {
        String comment = null;
        String language = null;
        Boolean deterministic = null;
        String dataAccess = null;
        Boolean invoker = null;
        while (true) {
            switch (in.kind) {
                case Token.COMMENT -> {
                    in.advance();
                    comment = in.string();
                }
                case Token.LANGUAGE -> {
                    in.advance();
                    language = in.upperWord();
                }
                case Token.DETERMINISTIC -> {
                    in.advance();
                    deterministic = true;
                }
                case Token.NOT -> {
                    in.advance();
                    in.expect(Token.DETERMINISTIC);
                    deterministic = false;
                }
                case Token.CONTAINS -> {
                    in.advance();
                    in.expect(Token.SQL);
                    dataAccess = "CONTAINS SQL";
                }
                case Token.NO -> {
                    in.advance();
                    in.expect(Token.SQL);
                    dataAccess = "NO SQL";
                }
                case Token.READS, Token.MODIFIES -> {
                    dataAccess = in.upperWord() + " SQL DATA";
                    in.expect(Token.SQL);
                    in.expect(Token.DATA);
                }
                case Token.SQL -> invoker = securityInvoker();
                default -> {
                    return new Characteristics(comment, language, deterministic, dataAccess, invoker);
                }
            }
        }
    }

    /// `SQL SECURITY DEFINER|INVOKER`.
    boolean securityInvoker() {
        in.expect(Token.SQL);
        in.expect(Token.SECURITY);
        if (in.accept(Token.INVOKER)) {
            return true;
        }
        in.expect(Token.DEFINER);
        return false;
    }

    /// Behind ALTER PROCEDURE or FUNCTION.
    Statement alterRoutine(boolean function) {
        TableName name = parsers.names.parseTableName();
        return new AlterRoutine(function, name, characteristics());
    }

    /// Behind DROP PROCEDURE or FUNCTION.
    Statement dropRoutine(boolean function) {
        boolean ifExists = ifExists();
        return new DropRoutine(function, ifExists, parsers.names.parseTableName());
    }

    /// Behind CREATE ... TRIGGER.
    Statement createTrigger(@Nullable AccountName definer) {
        boolean ifNotExists = ifNotExists();
        TableName name = parsers.names.parseTableName();
        boolean before = in.accept(Token.BEFORE);
        if (!before) {
            in.expect(Token.AFTER);
        }
        CreateTrigger.Event event = switch (in.kind) {
            case Token.INSERT -> CreateTrigger.Event.INSERT;
            case Token.UPDATE -> CreateTrigger.Event.UPDATE;
            case Token.DELETE -> CreateTrigger.Event.DELETE;
            default -> throw in.error();
        };
        in.advance();
        in.expect(Token.ON);
        TableName table = parsers.names.parseTableName();
        in.expect(Token.FOR);
        in.expect(Token.EACH);
        in.expect(Token.ROW);
        boolean follows = in.kind == Token.FOLLOWS;
        String other = null;
        if (follows || in.kind == Token.PRECEDES) {
            in.advance();
            other = in.identifierOrString();
        }
        int start = in.start;
        Statement body = new CompoundParser(parsers).body(false);
        return new CreateTrigger(
                definer, ifNotExists, name, before, event, table, follows, other, body, in.span(start));
    }

    /// Behind DROP TRIGGER.
    Statement dropTrigger() {
        boolean ifExists = ifExists();
        return new DropTrigger(ifExists, parsers.names.parseTableName());
    }

    /// Behind CREATE or ALTER ... EVENT.
    Statement event(boolean alter, @Nullable AccountName definer) {
        boolean ifNotExists = !alter && ifNotExists();
        TableName name = parsers.names.parseTableName();
        Schedule schedule = null;
        Boolean preserve = null;
        if (in.kind == Token.ON && in.peek(1) == Token.SCHEDULE) {
            in.advance();
            in.advance();
            schedule = schedule();
        } else if (!alter) {
            throw in.error();
        }
        if (in.accept(Token.ON)) {
            in.expect(Token.COMPLETION);
            preserve = !in.accept(Token.NOT);
            in.expect(Token.PRESERVE);
        }
        TableName renameTo = null;
        if (alter && in.accept(Token.RENAME)) {
            in.expect(Token.TO);
            renameTo = parsers.names.parseTableName();
        }
        String status = eventStatus();
        String comment = in.accept(Token.COMMENT) ? in.string() : null;
        Statement body = null;
        Span bodySpan = null;
        if (!alter || in.kind == Token.DO) {
            in.expect(Token.DO);
            int start = in.start;
            body = new CompoundParser(parsers).body(false);
            bodySpan = in.span(start);
        }
        return new CreateEvent(
                alter, definer, ifNotExists, name, schedule, preserve, renameTo, status, comment, body, bodySpan);
    }

    private @Nullable String eventStatus() {
        if (in.accept(Token.ENABLE)) {
            return "ENABLE";
        }
        if (!in.accept(Token.DISABLE)) {
            return null;
        }
        if (in.accept(Token.ON)) {
            if (!in.accept(Token.SLAVE)) {
                in.expect(Token.REPLICA);
            }
            return "DISABLE ON REPLICA";
        }
        return "DISABLE";
    }

    private Schedule schedule() {
        if (in.accept(Token.AT_KEYWORD)) {
            return new Schedule(parsers.expressions.parse(), null, null, null);
        }
        in.expect(Token.EVERY);
        Expression amount = parsers.expressions.parse();
        Expression.IntervalExpression every =
                new Expression.IntervalExpression(amount, parsers.functions().intervalUnit());
        Expression starts = in.accept(Token.STARTS) ? parsers.expressions.parse() : null;
        Expression ends = in.accept(Token.ENDS) ? parsers.expressions.parse() : null;
        return new Schedule(null, every, starts, ends);
    }

    /// Behind DROP EVENT.
    Statement dropEvent() {
        boolean ifExists = ifExists();
        return new DropEvent(ifExists, parsers.names.parseTableName());
    }
}
