package io.qomo.serve.account;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.query.catalog.Catalog;
import org.jspecify.annotations.Nullable;

/// The session that changes accounts. Owned by its thread.
public interface AccountContext {
    /// The account it is logged in as.
    AccountId account();

    /// What it may do.
    Access access();

    /// The schema: tables and columns named in GRANT must exist.
    Catalog catalog();

    /// The current database, or null.
    @Nullable String database();

    /// Clock and entropy.
    Env env();

    /// Adds a note.
    void note(ErrorCode code, Object... arguments);

    /// The default plugin for new accounts.
    String defaultPlugin();

    /// Characters of generated passwords.
    int randomPasswordLength();

    /// Whether error 1820 is over for the session: its own password was set.
    void passwordWasSet();
}
