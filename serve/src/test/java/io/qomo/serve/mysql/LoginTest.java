package io.qomo.serve.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.base.env.SystemEnv;
import io.qomo.serve.auth.Verifiers;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.session.api.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            assertThat(session.client.tls()).isNull();
            assertThat(session.client.attributes()).containsEntry("a", "b").containsKey("_client_name");
        }
    }

    @Test
    void encrypts() throws SQLException {
        for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (Connection c = fixture.mysql("sha", "secret", "sslMode=REQUIRED&tlsVersions=" + protocol)) {
                assertThat(echo(c)).isEqualTo("hello");
                FakeSession session =
                        fixture.service.sessions.values().iterator().next();
                assertThat(Objects.requireNonNull(session.client.tls()).version())
                        .isEqualTo(protocol);
            }
            fixture.service.add("sha", Verifiers.CACHING_SHA2, "secret");
            try (Connection c =
                    fixture.mariadb("sha", "secret", "sslMode=trust&enabledSslProtocolSuites=" + protocol)) {
                assertThat(echo(c)).isEqualTo("hello");
            }
        }
        assertThatThrownBy(() -> fixture.mysql("sha", "wrong", "sslMode=REQUIRED"))
                .hasMessageContaining("Access denied");
    }

    @Test
    void showsACertificateThatClientsCanVerify(@TempDir Path keys) throws SQLException, IOException {
        try (ServerFixture other =
                new ServerFixture(ListenerOptions.of("127.0.0.1", 0).withKeyDirectory(keys))) {
            // the first connection makes the certificate
            other.mariadb("sha", "secret", "sslMode=trust").close();
            String verified = "sslMode=verify-full&serverSslCert=" + keys.resolve("server-cert.pem");
            try (Connection c = other.mariadb("sha", "secret", verified)) {
                assertThat(echo(c)).isEqualTo("hello");
            }
            assertThatThrownBy(() -> fixture.mariadb("sha", "secret", verified))
                    .as("another server's certificate")
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void sendsLargeResultsEncrypted() throws SQLException {
        try (Connection c = fixture.mysql("sha", "secret", "sslMode=REQUIRED");
                Statement statement = c.createStatement();
                ResultSet rows = statement.executeQuery("SELECT BLOB 20000000")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBytes(1)).hasSize(20_000_000);
        }
    }

    @Test
    void insistsOnTlsWhereTheAccountDoes() throws SQLException {
        byte[] verifier = Verifiers.make(Verifiers.NATIVE, "secret".getBytes(StandardCharsets.UTF_8), new SystemEnv());
        fixture.service.add(new Account("private", "%", Verifiers.NATIVE, verifier, false, false, true));
        assertThatThrownBy(() -> fixture.mysql("private", "secret", PLAIN)).hasMessageContaining("Access denied");
        fixture.mysql("private", "secret", "sslMode=REQUIRED").close();
    }

    @Test
    void lateClientsOfExpiredAccountsAreTurnedAway() throws IOException {
        fixture.service.add(new Account("old", "%", Verifiers.NATIVE, new byte[0], false, true, false));
        try (RawClient client = new RawClient(fixture.server.port())) {
            client.greeting();
            client.respond(RawClient.PLAIN, "old", new byte[0], Verifiers.NATIVE);
            assertThat(client.error()).isEqualTo(1862);
        }
        try (RawClient client = new RawClient(fixture.server.port())) {
            client.greeting();
            client.respond(
                    RawClient.PLAIN | Capability.CAN_HANDLE_EXPIRED_PASSWORDS, "old", new byte[0], Verifiers.NATIVE);
            assertThat(client.error()).isZero();
        }
    }

    @Test
    void switchesThePlugin() throws IOException {
        try (RawClient client = new RawClient(fixture.server.port())) {
            client.greeting();
            client.respond(RawClient.PLAIN, "native", new byte[32], Verifiers.CACHING_SHA2);
            byte[] request = client.packet();
            assertThat(request[0]).isEqualTo((byte) 0xFE);
            String plugin = new String(request, 1, Verifiers.NATIVE.length(), StandardCharsets.US_ASCII);
            assertThat(plugin).isEqualTo(Verifiers.NATIVE);
            assertThat(request).hasSize(1 + plugin.length() + 1 + 20 + 1);
            client.nonce = Arrays.copyOfRange(request, plugin.length() + 2, request.length - 1);
            client.send(client.nativeReply("secret"));
            assertThat(client.packet()[0]).isZero();
        }
        int withoutPlugins = RawClient.PLAIN & ~Capability.PLUGIN_AUTH;
        try (RawClient client = new RawClient(fixture.server.port())) {
            client.greeting();
            client.respond(withoutPlugins, "native", client.nativeReply("secret"), "");
            assertThat(client.packet()[0]).isZero();
        }
        try (RawClient client = new RawClient(fixture.server.port())) {
            client.greeting();
            client.respond(withoutPlugins, "sha", client.nativeReply("secret"), "");
            assertThat(client.error()).isEqualTo(1251);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void clientsOfVersion3AreTurnedAway() throws IOException {
        try (RawClient client = new RawClient(fixture.server.port())) {
            client.greeting();
            client.send(new byte[] {5, 0, 0, 0, 'r', 0, 0});
            assertThat(client.error()).isEqualTo(1251);
        }
    }

    @Test
    void unknownUsersGoThroughTheWholeExchange() throws IOException {
        try (RawClient client = new RawClient(fixture.server.port())) {
            client.greeting();
            client.respond(RawClient.PLAIN, "nobody", new byte[32], Verifiers.CACHING_SHA2);
            assertThat(client.packet()).isEqualTo(new byte[] {1, 4});
            client.send(new byte[] {2});
            assertThat(new String(client.packet(), 1, 26, StandardCharsets.US_ASCII))
                    .isEqualTo("-----BEGIN PUBLIC KEY-----");
            client.send(new byte[256]);
            assertThat(client.error()).isEqualTo(1045);
        }
    }

    @Test
    void changesTheUser() throws IOException {
        try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
            int id = PreparedTest.prepare(client, "SELECT ?", 1);
            client.command(Command.CHANGE_USER, changeUser("native", new byte[20], "other"));
            byte[] request = client.packet();
            assertThat(request[0]).as("asks for a fresh reply").isEqualTo((byte) 0xFE);
            client.nonce = Arrays.copyOfRange(request, request.length - 21, request.length - 1);
            client.send(client.nativeReply("secret"));
            assertThat(client.packet()[0]).isZero();
            FakeSession session = fixture.service.sessions.values().iterator().next();
            assertThat(session.client.user()).isEqualTo("native");
            assertThat(session.client.database()).isEqualTo("other");
            assertThat(session.client.collation().id()).isEqualTo(8);
            assertThat(session.client.attributes()).isEmpty();
            client.command(Command.STMT_RESET, RawClient.bytes(id));
            assertThat(client.error()).isEqualTo(1243);
            client.command(Command.CHANGE_USER, changeUser("sha", new byte[20], ""));
            assertThat(client.packet()[0]).as("plugin switch").isEqualTo((byte) 0xFE);
            client.send(new byte[32]);
            assertThat(client.packet()).isEqualTo(new byte[] {1, 4});
            client.send("wrong\0".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.error()).isEqualTo(1045);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    private static byte[] changeUser(String user, byte[] reply, String database) {
        return RawClient.bytes(
                user, (byte) 0, (byte) reply.length, reply, database, (byte) 0, (short) 8, Verifiers.NATIVE, (byte) 0);
    }

    static String echo(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT ECHO hello")) {
            assertThat(rows.next()).isTrue();
            return new String(rows.getBytes(1), StandardCharsets.UTF_8);
        }
    }
}
