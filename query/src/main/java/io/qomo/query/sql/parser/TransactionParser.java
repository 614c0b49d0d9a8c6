package io.qomo.query.sql.parser;

import io.qomo.query.sql.ast.Literal;
import io.qomo.query.sql.ast.Statement;
import io.qomo.query.sql.ast.TableName;
import io.qomo.query.sql.ast.TransactionStatement.AccessMode;
import io.qomo.query.sql.ast.TransactionStatement.Commit;
import io.qomo.query.sql.ast.TransactionStatement.LockInstance;
import io.qomo.query.sql.ast.TransactionStatement.LockTables;
import io.qomo.query.sql.ast.TransactionStatement.ReleaseSavepoint;
import io.qomo.query.sql.ast.TransactionStatement.Rollback;
import io.qomo.query.sql.ast.TransactionStatement.RollbackToSavepoint;
import io.qomo.query.sql.ast.TransactionStatement.Savepoint;
import io.qomo.query.sql.ast.TransactionStatement.StartTransaction;
import io.qomo.query.sql.ast.TransactionStatement.TableLock;
import io.qomo.query.sql.ast.TransactionStatement.UnlockTables;
import io.qomo.query.sql.ast.TransactionStatement.XaRecover;
import io.qomo.query.sql.ast.TransactionStatement.XaStatement;
import io.qomo.query.sql.ast.TransactionStatement.Xid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Transactions, savepoints, table locks, XA.
///
/// Source: MySQL 8.0 manual, "Transactional and Locking Statements".
final class TransactionParser {
    private final Parsers parsers;
    private final TokenStream in;

    TransactionParser(Parsers parsers) {
        this.parsers = parsers;
        this.in = parsers.in;
    }

    /// Behind START TRANSACTION.
    Statement start() {
        boolean snapshot = false;
        AccessMode mode = null;
        if (!in.isAtEnd()) {
            do {
                if (in.accept(Token.WITH)) {
                    in.expect(Token.CONSISTENT, Token.SNAPSHOT);
                    snapshot = true;
                } else if (in.kind == Token.READ && mode == null) {
                    mode = SetParser.accessMode(in);
                } else {
                    throw in.error();
                }
            } while (in.accept(Token.COMMA));
        }
        return new StartTransaction(snapshot, mode);
    }

    /// Behind BEGIN.
    Statement begin() {
        in.accept(Token.WORK);
        return new StartTransaction(false, null);
    }

    /// Behind COMMIT.
    Statement commit() {
        in.accept(Token.WORK);
        Boolean chain = chain();
        Boolean release = release(chain);
        return new Commit(chain, release);
    }

    /// Behind ROLLBACK.
    Statement rollback() {
        in.accept(Token.WORK);
        if (in.accept(Token.TO)) {
            if (in.kind == Token.SAVEPOINT && Token.isIdentifier(in.peek(1))) {
                in.advance();
            }
            return new RollbackToSavepoint(in.identifier());
        }
        Boolean chain = chain();
        Boolean release = release(chain);
        return new Rollback(chain, release);
    }

    private @Nullable Boolean chain() {
        if (!in.accept(Token.AND)) {
            return null;
        }
        boolean no = in.accept(Token.NO);
        in.expect(Token.CHAIN);
        return !no;
    }

    private @Nullable Boolean release(@Nullable Boolean chain) {
        if (in.accept(Token.NO)) {
            in.expect(Token.RELEASE);
            return false;
        }
        if (in.kind == Token.RELEASE && Boolean.TRUE.equals(chain)) {
            throw in.error();
        }
        return in.accept(Token.RELEASE) ? Boolean.TRUE : null;
    }

    /// Behind SAVEPOINT.
    Statement savepoint() {
        return new Savepoint(in.identifier());
    }

    /// Behind RELEASE.
    Statement release() {
        in.expect(Token.SAVEPOINT);
        return new ReleaseSavepoint(in.identifier());
    }

