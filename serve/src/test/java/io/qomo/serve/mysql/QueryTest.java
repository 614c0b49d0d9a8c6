package io.qomo.serve.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// COM_QUERY and the small commands: results, several of them, large ones, files, compression.
class QueryTest {
    private static final int CHUNK = 0xFFFFFF;
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

    private RawClient raw(int more) throws IOException {
        return RawClient.open(fixture.server.port(), RawClient.PLAIN | more);
    }

    @Test
    void showsRowsOfAllTypesAsText() throws SQLException {
        List<Connection> connections = List.of(
                fixture.mysql("native", "secret", "sslMode=DISABLED&connectionTimeZone=UTC"),
                fixture.mariadb("native", "secret", "sslMode=disable&timezone=UTC"));
        for (Connection connection : connections) {
            try (connection;
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT TYPES")) {
                assertThat(rows.next()).isTrue();
                TypesCheck.check(rows);
                // the other driver pads by the type's greatest width
                assertThat(rows.getString("zero")).endsWith("000042");
                assertThat(rows.next()).isTrue();
                TypesCheck.checkNulls(rows);
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void reportsWhatStatementsDid() throws IOException {
        try (RawClient client = raw(0)) {
            client.query("UPDATE");
            assertThat(client.packet())
                    .isEqualTo(RawClient.bytes(
                            (byte) 0, (byte) 3, (byte) 17, (short) 2, (short) 2, (byte) 15, "Rows matched: 3"));
        }
        try (RawClient client = raw(Capability.SESSION_TRACK)) {
            client.query("UPDATE");
            assertThat(client.packet())
                    .isEqualTo(RawClient.bytes(
                            (byte) 0,
                            (byte) 3,
                            (byte) 17,
                            (short) 0x4002,
                            (short) 2,
                            (byte) 15,
                            "Rows matched: 3",
                            (byte) 6,
                            (byte) 0,
                            (byte) 4,
                            (byte) 1,
                            "x",
                            (byte) 1,
                            "y"));
        }
    }

    @Test
    void sendsErrorsOfEveryKindAndGoesOn() throws IOException {
        try (RawClient client = raw(0)) {
            client.query("ERROR");
            assertThat(client.packet())
                    .isEqualTo(RawClient.bytes(
                            (byte) 0xFF, (short) 1062, "#23000Duplicate entry '1' for key 't.PRIMARY'"));
            client.query("CRASH");
            assertThat(client.error()).isEqualTo(1815);
            client.query("DEEP");
            assertThat(client.error()).isEqualTo(1436);
            client.query("SILENT");
            assertThat(client.error()).isEqualTo(1815);
            client.query("NONSENSE");
            assertThat(client.error()).isEqualTo(1064);
            client.query("LATE 5000");
            assertThat(client.packet()).isEqualTo(new byte[] {1});
            client.packet();
            client.packet();
            for (int i = 0; i < 5000; i++) {
                assertThat(client.packet()[0]).isNotEqualTo((byte) 0xFF);
            }
            assertThat(client.error()).isEqualTo(1317);
            client.command(Command.PING, new byte[0]);
            assertThat(client.error()).isZero();
        }
    }

    @Test
    void sendsSeveralResults() throws SQLException {
        try (Connection connection = fixture.mysql("native", "secret", "sslMode=DISABLED&allowMultiQueries=true");
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT ECHO a;UPDATE;SELECT NUMBERS 3"))
                    .isTrue();
            try (ResultSet rows = statement.getResultSet()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("a");
            }
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(3);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThatThrownBy(() -> statement.execute("SELECT ECHO a;ERROR;UPDATE"))
                    .hasMessageContaining("Duplicate entry");
        }
    }

    @Test
    void answersInTheNewWayWithoutEof() throws IOException {
        try (RawClient client = raw(Capability.DEPRECATE_EOF)) {
            client.query("NUMBERS 2");
            assertThat(client.packet()).isEqualTo(new byte[] {1});
            assertThat(new String(client.packet(), 1, 3, StandardCharsets.US_ASCII))
                    .isEqualTo("def");
            assertThat(client.packet()).isEqualTo(new byte[] {1, '0'});
            assertThat(client.packet()).isEqualTo(new byte[] {1, '1'});
            assertThat(client.packet())
                    .isEqualTo(RawClient.bytes((byte) 0xFE, (byte) 0, (byte) 0, (short) 2, (short) 0));
            int id = prepareWithoutEof(client, "NUMBERS ?");
            client.command(
                    Command.STMT_EXECUTE,
                    PreparedTest.execute(id, 1, RawClient.bytes((byte) 0, (byte) 1, (short) 8, 1L)));
            client.packet();
            client.packet();
            assertThat(client.packet())
                    .isEqualTo(RawClient.bytes((byte) 0xFE, (byte) 0, (byte) 0, (short) 66, (short) 0));
        }
    }

    private static int prepareWithoutEof(RawClient client, String sql) throws IOException {
        client.command(Command.STMT_PREPARE, RawClient.bytes(sql));
        byte[] ok = client.packet();
        client.packet();
        client.packet();
        return ok[1];
    }

    @Test
    void leavesColumnDefinitionsOutWhereAskedTo() throws IOException {
        try (RawClient client = raw(Capability.OPTIONAL_RESULTSET_METADATA | Capability.DEPRECATE_EOF)) {
            client.query("NUMBERS 1");
            assertThat(client.packet()).isEqualTo(new byte[] {1, 1});
            client.packet();
            client.packet();
            client.packet();
            client.query("METADATA NONE");
            client.packet();
            client.query("NUMBERS 1");
            assertThat(client.packet()).isEqualTo(new byte[] {0, 1});
            assertThat(client.packet()).isEqualTo(new byte[] {1, '0'});
            client.packet();
        }
    }

    @Test
    void stepsOverQueryAttributes() throws IOException {
        try (RawClient client = raw(Capability.QUERY_ATTRIBUTES)) {
            client.command(Command.QUERY, RawClient.bytes((byte) 0, (byte) 1, "NUMBERS 0"));
            assertThat(client.packet()).isEqualTo(new byte[] {1});
            client.packet();
            client.packet();
            client.packet();
            byte[] attributes = RawClient.bytes(
                    (byte) 2, (byte) 1, (byte) 2, (byte) 1, (short) 8, (byte) 1, "a", (short) 253, (byte) 1, "b", 5L);
            client.command(Command.QUERY, RawClient.bytes(attributes, "NUMBERS 0"));
            assertThat(client.packet()).isEqualTo(new byte[] {1});
            client.packet();
            client.packet();
            client.packet();
            client.command(Command.QUERY, RawClient.bytes((byte) 200, (byte) 1, "x"));
            assertThat(client.error()).isEqualTo(1835);
        }
    }

    @Test
    void takesAndGivesPacketsOfAnySize() throws IOException {
        try (RawClient client = raw(0)) {
            for (int length : new int[] {CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK}) {
                // the command byte and "LENGTH " are eight bytes of the payload
                client.query("LENGTH " + "y".repeat(length - 8));
                client.packet();
                client.packet();
                client.packet();
                byte[] row = client.packet();
                assertThat(new String(row, 1, row.length - 1, StandardCharsets.US_ASCII))
                        .isEqualTo(Integer.toString(length - 8));
                client.packet();
                // the row is the value behind a length of four bytes, of nine from 16 MB on
                int value = length <= CHUNK ? length - 4 : length - 9;
                client.query("BLOB " + value);
                client.packet();
                client.packet();
                client.packet();
                assertThat(client.packet()).hasSize(value <= CHUNK ? value + 4 : value + 9);
                client.packet();
            }
        }
    }

    @Test
    void refusesPacketsAboveTheLimitAndGoesOn() throws IOException {
        try (RawClient client = raw(0)) {
            client.query("PACKET 100000");
            client.packet();
            for (int length : new int[] {100_001, CHUNK, 3 * CHUNK}) {
                client.query("x".repeat(length));
                assertThat(client.error()).isEqualTo(1153);
            }
            client.query("LENGTH " + "x".repeat(100_000 - 8));
            assertThat(client.packet()).isEqualTo(new byte[] {1});
        }
    }

    @Test
    void compressesWithZlib() throws SQLException {
        try (Connection connection = fixture.mysql("native", "secret", "sslMode=DISABLED&useCompression=true")) {
            checkCompressed(connection);
        }
        try (Connection connection = fixture.mariadb("native", "secret", "sslMode=disable&useCompression=true")) {
            checkCompressed(connection);
        }
    }

    private static void checkCompressed(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT BLOB 20000000")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getBytes(1)).hasSize(20_000_000);
            }
            try (ResultSet rows = statement.executeQuery("SELECT LENGTH " + "z".repeat(17_000_000))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("17000000");
            }
            try (ResultSet rows = statement.executeQuery("SELECT NUMBERS 100000")) {
                for (int i = 0; i < 100_000; i++) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void compressesWithZstd() throws IOException {
        try (RawClient client = raw(Capability.ZSTD_COMPRESSION)) {
            client.compress(Compression.ZSTD);
            client.query("BLOB 20000000");
            client.packet();
            client.packet();
            client.packet();
            assertThat(client.packet()).hasSize(20_000_009);
            client.packet();
            client.query("LENGTH " + "z".repeat(17_000_000));
            client.packet();
            client.packet();
            client.packet();
            assertThat(client.packet()).isEqualTo(RawClient.bytes((byte) 8, "17000000"));
            client.packet();
        }
    }

    @Test
    void refusesBrokenCompression() throws IOException {
        for (Compression compression : new Compression[] {Compression.ZLIB, Compression.ZSTD}) {
            int flag = compression == Compression.ZLIB ? Capability.COMPRESS : Capability.ZSTD_COMPRESSION;
            try (RawClient client = raw(flag)) {
                // 5 bytes that claim to be 16 MB
                client.socket.getOutputStream().write(new byte[] {5, 0, 0, 0, -1, -1, -1, 1, 2, 3, 4, 5});
                byte[] answer = client.socket.getInputStream().readAllBytes();
                // behind the header of a compressed packet, that of a packet, and the mark of an error
                assertThat(answer[11] & 0xFF).isEqualTo(0xFF);
                assertThat((answer[12] & 0xFF) | (answer[13] & 0xFF) << 8).isEqualTo(1157);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void readsLocalFiles() throws SQLException, IOException {
        byte[] data = new byte[20_000_000];
        Arrays.fill(data, (byte) 'd');
        try (Connection connection = fixture.mysql("native", "secret", "sslMode=DISABLED&allowLoadLocalInfile=true");
                Statement statement = connection.createStatement()) {
            statement
                    .unwrap(com.mysql.cj.jdbc.JdbcStatement.class)
                    .setLocalInfileInputStream(new ByteArrayInputStream(data));
            assertThat(statement.executeLargeUpdate("LOAD ALL")).isEqualTo(data.length);
            statement
                    .unwrap(com.mysql.cj.jdbc.JdbcStatement.class)
                    .setLocalInfileInputStream(new ByteArrayInputStream(data));
            assertThatThrownBy(() -> statement.executeLargeUpdate("LOAD REFUSE"))
                    .hasMessageContaining("Data too long");
            assertThat(LoginTest.echo(connection)).isEqualTo("hello");
        }
        try (RawClient client = raw(0)) {
            client.query("LOAD ALL");
            assertThat(client.error()).isEqualTo(3948);
        }
        try (RawClient client = raw(Capability.LOCAL_FILES)) {
            client.query("LOAD ALL");
            assertThat(client.packet()).isEqualTo(RawClient.bytes((byte) 0xFB, "data.csv"));
            client.send(new byte[0]);
            assertThat(client.packet()[0]).isZero();
        }
    }

    @Test
    void answersTheSmallCommands() throws IOException {
        try (RawClient client = raw(Capability.SESSION_TRACK)) {
            client.command(Command.STATISTICS, new byte[0]);
            assertThat(new String(client.packet(), StandardCharsets.US_ASCII)).isEqualTo("Uptime: 1  Threads: 1");
            client.command(Command.INIT_DB, RawClient.bytes("sys"));
            byte[] ok = client.packet();
            assertThat(ok).endsWith(RawClient.bytes((byte) 0, (byte) 6, (byte) 1, (byte) 4, (byte) 3, "sys"));
            client.command(Command.INIT_DB, RawClient.bytes("missing"));
            assertThat(client.error()).isEqualTo(1049);
            client.command(Command.SET_OPTION, RawClient.bytes((short) 0));
            assertThat(client.packet()[0]).isEqualTo((byte) 0xFE);
            assertThat(fixture.service.sessions.values().iterator().next().multiStatements)
                    .isTrue();
            client.command(Command.SET_OPTION, RawClient.bytes((short) 7));
            assertThat(client.error()).isEqualTo(1047);
            client.command(Command.FIELD_LIST, RawClient.bytes("t", (byte) 0));
            assertThat(client.packet()).endsWith(RawClient.bytes((byte) 1, "0"));
            assertThat(client.packet()).endsWith(new byte[] {(byte) 0xFB});
            assertThat(client.packet()[0]).isEqualTo((byte) 0xFE);
            client.command(Command.PROCESS_KILL, RawClient.bytes(-1));
            client.packet();
            client.packet();
            client.packet();
            assertThat(client.packet()).isEqualTo(RawClient.bytes((byte) 15, "KILL 4294967295"));
            client.packet();
            client.command(Command.DEBUG, new byte[0]);
            assertThat(client.error()).isEqualTo(1235);
            for (int unknown : new int[] {0, 5, 8, 18, 32, 200, 255}) {
                client.command(unknown, new byte[0]);
                assertThat(client.error()).isEqualTo(1047);
            }
            client.command(Command.QUIT, new byte[0]);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void convertsToTheResultCharset() throws IOException {
        try (RawClient client = raw(0)) {
            assertThat(echo(client, "UTF8MB4", "ü日😀")).isEqualTo("ü日😀".getBytes(StandardCharsets.UTF_8));
            assertThat(echo(client, "UTF8MB3", "ü日😀")).isEqualTo("ü日?".getBytes(StandardCharsets.UTF_8));
            assertThat(echo(client, "LATIN1", "ü€日")).isEqualTo(new byte[] {(byte) 0xFC, (byte) 0x80, '?'});
            assertThat(echo(client, "ASCII", "aü")).isEqualTo(new byte[] {'a', '?'});
            assertThat(echo(client, "GBK", "中")).isEqualTo(new byte[] {(byte) 0xD6, (byte) 0xD0});
        }
    }

    private static byte[] echo(RawClient client, String charset, String text) throws IOException {
        client.query("CHARSET " + charset);
        client.packet();
        client.query("ECHO " + text);
        client.packet();
        client.packet();
        client.packet();
        byte[] row = client.packet();
        client.packet();
        return Arrays.copyOfRange(row, 1, row.length);
    }
}
