package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.UtilityStatement.Shutdown;
import io.qomo.query.sql.ast.UtilityStatement.TableMaintenance;

/// Chooses the parser of a statement by its first word.
final class StatementParser {
    private final Parsers parsers;
    private final TokenStream in;

    StatementParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// One statement, without the semicolon behind it.
    Statement parse() {
        return switch (in.kind) {
            case Token.SELECT, Token.TABLE, Token.VALUES, Token.LEFT_PAREN -> new DmlParser(parsers).parseSelect();
            case Token.WITH -> new DmlParser(parsers).parseWith();
            case Token.INSERT -> new DmlParser(parsers).parseInsert(false);
            case Token.REPLACE -> new DmlParser(parsers).parseInsert(true);
            case Token.UPDATE -> new DmlParser(parsers).parseUpdate(null);
            case Token.DELETE -> new DmlParser(parsers).parseDelete(null);
            case Token.DO -> new DmlParser(parsers).parseDo();
            case Token.CALL -> new DmlParser(parsers).parseCall();
            case Token.HANDLER -> new DmlParser(parsers).parseHandler();
            case Token.IMPORT -> new DmlParser(parsers).parseImport();
            case Token.SET -> new SetParser(parsers).parse();
            case Token.SHOW -> new ShowParser(parsers).parse();
            case Token.CREATE -> new ObjectParser(parsers).create();
            case Token.ALTER -> new ObjectParser(parsers).alter();
            case Token.DROP -> new ObjectParser(parsers).drop();
            default -> {
                int keyword = in.kind;
                int start = in.start;
                in.advance();
                yield rest(keyword, start);
            }
        };
    }

    /// Behind the first word.
    private Statement rest(int keyword, int start) {
        return switch (keyword) {
            case Token.BEGIN -> new TransactionParser(parsers).begin();
            case Token.COMMIT -> new TransactionParser(parsers).commit();
            case Token.ROLLBACK -> new TransactionParser(parsers).rollback();
            case Token.SAVEPOINT -> new TransactionParser(parsers).savepoint();
            case Token.RELEASE -> new TransactionParser(parsers).release();
            case Token.LOCK -> new TransactionParser(parsers).lock();
            case Token.UNLOCK -> new TransactionParser(parsers).unlock();
            case Token.XA -> new TransactionParser(parsers).xa();
            case Token.START -> start();
            case Token.TRUNCATE -> new DdlParser(parsers).truncate();
            case Token.RENAME -> rename();
            case Token.LOAD -> load();
            case Token.USE -> new UtilityParser(parsers).use();
            case Token.EXPLAIN, Token.DESCRIBE, Token.DESC -> new UtilityParser(parsers).explain();
            case Token.PREPARE -> new UtilityParser(parsers).prepare();
            case Token.EXECUTE -> new UtilityParser(parsers).execute();
            case Token.DEALLOCATE -> new UtilityParser(parsers).deallocate();
            case Token.KILL -> new UtilityParser(parsers).kill();
            case Token.FLUSH -> new UtilityParser(parsers).flush();
            case Token.HELP -> new UtilityParser(parsers).help();
            case Token.ANALYZE -> new UtilityParser(parsers).maintain(TableMaintenance.Operation.ANALYZE);
            case Token.CHECK -> new UtilityParser(parsers).maintain(TableMaintenance.Operation.CHECK);
            case Token.CHECKSUM -> new UtilityParser(parsers).maintain(TableMaintenance.Operation.CHECKSUM);
            case Token.OPTIMIZE -> new UtilityParser(parsers).maintain(TableMaintenance.Operation.OPTIMIZE);
            case Token.REPAIR -> new UtilityParser(parsers).maintain(TableMaintenance.Operation.REPAIR);
            case Token.GRANT -> new GrantParser(parsers).grant();
            case Token.REVOKE -> new GrantParser(parsers).revoke();
            case Token.SIGNAL -> new DiagnosticsParser(parsers).signal(false);
            case Token.RESIGNAL -> new DiagnosticsParser(parsers).signal(true);
            case Token.GET -> new DiagnosticsParser(parsers).getDiagnostics();
            case Token.SHUTDOWN -> new Shutdown(false);
            case Token.RESTART -> new Shutdown(true);
            case Token.INSTALL -> new AdminParser(parsers).install();
            case Token.UNINSTALL -> new AdminParser(parsers).uninstall();
            case Token.CLONE -> new AdminParser(parsers).cloneInstance();
            case Token.CACHE -> new AdminParser(parsers).cacheIndex();
            case Token.CHANGE -> new ReplicationParser(parsers).change();
            case Token.PURGE -> new ReplicationParser(parsers).purge();
            case Token.RESET -> new ReplicationParser(parsers).reset();
            case Token.STOP -> new ReplicationParser(parsers).startOrStop("STOP");
            case Token.BINLOG -> new ReplicationParser(parsers).binlog();
            default -> throw in.errorAt(start);
        };
    }

    private Statement start() {
        if (in.accept(Token.TRANSACTION)) {
            return new TransactionParser(parsers).start();
        }
        return new ReplicationParser(parsers).startOrStop("START");
    }

    private Statement rename() {
        if (in.accept(Token.USER)) {
            return parsers.accounts().renameUser();
        }
        if (!in.accept(Token.TABLES)) {
            in.expect(Token.TABLE);
        }
        return new DdlParser(parsers).renameTable();
    }

    private Statement load() {
        if (in.kind == Token.INDEX) {
            return new AdminParser(parsers).loadIndex();
        }
        if (in.kind != Token.DATA && in.kind != Token.XML) {
            throw in.error();
        }
        return new DmlParser(parsers).parseLoad();
    }
}
