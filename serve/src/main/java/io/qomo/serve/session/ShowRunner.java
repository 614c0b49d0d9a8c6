package io.qomo.serve.session;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.SqlType;
import io.qomo.query.sql.ast.QueryExpression.Limit;
import io.qomo.query.sql.ast.ShowStatement;
import io.qomo.query.sql.ast.ShowStatement.Kind;
import io.qomo.query.sql.ast.ShowStatement.Show;
import io.qomo.serve.account.Access;
import io.qomo.serve.account.AccountId;
import io.qomo.serve.account.AccountRecord;
import io.qomo.serve.account.AccountStore;
import io.qomo.serve.account.GrantText;
import io.qomo.serve.account.Grants;
import io.qomo.serve.account.Privilege;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// SHOW: conditions, grants and dispatch; tables and the server have runners of their own.
final class ShowRunner {
    private final ServerSession session;

    ShowRunner(ServerSession session) {
        this.session = session;
    }

    void run(StatementRun run, ShowStatement statement) {
        switch (statement) {
            case Show s -> {
                session.count("Com_show_" + s.kind().name().toLowerCase(Locale.ROOT));
                show(run, s);
            }
            case ShowStatement.ShowCreateUser s -> {
                AccountId id = AccountNames.of(s.account(), session);
                AccountRecord account = session.server()
                        .parts()
                        .accounts()
                        .find(id)
                        .orElseThrow(() -> new SqlException(
                                ErrorCode.CANNOT_USER, "SHOW CREATE USER", "'" + id.user() + "'@'" + id.host() + "'"));
                if (!account.id().equals(session.account())) {
                    session.access().requireTable("mysql", "user", Privilege.SELECT);
                }
                new ShownRows(session, run)
                        .text(2048, "CREATE USER for " + account.id())
                        .send(out -> out.text(GrantText.createUser(
                                        account, session.variables().isOn("print_identified_with_as_hex")))
                                .end());
            }
            case ShowStatement.ShowGrants s -> grants(run, s);
            case ShowStatement.ShowEngine s -> engine(run, s);
            case ShowStatement.ShowProfile _ -> throw new SqlException(ErrorCode.NOT_SUPPORTED_YET, "SHOW PROFILE");
            case ShowStatement.ShowLogEvents s ->
                throw new SqlException(
                        ErrorCode.NOT_SUPPORTED_YET, s.relay() ? "SHOW RELAYLOG EVENTS" : "SHOW BINLOG EVENTS");
            case ShowStatement.ShowReplicaStatus _ ->
                new ShownRows(session, run)
                        .text(64, "Replica_IO_State", "Source_Host", "Source_User", "Replica_IO_Running")
                        .text(64, "Replica_SQL_Running", "Last_Error")
                        .number("Seconds_Behind_Source")
                        .send(_ -> {});
        }
    }

    private void show(StatementRun run, Show show) {
        switch (show.kind()) {
            case WARNINGS, ERRORS -> conditions(run, show);
            case COUNT_WARNINGS ->
                count(run, "@@session.warning_count", session.diagnostics().count());
            case COUNT_ERRORS ->
                count(run, "@@session.error_count", session.diagnostics().errorCount());
            case TABLES,
                    TABLE_STATUS,
                    COLUMNS,
                    INDEXES,
                    DATABASES,
                    CREATE_DATABASE,
                    CREATE_TABLE,
                    CREATE_VIEW,
                    OPEN_TABLES,
                    TRIGGERS -> new ShowSchema(session, run).show(show);
            case CREATE_EVENT, CREATE_FUNCTION, CREATE_PROCEDURE, CREATE_TRIGGER, FUNCTION_CODE, PROCEDURE_CODE -> {
                String word = show.kind().name().replaceAll("CREATE_|_CODE", "");
                String name = show.object() == null ? "" : show.object().name();
                throw new SqlException(ErrorCode.SP_DOES_NOT_EXIST, word, name);
            }
            case BINARY_LOGS,
                    BINARY_LOG_STATUS,
                    CHARACTER_SETS,
                    COLLATIONS,
                    ENGINES,
                    EVENTS,
                    FUNCTION_STATUS,
                    PLUGINS,
                    PRIVILEGES,
                    PROCEDURE_STATUS,
                    PROCESSLIST,
                    PROFILES,
                    REPLICAS,
                    STATUS,
                    VARIABLES -> new ShowServer(session, run).show(show);
        }
    }

    private void count(StatementRun run, String name, long value) {
        new ShownRows(session, run).number(name).send(out -> out.number(value).end());
    }

