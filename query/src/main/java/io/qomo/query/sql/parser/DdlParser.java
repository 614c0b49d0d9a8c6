package io.qomo.query.sql.parser;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.sql.ast.DdlStatement.AlterDatabase;
import io.qomo.query.sql.ast.DdlStatement.CreateDatabase;
import io.qomo.query.sql.ast.DdlStatement.CreateIndex;
import io.qomo.query.sql.ast.DdlStatement.CreateTable;
import io.qomo.query.sql.ast.DdlStatement.CreateTableLike;
import io.qomo.query.sql.ast.DdlStatement.CreateView;
import io.qomo.query.sql.ast.DdlStatement.DatabaseOption;
import io.qomo.query.sql.ast.DdlStatement.DropDatabase;
import io.qomo.query.sql.ast.DdlStatement.DropIndex;
import io.qomo.query.sql.ast.DdlStatement.DropTable;
import io.qomo.query.sql.ast.DdlStatement.DropView;
import io.qomo.query.sql.ast.DdlStatement.RenameTable;
import io.qomo.query.sql.ast.DdlStatement.Renaming;
import io.qomo.query.sql.ast.DdlStatement.TruncateTable;
import io.qomo.query.sql.ast.DmlStatement.DuplicateHandling;
import io.qomo.query.sql.ast.Partitioning;
import io.qomo.query.sql.ast.QueryExpression;
import io.qomo.query.sql.ast.Span;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.query.sql.ast.TableElement;
import io.qomo.query.sql.ast.TableElement.IndexDefinition;
import io.qomo.query.sql.ast.TableElement.IndexKind;
import io.qomo.query.sql.ast.TableElement.IndexOptions;
import io.qomo.query.sql.ast.TableElement.IndexPart;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TableOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Databases, tables, indexes and views; ALTER TABLE is [AlterTableParser]'s.
///
/// Source: MySQL 8.0 manual, "Data Definition Statements".
final class DdlParser {
    private static final Set<String> ALGORITHMS = Set.of("INSTANT", "INPLACE", "COPY");
    private static final Set<String> LOCKS = Set.of("NONE", "SHARED", "EXCLUSIVE");

    private final Parsers parsers;
    private final TokenStream in;

    DdlParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    private boolean ifNotExists() {
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

    /// Behind CREATE DATABASE.
    Statement createDatabase() {
        boolean ifNotExists = ifNotExists();
        String name = in.identifier();
        return new CreateDatabase(ifNotExists, name, databaseOptions());
    }

    /// Behind ALTER DATABASE.
    Statement alterDatabase() {
        boolean named = in.isIdentifier()
                && !(isDatabaseOption() && in.peek(1) != Token.DEFAULT && !startsDatabaseOption(in.peek(1)));
        String name = named ? in.identifier() : null;
        int start = in.start;
        List<DatabaseOption> options = databaseOptions();
        if (options.isEmpty()) {
            throw in.errorAt(start);
        }
        return new AlterDatabase(name, options);
    }

    private boolean isDatabaseOption() {
        return startsDatabaseOption(in.kind);
    }

    private static boolean startsDatabaseOption(int kind) {
        return switch (kind) {
            case Token.CHARSET, Token.CHARACTER, Token.CHAR, Token.COLLATE, Token.ENCRYPTION, Token.READ -> true;
            default -> false;
        };
    }

    private List<DatabaseOption> databaseOptions() {
        List<DatabaseOption> options = new ArrayList<>();
        while (in.kind == Token.DEFAULT || isDatabaseOption()) {
            if (in.kind == Token.READ) {
                in.advance();
                in.expect(Token.ONLY);
                in.accept(Token.EQUAL);
                boolean isDefault = in.accept(Token.DEFAULT);
                options.add(new DatabaseOption(
                        DatabaseOption.Name.READ_ONLY, isDefault ? "DEFAULT" : Long.toString(in.integer())));
                continue;
            }
            in.accept(Token.DEFAULT);
            String charset = charset();
            if (charset != null) {
                options.add(new DatabaseOption(DatabaseOption.Name.CHARSET, charset));
            } else if (in.accept(Token.COLLATE)) {
                in.accept(Token.EQUAL);
                options.add(new DatabaseOption(
                        DatabaseOption.Name.COLLATE, parsers.types().collationName()));
            } else {
                in.expect(Token.ENCRYPTION);
                in.accept(Token.EQUAL);
                options.add(new DatabaseOption(DatabaseOption.Name.ENCRYPTION, in.string()));
            }
        }
        return options;
    }

    private @Nullable String charset() {
        if (!in.accept(Token.CHARSET)) {
            if (in.kind != Token.CHARACTER && in.kind != Token.CHAR) {
                return null;
            }
            in.advance();
            in.expect(Token.SET);
        }
        in.accept(Token.EQUAL);
        return in.accept(Token.DEFAULT) ? "default" : parsers.types().charsetName();
    }

    /// Behind DROP DATABASE.
    Statement dropDatabase() {
        boolean ifExists = ifExists();
        return new DropDatabase(ifExists, in.identifier());
    }

    /// Behind CREATE \[TEMPORARY] TABLE.
    Statement createTable(boolean temporary) {
        boolean ifNotExists = ifNotExists();
        TableName name = parsers.names.parseTableName();
        if (in.accept(Token.LIKE)) {
            return new CreateTableLike(temporary, ifNotExists, name, parsers.names.parseTableName());
        }
        if (in.kind == Token.LEFT_PAREN && in.peek(1) == Token.LIKE) {
            in.advance();
            in.advance();
            TableName source = parsers.names.parseTableName();
            in.expect(Token.RIGHT_PAREN);
            return new CreateTableLike(temporary, ifNotExists, name, source);
        }
        List<TableElement> elements = List.of();
        boolean query = in.kind == Token.LEFT_PAREN && opensQuery();
        if (in.kind == Token.LEFT_PAREN && !query) {
            elements = parsers.elements().parseElements();
        }
        List<TableOption> options = query ? List.of() : new TableOptionParser(parsers).parseAll();
        Partitioning partitioning = in.kind == Token.PARTITION ? new PartitionParser(parsers).parse() : null;
        DuplicateHandling duplicates = DuplicateHandling.ERROR;
        if (in.accept(Token.IGNORE)) {
            duplicates = DuplicateHandling.IGNORE;
        } else if (in.accept(Token.REPLACE)) {
            duplicates = DuplicateHandling.REPLACE;
        }
        QueryExpression source = null;
        boolean announced = in.accept(Token.AS) || query || duplicates != DuplicateHandling.ERROR;
        if (announced || QueryParser.startsQuery(in) || in.kind == Token.LEFT_PAREN) {
            source = parsers.queries.parseNested();
        } else if (elements.isEmpty()) {
            throw in.error();
        }
        return new CreateTable(temporary, ifNotExists, name, elements, options, partitioning, duplicates, source);
    }

    private boolean opensQuery() {
        int next = in.peek(1);
        return next == Token.SELECT
                || next == Token.WITH
                || next == Token.LEFT_PAREN
                || next == Token.TABLE
                || next == Token.VALUES;
    }

    /// Behind DROP \[TEMPORARY] TABLE.
    Statement dropTable(boolean temporary) {
        boolean ifExists = ifExists();
        List<TableName> names = parsers.names.parseTableNames();
        acceptRestriction();
        return new DropTable(temporary, ifExists, names);
    }

    /// `[RESTRICT | CASCADE]`, which mean nothing.
    private void acceptRestriction() {
        if (!in.accept(Token.RESTRICT)) {
            in.accept(Token.CASCADE);
        }
    }

    /// Behind TRUNCATE.
    Statement truncate() {
        in.accept(Token.TABLE);
        return new TruncateTable(parsers.names.parseTableName());
    }

    /// Behind RENAME TABLE.
    Statement renameTable() {
        List<Renaming> renamings = new ArrayList<>();
        do {
            TableName from = parsers.names.parseTableName();
            in.expect(Token.TO);
            renamings.add(new Renaming(from, parsers.names.parseTableName()));
        } while (in.accept(Token.COMMA));
        return new RenameTable(renamings);
    }

    /// Behind CREATE [UNIQUE|FULLTEXT|SPATIAL] INDEX.
    Statement createIndex(int start, IndexKind kind) {
        String name = in.identifier();
        String type = parsers.elements().parseIndexType();
        in.expect(Token.ON);
        TableName table = parsers.names.parseTableName();
        List<IndexPart> parts = parsers.elements().parseIndexParts();
        IndexOptions options = parsers.elements().parseIndexOptions(type);
        IndexDefinition index = new IndexDefinition(in.span(start), kind, null, name, parts, options);
        OnlineOptions online = onlineOptions();
        return new CreateIndex(table, index, online.algorithm, online.lock);
    }

    /// Behind DROP INDEX.
    Statement dropIndex() {
        String name = in.accept(Token.PRIMARY) ? "PRIMARY" : in.identifier();
        in.expect(Token.ON);
        TableName table = parsers.names.parseTableName();
        OnlineOptions online = onlineOptions();
        return new DropIndex(name, table, online.algorithm, online.lock);
    }

    private record OnlineOptions(
            @Nullable String algorithm, @Nullable String lock) {}

    private OnlineOptions onlineOptions() {
        String algorithm = null;
        String lock = null;
        while (in.kind == Token.ALGORITHM && algorithm == null || in.kind == Token.LOCK && lock == null) {
            if (in.kind == Token.ALGORITHM) {
                algorithm = algorithm();
            } else {
                lock = lock();
            }
        }
        return new OnlineOptions(algorithm, lock);
    }

    /// `ALGORITHM [=] word`.
    String algorithm() {
        in.expect(Token.ALGORITHM);
        return choice(ALGORITHMS, ErrorCode.UNKNOWN_ALTER_ALGORITHM);
    }

    /// `LOCK [=] word`.
    String lock() {
        in.expect(Token.LOCK);
        return choice(LOCKS, ErrorCode.UNKNOWN_ALTER_LOCK);
    }

    /// `[=] word`; an error of its own tells which words there are not.
    private String choice(Set<String> words, ErrorCode error) {
        in.accept(Token.EQUAL);
        if (in.kind == Token.DEFAULT) {
            return in.upperWord();
        }
        String word = in.identifier();
        String upper = word.toUpperCase(Locale.ROOT);
        if (!words.contains(upper)) {
            throw new SqlException(error, word);
        }
        return upper;
    }

    /// What stands between CREATE or ALTER and VIEW.
    record ViewHead(
            boolean alter,
            boolean orReplace,
            @Nullable String algorithm,
            @Nullable AccountName definer,
            boolean securityInvoker) {}

    /// Behind the word VIEW.
    Statement view(ViewHead head) {
        TableName name = parsers.names.parseTableName();
        List<String> columns = in.kind == Token.LEFT_PAREN ? parsers.names.parseParenthesizedIdentifiers() : List.of();
        in.expect(Token.AS);
        int start = in.start;
        QueryExpression query = parsers.queries.parseNested();
        Span span = in.span(start);
        CreateView.CheckOption check = CreateView.CheckOption.NONE;
        if (in.accept(Token.WITH)) {
            check = in.accept(Token.LOCAL) ? CreateView.CheckOption.LOCAL : CreateView.CheckOption.CASCADED;
            if (check == CreateView.CheckOption.CASCADED) {
                in.accept(Token.CASCADED);
            }
            in.expect(Token.CHECK, Token.OPTION);
        }
        return new CreateView(
                head.alter(),
                head.orReplace(),
                head.algorithm(),
                head.definer(),
                head.securityInvoker(),
                name,
                columns,
                query,
                span,
                check);
    }

    /// Behind DROP VIEW.
    Statement dropView() {
        boolean ifExists = ifExists();
        List<TableName> names = parsers.names.parseTableNames();
        acceptRestriction();
        return new DropView(ifExists, names);
    }
}
