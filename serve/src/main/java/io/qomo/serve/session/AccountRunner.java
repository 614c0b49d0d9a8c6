package io.qomo.serve.session;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.base.type.SqlType;
import io.qomo.query.catalog.Catalog;
import io.qomo.query.sql.ast.AccountStatement;
import io.qomo.query.sql.ast.AccountStatement.RoleSet;
import io.qomo.query.sql.ast.Statement.AccountName;
import io.qomo.serve.account.Access;
import io.qomo.serve.account.AccountContext;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.AccountRecord;
import io.qomo.serve.account.AccountStatements;
import io.qomo.serve.account.AccountStatements.GeneratedPassword;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// CREATE USER to REVOKE, and SET ROLE.
final class AccountRunner implements AccountContext {
    private final ServerSession session;

    AccountRunner(ServerSession session) {
        this.session = session;
    }

    void run(StatementRun run, AccountStatement statement) {
        if (statement instanceof AccountStatement.SetRole setRole) {
            session.setActiveRoles(roles(setRole.roles()));
            Ok.send(session, run);
            return;
        }
        WriteChecks.checkServer(session);
        TransactionRunner.commitImplicitly(session);
        List<GeneratedPassword> generated =
                new AccountStatements(session.server().parts().accounts(), this).execute(statement);
        if (generated.isEmpty()) {
            Ok.send(session, run);
            return;
        }
        SqlType text = SqlType.varchar(255, Collation.UTF8MB3_GENERAL_CI);
        new ShownRows(session, run)
                .column("user", text)
                .column("host", text)
                .column("generated password", text)
                .column("auth_factor", SqlType.BIGINT)
                .send(out -> generated.forEach(g -> out.text(g.account().user())
                        .text(g.account().host())
                        .text(g.password())
                        .number(1)
                        .end()));
    }

    private Set<AccountId> roles(RoleSet set) {
        AccountRecord self = session.server()
                .parts()
                .accounts()
                .find(session.account())
                .orElseThrow(() -> new SqlException(
                        ErrorCode.UNKNOWN_AUTH_ID, session.account().quoted()));
        Set<AccountId> granted = self.grants().roles().keySet();
        return switch (set.kind()) {
            case NONE -> Set.of();
            case DEFAULT -> new TreeSet<>(self.defaultRoles());
            case ALL -> {
                Set<AccountId> all = new TreeSet<>(granted);
                set.names().forEach(n -> all.remove(id(n)));
                yield all;
            }
            case NAMED -> {
                Set<AccountId> named = new TreeSet<>();
                for (AccountName name : set.names()) {
                    if (!granted.contains(id(name))) {
                        throw new SqlException(
                                ErrorCode.ROLE_NOT_GRANTED,
                                id(name).quoted(),
                                self.id().quoted());
                    }
                    named.add(id(name));
                }
                yield named;
            }
        };
    }

    private AccountId id(AccountName name) {
        String user = name.user();
        return user == null ? session.account() : new AccountId(user, name.hostOrAny());
    }

    @Override
    public AccountId account() {
        return session.account();
    }

    @Override
    public Access access() {
        return session.access();
    }

    @Override
    public Catalog catalog() {
        return session.catalog();
    }

    @Override
    public @Nullable String database() {
        return session.database();
    }

    @Override
    public Env env() {
        return session.server().env();
    }

    @Override
    public void note(ErrorCode code, Object... arguments) {
        session.diagnostics().note(code, arguments);
    }

    @Override
    public String defaultPlugin() {
        return session.variables().value("default_authentication_plugin").text();
    }

    @Override
    public int randomPasswordLength() {
        return (int) session.variables().number("generated_random_password_length");
    }

    @Override
    public void passwordWasSet() {
        session.passwordWasSet();
    }
}