    private void conditions(StatementRun run, Show show) {
        List<Diagnostics.Condition> shown = new ArrayList<>();
        for (Diagnostics.Condition condition : session.diagnostics().conditions()) {
            boolean isError = condition.levelWord().equals("Error");
            if (show.kind() == Kind.WARNINGS || isError) {
                shown.add(condition);
            }
        }
        List<Diagnostics.Condition> part = limited(run, shown, show.limit());
        new ShownRows(session, run)
                .text(7, "Level")
                .column("Code", SqlType.integer(io.qomo.base.type.TypeKind.INT, true))
                .text(512, "Message")
                .send(out -> part.forEach(c -> out.text(c.levelWord())
                        .number(c.errno())
                        .text(c.message())
                        .end()));
    }

    private <T> List<T> limited(StatementRun run, List<T> all, @Nullable Limit limit) {
        if (limit == null) {
            return all;
        }
        Evaluations evaluations = new Evaluations(session, run);
        long offset = limit.offset() == null ? 0 : number(evaluations, limit.offset());
        long count = number(evaluations, limit.count());
        return all.stream().skip(offset).limit(count).toList();
    }

    private static long number(Evaluations evaluations, io.qomo.query.sql.ast.Expression expression) {
        return Math.max(
                0,
                io.qomo.serve.variable.VariableValue.of(evaluations.value(expression))
                        .number());
    }

    private AccountRecord existing(AccountId id) {
        return session.server()
                .parts()
                .accounts()
                .find(id)
                .orElseThrow(() -> new SqlException(ErrorCode.NONEXISTING_GRANT, id.user(), id.host()));
    }

    private void grants(StatementRun run, ShowStatement.ShowGrants statement) {
        AccountId id = statement.account() == null ? session.account() : AccountNames.of(statement.account(), session);
        boolean isOwn = id.equals(session.account());
        if (!isOwn && !session.activeRoles().contains(id)) {
            session.access().requireDatabase("mysql", Privilege.SELECT);
        }
        AccountRecord account = existing(id);
        List<AccountId> roles = new ArrayList<>();
        statement.roles().forEach(r -> roles.add(AccountNames.of(r, session)));
        if (statement.account() == null) {
            roles.addAll(session.activeRoles());
        }
        Grants grants = union(account.grants(), roles);
        new ShownRows(session, run)
                .text(1024, "Grants for " + id)
                .send(out -> GrantText.grants(id, grants)
                        .forEach(line -> out.text(line).end()));
    }

    /// What an account holds with roles, as grants to it.
    private Grants union(Grants own, List<AccountId> roles) {
        AccountStore store = session.server().parts().accounts();
        Grants result = own;
        for (AccountId role : Access.closure(store, roles)) {
            Grants more = store.find(role).map(AccountRecord::grants).orElse(Grants.NONE);
            Map<String, Boolean> dynamic = new TreeMap<>(result.dynamic());
            more.dynamic().forEach((name, can) -> dynamic.merge(name, can, Boolean::logicalOr));
            Map<String, Long> databases = new TreeMap<>(result.databases());
            more.databases().forEach((name, mask) -> databases.merge(name, mask, (a, b) -> a | b));
            Map<Grants.TableKey, Grants.TableGrant> tables = new TreeMap<>(result.tables());
            more.tables().forEach((key, grant) -> tables.merge(key, grant, ShowRunner::join));
            result = new Grants(result.global() | more.global(), dynamic, databases, tables, result.roles());
        }
        return result;
    }

    private static Grants.TableGrant join(Grants.TableGrant a, Grants.TableGrant b) {
        Map<String, Long> columns = new TreeMap<>(a.columns());
        b.columns().forEach((name, mask) -> columns.merge(name, mask, (x, y) -> x | y));
        return new Grants.TableGrant(a.mask() | b.mask(), columns);
    }

    private void engine(StatementRun run, ShowStatement.ShowEngine statement) {
        session.access().require(Privilege.PROCESS);
        boolean isStatus = statement.what().equalsIgnoreCase("STATUS");
        if (!statement.engine().equalsIgnoreCase("InnoDB") || !isStatus) {
            throw new SqlException(
                    ErrorCode.NOT_SUPPORTED_YET, "SHOW ENGINE " + statement.engine() + " " + statement.what());
        }
        String text = "Open transactions: "
                + session.server().parts().store().transactions().openTransactions() + "\nLatest commit timestamp: "
                + session.server().parts().store().transactions().latestTimestamp() + "\n";
        new ShownRows(session, run)
                .text(10, "Type")
                .text(512, "Name")
                .longText("Status")
                .send(out -> out.text("InnoDB").text("").text(text).end());
    }
}
