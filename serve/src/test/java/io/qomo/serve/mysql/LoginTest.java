package io.qomo.serve.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.env.SystemEnv;
import io.qomo.serve.auth.Verifiers;
import io.qomo.serve.session.api.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who gets in, by two drivers.
class LoginTest {
    private static final String PLAIN = "sslMode=DISABLED&allowPublicKeyRetrieval=true";
    private static final String MARIADB_PLAIN = "sslMode=disable&allowPublicKeyRetrieval=true";
    private ServerFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ServerFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
        assertThat(fixture.service.sessions).isEmpty();
        assertThat(fixture.server.connectionCount()).isZero();
    }

    @Test
    void acceptsEveryPluginFromBothDrivers() throws SQLException {
        for (String[] login : new String[][] {
            {"root", ""}, {"sha", "secret"}, {"sha", "secret"}, {"native", "secret"}, {"nativeempty", ""}
        }) {
            try (Connection c = fixture.mysql(login[0], login[1], PLAIN)) {
                assertThat(echo(c)).isEqualTo("hello");
            }
            try (Connection c = fixture.mariadb(login[0], login[1], MARIADB_PLAIN)) {
                assertThat(echo(c)).isEqualTo("hello");
            }
        }
    }

    @Test
    void refusesWrongPasswordsAndUnknownUsersAlike() {
        for (String user : new String[] {"sha", "native", "nobody", "root", "nativeempty"}) {
            assertThatThrownBy(() -> fixture.mysql(user, "wrong", PLAIN))
                    .hasMessageContaining("Access denied for user '" + user + "'@'localhost' (using password: YES)");
            assertThatThrownBy(() -> fixture.mariadb(user, "wrong", MARIADB_PLAIN))
                    .hasMessageContaining("Access denied for user '" + user + "'@'localhost' (using password: YES)");
        }
        for (String user : new String[] {"sha", "native", "nobody"}) {
            assertThatThrownBy(() -> fixture.mysql(user, "", PLAIN))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(1045);
                        assertThat(e.getSQLState()).isEqualTo("28000");
                    })
                    .hasMessageContaining("(using password: NO)");
        }
    }

    @Test
    void asksForThePasswordAgainAfterItChanged() throws SQLException {
        fixture.mysql("sha", "secret", PLAIN).close();
        fixture.service.add("sha", Verifiers.CACHING_SHA2, "other");
        assertThatThrownBy(() -> fixture.mysql("sha", "secret", PLAIN)).hasMessageContaining("Access denied");
        fixture.mysql("sha", "other", PLAIN).close();
    }

    @Test
    void turnsAwayLockedAccountsAndFullServers() throws SQLException {
        byte[] verifier = Verifiers.make(Verifiers.NATIVE, "secret".getBytes(StandardCharsets.UTF_8), new SystemEnv());
        fixture.service.add(new Account("locked", "%", Verifiers.NATIVE, verifier, true, false, false));
        assertThatThrownBy(() -> fixture.mysql("locked", "secret", PLAIN)).hasMessageContaining("Account is locked");
        assertThatThrownBy(() -> fixture.mysql("locked", "wrong", PLAIN)).hasMessageContaining("(using password: YES)");
        fixture.service.full = true;
        assertThatThrownBy(() -> fixture.mysql("native", "secret", PLAIN)).hasMessageContaining("Too many connections");
        assertThatThrownBy(() -> fixture.mariadb("native", "secret", MARIADB_PLAIN))
                .hasMessageContaining("Too many connections");
        fixture.service.full = false;
        fixture.service.maxConnections = 0;
        assertThatThrownBy(() -> fixture.mysql("native", "secret", PLAIN))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1040));
    }

    @Test
    void tellsTheSessionWhoTheClientIs() throws SQLException {
        try (Connection c = fixture.mysql(
                "sha", "secret", PLAIN + "&useAffectedRows=false&allowMultiQueries=true&connectionAttributes=a:b")) {
            assertThat(echo(c)).isEqualTo("hello");
            FakeSession session = fixture.service.sessions.values().iterator().next();
            assertThat(session.client.user()).isEqualTo("sha");
            assertThat(session.client.host()).isEqualTo("localhost");
            assertThat(session.client.database()).isEqualTo("db");
            assertThat(session.client.foundRows()).isTrue();
            assertThat(session.client.multiStatements()).isTrue();
            assertThat(session.client.tls()).isFalse();
            assertThat(session.client.attributes()).containsEntry("a", "b").containsKey("_client_name");
        }
    }

    static String echo(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ECHO hello")) {
            assertThat(rows.next()).isTrue();
            return new String(rows.getBytes(1), StandardCharsets.UTF_8);
        }
    }
}
