package io.qomo.query.sql.parser;

import org.jspecify.annotations.Nullable;

/// The parsers of one text: they share the token stream and call each other. The rare ones are made when first needed.
final class Parsers {
    final TokenStream in;
    final ExpressionParser expressions;
    final NameParser names;
    final QueryParser queries;
    final TableReferenceParser tables;
    private @Nullable FunctionParser functions;
    private @Nullable TypeParser types;
    private @Nullable TableElementParser elements;
    private @Nullable AccountParser accounts;
    private @Nullable StatementParser statements;

    Parsers(TokenStream in) {
        this.in = in;
        this.expressions = new ExpressionParser(this);
        this.names = new NameParser(this);
        this.queries = new QueryParser(this);
        this.tables = new TableReferenceParser(this);
    }

    FunctionParser functions() {
        if (functions == null) {
            functions = new FunctionParser(this);
        }
        return functions;
    }

    TypeParser types() {
        if (types == null) {
            types = new TypeParser(this);
        }
        return types;
    }

    TableElementParser elements() {
        if (elements == null) {
            elements = new TableElementParser(this);
        }
        return elements;
    }

    AccountParser accounts() {
        if (accounts == null) {
            accounts = new AccountParser(this);
        }
        return accounts;
    }

    StatementParser statements() {
        if (statements == null) {
            statements = new StatementParser(this);
        }
        return statements;
    }
}
