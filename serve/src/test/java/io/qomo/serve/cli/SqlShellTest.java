package io.qomo.serve.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.Qomo;
import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import io.qomo.serve.client.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlShellTest {
    @TempDir
    Path temp;

    private Qomo qomo;
    private int status;
    private String errors = "";
    private Map<String, String> environment = Map.of();

    @BeforeAll
    void start() {
        qomo = Qomo.embedded().inMemory().start();
    }

    @AfterAll
    void stop() {
        qomo.close();
    }

    /// What `qomo sql` prints, each byte as a char.
    private String sql(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("-P", Integer.toString(qomo.port())));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            status = new SqlShell(SqlOptions.parse(all, environment), outStream, errStream).run();
        }
        errors = err.toString(StandardCharsets.UTF_8);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private String file(String latin1) throws IOException {
        Path file = temp.resolve("script.sql");
        Files.writeString(file, latin1, StandardCharsets.ISO_8859_1);
        return file.toString();
    }

    @Test
    void bytesPassThroughBothWays() throws IOException {
        String file = file("SELECT HEX('\u00ff\u00fe') AS h;\nSELECT _binary '\u00ff\\0\u0080\\t' AS b;\n");
        assertThat(sql(file)).isEqualTo("h\nFFFE\nb\n\u00ff\\0\u0080\\t\n");
        assertThat(status).isZero();
    }

    @Test
    void commentsAtTheEndAndBetweenAreNoStatements() throws IOException {
        assertThat(sql(file("SELECT 1 AS a;\n/* c */;\nSELECT 2 AS b;\n-- Dump completed\n")))
                .isEqualTo("a\n1\nb\n2\n");
        assertThat(status).isZero();
        assertThat(sql("-e", "SELECT 1 AS a; -- done")).isEqualTo("a\n1\n");
        assertThat(status).isZero();
    }

    @Test
    void anErrorNamesItsLine() throws IOException {
        String file = file("SELECT 1 AS a;\n\nSELECT\nnonsense;\nSELECT 2;\n");
        assertThat(sql(file)).isEqualTo("a\n1\n");
        assertThat(status).isEqualTo(1);
        assertThat(errors).startsWith("ERROR 1054 (42S22) at line 3 in file: '" + file + "': ");
    }

    @Test
    void scriptsRunScripts() throws IOException {
        Path inner = temp.resolve("inner.sql");
        Files.writeString(inner, "SELECT DATABASE() AS d;\nexit\nSELECT 9;\n");
        assertThat(sql("-e", "USE mysql\nsource " + inner + "\nSELECT 1 AS a;")).isEqualTo("d\nmysql\na\n1\n");
    }

    private static final String CIPHER = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";

    @Test
    void anAccountThatNeedsTlsGetsIt() throws IOException {
        sql("-e", "CREATE USER tls@localhost IDENTIFIED BY 'pw' REQUIRE SSL");
        assertThat(sql("-e", CIPHER)).isEqualTo("Variable_name\tValue\nSsl_cipher\t\n");
        assertThat(sql("-u", "tls", "-ppw", "-e", CIPHER)).contains("TLS_AES");
        assertThat(sql("-u", "tls", "-ppw", "-e", "SHOW SESSION STATUS LIKE 'Ssl_version'"))
                .contains("TLSv1.3");
        assertThat(sql("-u", "tls", "-ppw", "-e", "status")).contains("encrypted: TLS_AES");
        assertThat(sql("-e", "status")).contains("encrypted: no");
        assertThat(sql("-u", "tls", "-pwrong", "-e", CIPHER)).isEmpty();
        assertThat(errors).startsWith("ERROR 1045 (28000): Access denied for user 'tls'@'localhost'");
        assertThat(sql("-u", "tls", "-ppw", "--ssl-mode=DISABLED", "-e", CIPHER))
                .isEmpty();
        assertThat(errors).startsWith("ERROR 1045 (28000)");
    }

    @Test
    void tlsCanBeAskedForAndTheServerChecked() throws IOException {
        Path data = temp.resolve("data");
        try (Qomo other = Qomo.embedded().dataDir(data).start()) {
            String port = Integer.toString(other.port());
            String certificate = data.resolve("keys/server-cert.pem").toString();
            assertThat(sql("-P", port, "--ssl-mode", "required", "-e", CIPHER)).contains("TLS_AES");
            assertThat(sql("-P", port, "--ssl-ca", certificate, "-e", CIPHER)).contains("TLS_AES");
            assertThat(sql("-P", port, "--ssl-mode=VERIFY_IDENTITY", "--ssl-ca=" + certificate, "-e", CIPHER))
                    .contains("TLS_AES");
            assertThat(sql("--ssl-ca=" + certificate, "-e", CIPHER)).isEmpty();
            assertThat(errors).startsWith("ERROR 2026 (HY000): SSL connection error: ");
            assertThat(sql("-P", port, "--ssl-mode=VERIFY_CA", "-e", CIPHER)).isEmpty();
            assertThat(errors)
                    .isEqualTo("ERROR 2026 (HY000): SSL connection error: CA certificate is required if ssl-mode"
                            + " is VERIFY_CA or VERIFY_IDENTITY\n");
        }
        assertThatThrownBy(() -> sql("--ssl-mode=SOMETIMES")).isInstanceOf(UsageException.class);
    }

    @Test
    void anAccountWithALimitIsToldOfIt() throws IOException {
        sql("-e", "CREATE USER lim@localhost WITH MAX_USER_CONNECTIONS 1");
        SqlOptions options = SqlOptions.parse(List.of("-P", Integer.toString(qomo.port()), "-u", "lim"), Map.of());
        try (Connection first = SqlShell.connect(options, "", "")) {
            assertThat(sql("-u", "lim", "-e", "SELECT 1")).isEmpty();
            assertThat(errors)
                    .isEqualTo("ERROR 1226 (42000): User 'lim' has exceeded the 'max_user_connections' resource"
                            + " (current value: 1)\n");
            assertThat(first.isOpen()).isTrue();
        }
    }

    @Test
    void aPersonWithAnExpiredPasswordMayChangeIt() throws IOException {
        sql("-e", "CREATE USER old@localhost IDENTIFIED BY 'pw' PASSWORD EXPIRE");
        assertThat(sql("-u", "old", "-ppw", "-e", "SELECT 1")).isEmpty();
        assertThat(errors).startsWith("ERROR 1862 (HY000)");
        TablePrinter nowhere = new TablePrinter(
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                TablePrinter.Form.TABS,
                true);
        try (Connection person = new Connection(new Connection.Options(
                "127.0.0.1", qomo.port(), "old", "pw", "", Duration.ofSeconds(20), Tls.PREFERRED, true))) {
            assertThatThrownBy(() -> person.query("SELECT 1", nowhere)).isInstanceOf(ServerError.class);
            person.query("ALTER USER USER() IDENTIFIED BY 'new'", nowhere);
            person.query("SELECT 1", nowhere);
        }
        assertThat(sql("-u", "old", "-pnew", "-e", "SELECT 1 AS a")).isEqualTo("a\n1\n");
    }

    @Test
    void aCommentWithoutAnEndIsAnError() throws IOException {
        String file = file("SELECT 1 AS a;\n\n/* never\nSELECT 2;\n");
        assertThat(sql(file)).isEqualTo("a\n1\n");
        assertThat(status).isEqualTo(1);
        assertThat(errors).startsWith("ERROR 1064 (42000) at line 3 in file: '" + file + "': ");
        assertThat(sql("-e", "SELECT 1 AS a /* never")).isEmpty();
        assertThat(errors).startsWith("ERROR 1064 (42000) at line 1: ");
    }

    @Test
    void thePasswordMayComeFromTheEnvironment() throws IOException {
        sql("-e", "CREATE USER env@localhost IDENTIFIED BY 'secret'");
        environment = Map.of("MYSQL_PWD", "secret");
        assertThat(sql("-u", "env", "-e", "SELECT 1 AS a")).isEqualTo("a\n1\n");
        assertThat(sql("-u", "env", "-pother", "-e", "SELECT 1 AS a")).isEmpty();
        environment = Map.of();
    }

    @Test
    void statementsAndFilesAreNotGivenTogether() {
        assertThatThrownBy(() -> sql("-e", "SELECT 1", "file.sql"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("file.sql");
    }

    @Test
    void drawsBinaryColumnsInHexadecimal() throws IOException {
        assertThat(sql("-t", "-e", "SELECT x'41' AS b, '中' AS t, b'1010' + 0 AS n"))
                .isEqualTo(StatementSplitter.latin1("""
                        +------+----+----+
                        | b    | t  | n  |
                        +------+----+----+
                        | 0x41 | 中 | 10 |
                        +------+----+----+
                        """));
    }

    @Test
    void theConnectionIsMadeAnewWithItsDatabase() throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Qomo first = Qomo.embedded().inMemory().start();
        int port = first.port();
        SqlOptions options = SqlOptions.parse(List.of("-P", Integer.toString(port), "-D", "mysql"), Map.of());
        TablePrinter nowhere = new TablePrinter(
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                TablePrinter.Form.TABS,
                true);
        try (PrintStream out = new PrintStream(told, false, StandardCharsets.UTF_8);
                LiveConnection connection =
                        new LiveConnection(SqlShell.connect(options, "", "mysql"), options, "", out)) {
            byte[] sql = "SELECT 1 FROM user".getBytes(StandardCharsets.US_ASCII);
            connection.query(sql, nowhere);
            first.close();
            assertThatThrownBy(() -> connection.query(sql, nowhere))
                    .isInstanceOf(ServerError.class)
                    .hasMessageStartingWith("Can't connect");
            try (Qomo second = Qomo.embedded().inMemory().port(port).start()) {
                connection.query(sql, nowhere);
                assertThat(second.port()).isEqualTo(port);
            }
            out.flush();
        }
        assertThat(told.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"))
                .matches("(?s)No connection. Trying to reconnect...\nNo connection. Trying to reconnect...\n"
                        + "Connection id:    \\d+\nCurrent database: mysql\n\n");
    }

    @Test
    void historyIsTheOwnersAndKeepsNoPasswords() throws IOException {
        Path file = ShellHistory.file(temp);
        assertThat(file).isNotNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ShellHistory.isKept("SELECT\n1;")).isTrue();
        assertThat(ShellHistory.isKept("create user a identified by 'x';")).isFalse();
        assertThat(ShellHistory.isKept("SET PASSWORD = 'x';")).isFalse();
        assertThat(ShellHistory.file(temp.resolve("none"))).isNull();
    }
}