    /// Behind LOCK.
    Statement lock() {
        if (in.accept(Token.INSTANCE)) {
            in.expect(Token.FOR);
            in.expect(Token.BACKUP);
            return new LockInstance(false);
        }
        if (!in.accept(Token.TABLES)) {
            in.expect(Token.TABLE);
        }
        List<TableLock> locks = new ArrayList<>();
        do {
            TableName table = parsers.names.parseTableName();
            String alias = in.kind == Token.LOW_PRIORITY ? null : parsers.tables.parseAlias();
            locks.add(new TableLock(table, alias, lockMode()));
        } while (in.accept(Token.COMMA));
        return new LockTables(locks);
    }

    private TableLock.Mode lockMode() {
        if (in.accept(Token.READ)) {
            return in.accept(Token.LOCAL) ? TableLock.Mode.READ_LOCAL : TableLock.Mode.READ;
        }
        in.accept(Token.LOW_PRIORITY);
        in.expect(Token.WRITE);
        return TableLock.Mode.WRITE;
    }

    /// Behind UNLOCK.
    Statement unlock() {
        if (in.accept(Token.INSTANCE)) {
            return new LockInstance(true);
        }
        if (!in.accept(Token.TABLES)) {
            in.expect(Token.TABLE);
        }
        return new UnlockTables();
    }

    /// Behind XA.
    Statement xa() {
        if (in.accept(Token.RECOVER)) {
            boolean convert = in.accept(Token.CONVERT);
            if (convert) {
                in.expect(Token.XID);
            }
            return new XaRecover(convert);
        }
        XaStatement.Verb verb = switch (in.kind) {
            case Token.START, Token.BEGIN -> XaStatement.Verb.START;
            case Token.END -> XaStatement.Verb.END;
            case Token.PREPARE -> XaStatement.Verb.PREPARE;
            case Token.COMMIT -> XaStatement.Verb.COMMIT;
            case Token.ROLLBACK -> XaStatement.Verb.ROLLBACK;
            default -> throw in.error();
        };
        in.advance();
        Xid xid = xid();
        XaStatement.Modifier modifier = XaStatement.Modifier.NONE;
        switch (verb) {
            case START -> {
                if (in.accept(Token.JOIN)) {
                    modifier = XaStatement.Modifier.JOIN;
                } else if (in.accept(Token.RESUME)) {
                    modifier = XaStatement.Modifier.RESUME;
                }
            }
            case END -> {
                if (in.accept(Token.SUSPEND)) {
                    modifier = XaStatement.Modifier.SUSPEND;
                    if (in.accept(Token.FOR)) {
                        in.expect(Token.MIGRATE);
                        modifier = XaStatement.Modifier.SUSPEND_FOR_MIGRATE;
                    }
                }
            }
            case COMMIT -> {
                if (in.accept(Token.ONE)) {
                    in.expect(Token.PHASE);
                    modifier = XaStatement.Modifier.ONE_PHASE;
                }
            }
            case PREPARE, ROLLBACK -> {}
        }
        return new XaStatement(verb, xid, modifier);
    }

    private Xid xid() {
        Literal gtrid = xidText();
        Literal bqual = null;
        long format = 1;
        if (in.accept(Token.COMMA)) {
            bqual = xidText();
            if (in.accept(Token.COMMA)) {
                if (in.kind == Token.HEX) {
                    Literal.HexLiteral hex = (Literal.HexLiteral) Literals.parse(in);
                    format = hex.digits().length() > 16 ? -1 : Long.parseUnsignedLong(hex.digits(), 16);
                } else {
                    format = in.integer();
                }
            }
        }
        return new Xid(gtrid, bqual, format);
    }

    private Literal xidText() {
        if (in.kind != Token.STRING && in.kind != Token.HEX && in.kind != Token.BIT) {
            throw in.error();
        }
        return Literals.parse(in);
    }
}
