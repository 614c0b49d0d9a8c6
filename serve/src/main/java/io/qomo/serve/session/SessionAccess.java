package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.query.analyze.AccessChecker;
import io.qomo.serve.account.Access;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.AccountRecord;
import java.util.Collection;
import java.util.List;

/// Checks the privileges a plan needs.
final class SessionAccess implements AccessChecker {
    private final ServerSession session;
    private final Access access;
    private final boolean isDefiner;

    /// The session's own privileges.
    SessionAccess(ServerSession session) {
        this(session, session.access(), false);
    }

    private SessionAccess(ServerSession session, Access access, boolean isDefiner) {
        this.session = session;
        this.access = access;
        this.isDefiner = isDefiner;
    }

    private static io.qomo.serve.account.Privilege of(Privilege privilege) {
        return switch (privilege) {
            case SELECT -> io.qomo.serve.account.Privilege.SELECT;
            case INSERT -> io.qomo.serve.account.Privilege.INSERT;
            case UPDATE -> io.qomo.serve.account.Privilege.UPDATE;
            case DELETE -> io.qomo.serve.account.Privilege.DELETE;
        };
    }

    /// Everybody reads information_schema and performance_schema (which leave out what is not theirs) and does as they
    /// like with their own temporary tables.
    private boolean isFree(Privilege privilege, String database, String table) {
        boolean isOpen =
                database.equalsIgnoreCase("information_schema") || database.equalsIgnoreCase("performance_schema");
        return (privilege == Privilege.SELECT && isOpen)
                || (!isDefiner
                        && session.temporaryTables().find(database, table).isPresent());
    }

    @Override
    public void checkTable(Privilege privilege, String database, String table) {
        if (isFree(privilege, database, table)) {
            return;
        }
        io.qomo.serve.account.Privilege needed = of(privilege);
        boolean isAllowed =
                (access.table(database, table) & needed.bit()) != 0 || access.hasAnyColumn(database, table, needed);
        if (!isAllowed) {
            throw new SqlException(
                    ErrorCode.TABLE_ACCESS_DENIED,
                    privilege.name(),
                    access.account().user(),
                    access.account().host(),
                    table);
        }
    }

    @Override
    public void checkColumns(Privilege privilege, String database, String table, Collection<String> columns) {
        if (isFree(privilege, database, table)) {
            return;
        }
        io.qomo.serve.account.Privilege needed = of(privilege);
        if ((access.table(database, table) & needed.bit()) != 0) {
            return;
        }
        for (String column : columns) {
            if ((access.column(database, table, column) & needed.bit()) == 0) {
                throw new SqlException(
                        ErrorCode.COLUMN_ACCESS_DENIED,
                        privilege.name(),
                        access.account().user(),
                        access.account().host(),
                        column,
                        table);
            }
        }
    }

    @Override
    public AccessChecker forDefiner(String definer) {
        int at = definer.lastIndexOf('@');
        AccountId id = new AccountId(definer.substring(0, Math.max(0, at)), definer.substring(at + 1));
        List<AccountId> roles = session.server()
                .parts()
                .accounts()
                .find(id)
                .map(AccountRecord::defaultRoles)
                .orElseThrow(() -> new SqlException(ErrorCode.NO_SUCH_DEFINER, id.user(), id.host()));
        return new SessionAccess(session, Access.of(session.server().parts().accounts(), id, roles), true);
    }
}
