package io.qomo.serve.systemtable;

import io.qomo.query.catalog.Catalog;
import io.qomo.serve.account.Access;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.variable.SessionVariables;
import java.util.Map;
import java.util.Set;

/// What system tables ask of the session that reads them.
public interface SystemSession {
    /// What the session may see.
    Access access();

    /// Its account.
    AccountId account();

    /// Its active roles.
    Set<AccountId> activeRoles();

    /// The schema it sees.
    Catalog catalog();

    /// Its system variables.
    SessionVariables variables();

    /// SHOW SESSION STATUS.
    Map<String, String> status();

    /// Its connection id.
    long connectionId();
}
