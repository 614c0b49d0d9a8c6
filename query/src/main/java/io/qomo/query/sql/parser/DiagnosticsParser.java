package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.CompoundStatement.Condition;
import io.qomo.query.sql.ast.CompoundStatement.DiagnosticsItem;
import io.qomo.query.sql.ast.CompoundStatement.GetDiagnostics;
import io.qomo.query.sql.ast.CompoundStatement.Signal;
import io.qomo.query.sql.ast.CompoundStatement.SignalItem;
import io.qomo.query.sql.ast.Expression;
import io.qomo.query.sql.ast.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// SIGNAL, RESIGNAL, GET DIAGNOSTICS.
///
/// Source: MySQL 8.0 manual, "Condition Handling".
final class DiagnosticsParser {
    private static final Set<String> SIGNAL_ITEMS = Set.of(
            "CLASS_ORIGIN",
            "SUBCLASS_ORIGIN",
            "MESSAGE_TEXT",
            "MYSQL_ERRNO",
            "CONSTRAINT_CATALOG",
            "CONSTRAINT_SCHEMA",
            "CONSTRAINT_NAME",
            "CATALOG_NAME",
            "SCHEMA_NAME",
            "TABLE_NAME",
            "COLUMN_NAME",
            "CURSOR_NAME");

    private final Parsers parsers;
    private final TokenStream in;

    DiagnosticsParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// `SQLSTATE [VALUE] 'xxxxx'`.
    static Condition sqlState(TokenStream in) {
        in.expect(Token.SQLSTATE);
        in.accept(Token.VALUE);
        return new Condition.SqlState(in.string());
    }

    /// Behind SIGNAL or RESIGNAL.
    Statement signal(boolean resignal) {
        Condition condition = null;
        if (in.kind == Token.SQLSTATE) {
            condition = sqlState(in);
        } else if (!resignal || in.isIdentifier()) {
            condition = new Condition.Named(in.identifier());
        }
        List<SignalItem> items = new ArrayList<>();
        if (in.accept(Token.SET)) {
            do {
                String name = itemName(SIGNAL_ITEMS);
                in.expect(Token.EQUAL);
                items.add(new SignalItem(name, parsers.expressions.parseSimple()));
            } while (in.accept(Token.COMMA));
        }
        return new Signal(resignal, condition, items);
    }

    private String itemName(Set<String> names) {
        if (!Token.isWord(in.kind) || in.kind == Token.QUOTED_IDENT) {
            throw in.error();
        }
        String name = in.text().toUpperCase(Locale.ROOT);
        if (!names.contains(name)) {
            throw in.error();
        }
        in.advance();
        return name;
    }

    /// Behind GET.
    Statement getDiagnostics() {
        boolean stacked = in.acceptText("STACKED");
        if (!stacked) {
            in.accept(Token.CURRENT);
        }
        in.expect(Token.DIAGNOSTICS);
        Expression condition = in.accept(Token.CONDITION) ? parsers.expressions.parseSimple() : null;
        List<DiagnosticsItem> items = new ArrayList<>();
        do {
            Expression target = parsers.names.parseVariableTarget();
            in.expect(Token.EQUAL);
            items.add(new DiagnosticsItem(target, diagnosticsName(condition != null)));
        } while (in.accept(Token.COMMA));
        return new GetDiagnostics(stacked, condition, items);
    }

    private String diagnosticsName(boolean ofCondition) {
        if (!ofCondition) {
            return itemName(Set.of("NUMBER", "ROW_COUNT"));
        }
        if (in.isText("RETURNED_SQLSTATE")) {
            return in.upperWord();
        }
        return itemName(SIGNAL_ITEMS);
    }
}
