package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.CompoundStatement;
import io.qomo.query.sql.ast.CompoundStatement.Block;
import io.qomo.query.sql.ast.CompoundStatement.Branch;
import io.qomo.query.sql.ast.CompoundStatement.CaseStatement;
import io.qomo.query.sql.ast.CompoundStatement.CloseCursor;
import io.qomo.query.sql.ast.CompoundStatement.Condition;
import io.qomo.query.sql.ast.CompoundStatement.Declaration;
import io.qomo.query.sql.ast.CompoundStatement.FetchCursor;
import io.qomo.query.sql.ast.CompoundStatement.IfStatement;
import io.qomo.query.sql.ast.CompoundStatement.Iterate;
import io.qomo.query.sql.ast.CompoundStatement.Leave;
import io.qomo.query.sql.ast.CompoundStatement.Loop;
import io.qomo.query.sql.ast.CompoundStatement.OpenCursor;
import io.qomo.query.sql.ast.CompoundStatement.Repeat;
import io.qomo.query.sql.ast.CompoundStatement.Return;
import io.qomo.query.sql.ast.CompoundStatement.While;
import io.qomo.query.sql.ast.DataType;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bodies of stored programs.
///
/// Source: MySQL 8.0 manual, "Compound Statements".
final class CompoundParser {
    private final Parsers parsers;
    private final TokenStream in;
    /// RETURN belongs to functions only.
    private boolean inFunction;

    CompoundParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// The body of a routine: one statement, possibly compound.
    Statement body(boolean function) {
        inFunction = function;
        return statement();
    }

    private Statement statement() {
        in.enter();
        Statement statement = compound();
        if (statement == null) {
            statement = parsers.statements().parse();
        }
        in.leave();
        return statement;
    }

    /// A statement only stored programs have, null when another is at hand.
    private @Nullable Statement compound() {
        if (in.isIdentifier() && in.peek(1) == Token.COLON) {
            String label = in.identifier();
            in.advance();
            return labelled(label);
        }
        switch (in.kind) {
            case Token.BEGIN, Token.LOOP, Token.WHILE -> {
                return labelled(null);
            }
            case Token.REPEAT -> {
                return labelled(null);
            }
            case Token.IF -> {
                return ifStatement();
            }
            case Token.CASE -> {
                return caseStatement();
            }
            case Token.LEAVE -> {
                in.advance();
                return new Leave(in.identifier());
            }
            case Token.ITERATE -> {
                in.advance();
                return new Iterate(in.identifier());
            }
            case Token.RETURN -> {
                if (!inFunction) {
                    throw in.error();
                }
                in.advance();
                return new Return(parsers.expressions.parse());
            }
            case Token.OPEN -> {
                in.advance();
                return new OpenCursor(in.identifier());
            }
            case Token.CLOSE -> {
                in.advance();
                return new CloseCursor(in.identifier());
            }
            case Token.FETCH -> {
                return fetch();
            }
            default -> {
                return null;
            }
        }
    }

    private CompoundStatement labelled(@Nullable String label) {
        switch (in.kind) {
            case Token.BEGIN -> {
                return block(label);
            }
            case Token.LOOP -> {
                in.advance();
                List<Statement> statements = statements();
                in.expect(Token.END, Token.LOOP);
                endLabel(label);
                return new Loop(label, statements);
            }
            case Token.WHILE -> {
                in.advance();
                Expression condition = parsers.expressions.parse();
                in.expect(Token.DO);
                List<Statement> statements = statements();
                in.expect(Token.END, Token.WHILE);
                endLabel(label);
                return new While(label, condition, statements);
            }
            default -> {
                in.expect(Token.REPEAT);
                List<Statement> statements = statements();
                in.expect(Token.UNTIL);
                Expression until = parsers.expressions.parse();
                in.expect(Token.END, Token.REPEAT);
                endLabel(label);
                return new Repeat(label, statements, until);
            }
        }
    }

    /// A label at the end must be the one at the beginning.
    private void endLabel(@Nullable String label) {
        if (in.isIdentifier()) {
            int start = in.start;
            String end = in.identifier();
            if (!end.equalsIgnoreCase(label)) {
                throw in.errorAt(start);
            }
        }
    }

