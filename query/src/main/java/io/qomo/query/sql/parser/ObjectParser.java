package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.AdminStatement.Verb;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.query.sql.ast.TableElement.IndexKind;
import io.qomo.query.sql.ast.TableName;
import org.jspecify.annotations.Nullable;

/// CREATE, ALTER and DROP: finds out of what.
final class ObjectParser {
    private final Parsers parsers;
    private final TokenStream in;
    private final DdlParser ddl;

    ObjectParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
        this.ddl = new DdlParser(parsers);
    }

    Statement create() {
        in.expect(Token.CREATE);
        int start = in.start;
        int keyword = in.kind;
        switch (keyword) {
            case Token.OR -> {
                in.advance();
                in.expect(Token.REPLACE);
                return createOrReplace();
            }
            case Token.DEFINER, Token.ALGORITHM, Token.SQL -> {
                return createDefined(false, false);
            }
            case Token.VIEW, Token.PROCEDURE, Token.TRIGGER, Token.EVENT, Token.FUNCTION, Token.AGGREGATE -> {
                return createDefined(false, false);
            }
            default -> in.advance();
        }
        return switch (keyword) {
            case Token.TABLE -> ddl.createTable(false);
            case Token.TEMPORARY -> {
                in.expect(Token.TABLE);
                yield ddl.createTable(true);
            }
            case Token.DATABASE, Token.SCHEMA -> ddl.createDatabase();
            case Token.INDEX -> ddl.createIndex(start, IndexKind.PLAIN);
            case Token.UNIQUE -> {
                in.expect(Token.INDEX);
                yield ddl.createIndex(start, IndexKind.UNIQUE);
            }
            case Token.FULLTEXT -> {
                in.expect(Token.INDEX);
                yield ddl.createIndex(start, IndexKind.FULLTEXT);
            }
            case Token.SPATIAL -> {
                if (in.accept(Token.REFERENCE)) {
                    in.expect(Token.SYSTEM);
                    yield new SpatialReferenceParser(parsers).create(false);
                }
                in.expect(Token.INDEX);
                yield ddl.createIndex(start, IndexKind.SPATIAL);
            }
            case Token.USER -> parsers.accounts().createUser();
            case Token.ROLE -> parsers.accounts().createRole();
            case Token.SERVER -> new AdminParser(parsers).server(Verb.CREATE);
            case Token.RESOURCE -> new AdminParser(parsers).resourceGroup(Verb.CREATE);
            case Token.TABLESPACE, Token.UNDO, Token.LOGFILE ->
                new TablespaceParser(parsers).parse(Verb.CREATE, keyword);
            default -> throw in.errorAt(start);
        };
    }

    /// Behind CREATE OR REPLACE.
    private Statement createOrReplace() {
        if (in.kind == Token.SPATIAL) {
            in.advance();
            in.expect(Token.REFERENCE);
            in.expect(Token.SYSTEM);
            return new SpatialReferenceParser(parsers).create(true);
        }
        return createDefined(false, true);
    }

    /// Things with a definer: `[ALGORITHM = x] [DEFINER = x] [SQL SECURITY x] VIEW|PROCEDURE|...`.
    private Statement createDefined(boolean alter, boolean orReplace) {
        String algorithm = null;
        if (in.accept(Token.ALGORITHM)) {
            in.expect(Token.EQUAL);
            if (in.kind != Token.UNDEFINED && in.kind != Token.MERGE && in.kind != Token.TEMPTABLE) {
                throw in.error();
            }
            algorithm = in.upperWord();
        }
        AccountName definer = null;
        if (in.accept(Token.DEFINER)) {
            in.expect(Token.EQUAL);
            definer = parsers.accounts().account();
        }
        RoutineParser routines = new RoutineParser(parsers);
        boolean viewOnly = orReplace || algorithm != null;
        if (in.kind == Token.SQL) {
            viewOnly = true;
        }
        boolean invoker = in.kind == Token.SQL && routines.securityInvoker();
        if (in.accept(Token.VIEW)) {
            return ddl.view(new DdlParser.ViewHead(alter, orReplace, algorithm, definer, invoker));
        }
        if (viewOnly) {
            throw in.error();
        }
        if (alter) {
            in.expect(Token.EVENT);
            return routines.event(true, definer);
        }
        return createProgram(routines, definer);
    }

    private Statement createProgram(RoutineParser routines, @Nullable AccountName definer) {
        switch (in.kind) {
            case Token.PROCEDURE -> {
                in.advance();
                return routines.createProcedure(definer);
            }
            case Token.TRIGGER -> {
                in.advance();
                return routines.createTrigger(definer);
            }
            case Token.EVENT -> {
                in.advance();
                return routines.event(false, definer);
            }
            default -> {
                boolean aggregate = definer == null && in.accept(Token.AGGREGATE);
                in.expect(Token.FUNCTION);
                boolean ifNotExists = routines.ifNotExists();
                TableName name = parsers.names.parseTableName();
                if (in.kind == Token.RETURNS && definer == null) {
                    return new AdminParser(parsers).loadableFunction(aggregate, ifNotExists, name.name());
                }
                if (aggregate) {
                    throw in.error();
                }
                return routines.createFunction(definer, ifNotExists, name);
            }
        }
    }

    Statement alter() {
        in.expect(Token.ALTER);
        int start = in.start;
        int keyword = in.kind;
        switch (keyword) {
            case Token.DEFINER, Token.ALGORITHM, Token.SQL, Token.VIEW, Token.EVENT -> {
                return createDefined(true, false);
            }
            default -> in.advance();
        }
        return switch (keyword) {
            case Token.TABLE -> new AlterTableParser(parsers).parse();
            case Token.DATABASE, Token.SCHEMA -> ddl.alterDatabase();
            case Token.USER -> parsers.accounts().alterUser();
            case Token.PROCEDURE -> new RoutineParser(parsers).alterRoutine(false);
            case Token.FUNCTION -> new RoutineParser(parsers).alterRoutine(true);
            case Token.INSTANCE -> new AdminParser(parsers).alterInstance();
            case Token.SERVER -> new AdminParser(parsers).server(Verb.ALTER);
            case Token.RESOURCE -> new AdminParser(parsers).resourceGroup(Verb.ALTER);
            case Token.TABLESPACE, Token.UNDO, Token.LOGFILE ->
                new TablespaceParser(parsers).parse(Verb.ALTER, keyword);
            default -> throw in.errorAt(start);
        };
    }

    Statement drop() {
        in.expect(Token.DROP);
        int start = in.start;
        int keyword = in.kind;
        if (keyword == Token.PREPARE) {
            return new UtilityParser(parsers).deallocate();
        }
        in.advance();
        return switch (keyword) {
            case Token.TABLE, Token.TABLES -> ddl.dropTable(false);
            case Token.TEMPORARY -> {
                if (!in.accept(Token.TABLES)) {
                    in.expect(Token.TABLE);
                }
                yield ddl.dropTable(true);
            }
            case Token.DATABASE, Token.SCHEMA -> ddl.dropDatabase();
            case Token.INDEX -> ddl.dropIndex();
            case Token.VIEW -> ddl.dropView();
            case Token.USER -> parsers.accounts().dropUser();
            case Token.ROLE -> parsers.accounts().dropRole();
            case Token.PROCEDURE -> new RoutineParser(parsers).dropRoutine(false);
            case Token.FUNCTION -> new RoutineParser(parsers).dropRoutine(true);
            case Token.TRIGGER -> new RoutineParser(parsers).dropTrigger();
            case Token.EVENT -> new RoutineParser(parsers).dropEvent();
            case Token.SERVER -> new AdminParser(parsers).server(Verb.DROP);
            case Token.RESOURCE -> new AdminParser(parsers).resourceGroup(Verb.DROP);
            case Token.SPATIAL -> {
                in.expect(Token.REFERENCE);
                in.expect(Token.SYSTEM);
                yield new SpatialReferenceParser(parsers).drop();
            }
            case Token.TABLESPACE, Token.UNDO, Token.LOGFILE -> new TablespaceParser(parsers).parse(Verb.DROP, keyword);
            default -> throw in.errorAt(start);
        };
    }
}
