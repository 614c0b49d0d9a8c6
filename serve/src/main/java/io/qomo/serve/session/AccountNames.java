package io.qomo.serve.session;

import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.serve.account.AccountId;

/// The account a written name means to a session.
final class AccountNames {
    private AccountNames() {}

    static AccountId of(AccountName name, ServerSession session) {
        String user = name.user();
        return user == null ? session.account() : new AccountId(user, name.hostOrAny());
    }
}