    /// One or more statements, each ended by a semicolon.
    private List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        do {
            statements.add(statement());
            in.expect(Token.SEMICOLON);
        } while (!endsStatements());
        return statements;
    }

    private boolean endsStatements() {
        return switch (in.kind) {
            case Token.END, Token.ELSE, Token.ELSEIF, Token.WHEN, Token.UNTIL -> true;
            default -> false;
        };
    }

    private Block block(@Nullable String label) {
        in.expect(Token.BEGIN);
        List<Declaration> declarations = new ArrayList<>();
        while (in.accept(Token.DECLARE)) {
            declarations.add(declaration());
            in.expect(Token.SEMICOLON);
        }
        List<Statement> statements = in.kind == Token.END ? List.of() : statements();
        in.expect(Token.END);
        endLabel(label);
        return new Block(label, declarations, statements);
    }

    private Declaration declaration() {
        int next = in.peek(1);
        if (next == Token.HANDLER && (in.kind == Token.CONTINUE || in.kind == Token.EXIT || in.kind == Token.UNDO)) {
            return handler();
        }
        if (next == Token.CONDITION || next == Token.CURSOR) {
            String name = in.identifier();
            in.advance();
            in.expect(Token.FOR);
            if (next == Token.CONDITION) {
                return new Declaration.NamedCondition(name, conditionValue());
            }
            QueryExpression query = parsers.queries.parseNested();
            return new Declaration.Cursor(name, query);
        }
        List<String> names = parsers.names.parseIdentifiers();
        DataType type = parsers.types().parse();
        Expression value = in.accept(Token.DEFAULT) ? parsers.expressions.parse() : null;
        return new Declaration.Variables(names, type, value);
    }

    private Declaration handler() {
        Declaration.Handler.Action action = switch (in.kind) {
            case Token.CONTINUE -> Declaration.Handler.Action.CONTINUE;
            case Token.EXIT -> Declaration.Handler.Action.EXIT;
            default -> Declaration.Handler.Action.UNDO;
        };
        in.advance();
        in.advance();
        in.expect(Token.FOR);
        List<Condition> conditions = new ArrayList<>();
        do {
            conditions.add(handlerCondition());
        } while (in.accept(Token.COMMA));
        return new Declaration.Handler(action, conditions, statement());
    }

    private Condition handlerCondition() {
        switch (in.kind) {
            case Token.SQLWARNING -> {
                in.advance();
                return new Condition.General(Condition.General.Kind.SQLWARNING);
            }
            case Token.SQLEXCEPTION -> {
                in.advance();
                return new Condition.General(Condition.General.Kind.SQLEXCEPTION);
            }
            case Token.NOT -> {
                in.advance();
                in.expect(Token.FOUND);
                return new Condition.General(Condition.General.Kind.NOT_FOUND);
            }
            case Token.INTEGER, Token.SQLSTATE -> {
                return conditionValue();
            }
            default -> {
                return new Condition.Named(in.identifier());
            }
        }
    }

    private Condition conditionValue() {
        if (in.kind == Token.INTEGER) {
            return new Condition.ErrorNumber(in.integer());
        }
        return DiagnosticsParser.sqlState(in);
    }

    private CompoundStatement ifStatement() {
        in.expect(Token.IF);
        List<Branch> branches = new ArrayList<>();
        do {
            Expression condition = parsers.expressions.parse();
            in.expect(Token.THEN);
            branches.add(new Branch(condition, statements()));
        } while (in.accept(Token.ELSEIF));
        List<Statement> otherwise = in.accept(Token.ELSE) ? statements() : List.of();
        in.expect(Token.END, Token.IF);
        return new IfStatement(branches, otherwise);
    }

    private CompoundStatement caseStatement() {
        in.expect(Token.CASE);
        Expression operand = in.kind == Token.WHEN ? null : parsers.expressions.parse();
        List<Branch> branches = new ArrayList<>();
        do {
            in.expect(Token.WHEN);
            Expression condition = parsers.expressions.parse();
            in.expect(Token.THEN);
            branches.add(new Branch(condition, statements()));
        } while (in.kind == Token.WHEN);
        List<Statement> otherwise = in.accept(Token.ELSE) ? statements() : null;
        in.expect(Token.END, Token.CASE);
        return new CaseStatement(operand, branches, otherwise);
    }

    private CompoundStatement fetch() {
        in.expect(Token.FETCH);
        if (in.kind == Token.NEXT && in.peek(1) == Token.FROM) {
            in.advance();
            in.advance();
        } else {
            in.accept(Token.FROM);
        }
        String cursor = in.identifier();
        in.expect(Token.INTO);
        return new FetchCursor(cursor, parsers.names.parseIdentifiers());
    }
}
