package io.qomo.serve.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The binary protocol: parameters and rows, cursors, long data.
class PreparedTest {
    private ServerFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ServerFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
        assertThat(fixture.service.sessions).isEmpty();
    }

    private List<Connection> connections() throws SQLException {
        return List.of(
                fixture.mysql(
                        "native",
                        "secret",
                        "sslMode=DISABLED&useServerPrepStmts=true&cachePrepStmts=false&sendFractionalSeconds=true"
                                + "&connectionTimeZone=UTC"),
                fixture.mariadb("native", "secret", "sslMode=disable&useServerPrepStmts=true&timezone=UTC"));
    }

    @Test
    void carriesEveryTypeThereAndBack() throws SQLException {
        Object[] values = {
            (byte) -128,
            (short) -32768,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            1.5f,
            -1.25e300,
            new BigDecimal("123456789012345678901234567890.123456789"),
            new BigDecimal("-0.000001"),
            "",
            "grün 日本 😀",
            "x".repeat(70_000),
            new byte[] {0, -1, 'a', 39},
            LocalDate.of(2024, 2, 29),
            LocalDateTime.of(2024, 2, 29, 23, 59, 58, 123_456_000),
            LocalDateTime.of(2024, 2, 29, 0, 0),
        };
        for (Connection connection : connections()) {
            try (connection;
                    PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
                for (Object value : values) {
                    statement.setObject(1, value);
                    try (ResultSet rows = statement.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertSame(rows, value);
                        assertThat(rows.next()).isFalse();
                    }
                }
            }
        }
    }

    private static void assertSame(ResultSet rows, Object value) throws SQLException {
        switch (value) {
            case byte[] bytes -> assertThat(rows.getBytes(1)).isEqualTo(bytes);
            case BigDecimal decimal -> assertThat(rows.getBigDecimal(1)).isEqualByComparingTo(decimal);
            case Float f -> assertThat(rows.getDouble(1)).isEqualTo(f.doubleValue());
            case Double d -> assertThat(rows.getDouble(1)).isEqualTo(d);
            case LocalDate date ->
                assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(date);
            case LocalDateTime time ->
                assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(time);
            case Number number -> assertThat(rows.getLong(1)).isEqualTo(number.longValue());
            default -> assertThat(rows.getString(1)).isEqualTo(value);
        }
    }

    @Test
    void carriesTimesAndNulls() throws SQLException {
        for (Connection connection : connections()) {
            try (connection;
                    PreparedStatement statement = connection.prepareStatement("SELECT ?, ?, ?")) {
                statement.setObject(1, LocalTime.of(23, 59, 58, 120_000_000));
                statement.setNull(2, Types.INTEGER);
                statement.setString(3, null);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getObject(1, LocalTime.class)).isEqualTo(LocalTime.of(23, 59, 58, 120_000_000));
                    assertThat(rows.getObject(2)).isNull();
                    assertThat(rows.getString(3)).isNull();
                }
            }
        }
    }

    @Test
    void readsRowsOfAllTypes() throws SQLException {
        for (Connection connection : connections()) {
            try (connection;
                    PreparedStatement statement = connection.prepareStatement("SELECT TYPES");
                    ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                TypesCheck.check(rows);
                assertThat(rows.next()).isTrue();
                TypesCheck.checkNulls(rows);
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @Test
    void takesLongData() throws SQLException {
        byte[] bytes = new byte[3_000_000];
        Arrays.fill(bytes, (byte) 0xFE);
        for (Connection connection : connections()) {
            try (connection;
                    PreparedStatement statement = connection.prepareStatement("SELECT ?, ?")) {
                statement.setBinaryStream(1, new ByteArrayInputStream(bytes));
                statement.setCharacterStream(2, new StringReader("ü".repeat(100_000)));
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getBytes(1)).isEqualTo(bytes);
                    assertThat(rows.getString(2)).isEqualTo("ü".repeat(100_000));
                }
            }
        }
    }

    @Test
    void refusesLongDataBeyondThePacketLimit() throws IOException {
        try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
            client.query("PACKET 1000");
            client.packet();
            int id = prepare(client, "SELECT ?", 1);
            for (int i = 0; i < 2; i++) {
                client.command(Command.STMT_SEND_LONG_DATA, RawClient.bytes(id, (short) 0, "x".repeat(700)));
            }
            client.command(Command.STMT_EXECUTE, execute(id, 0, RawClient.bytes((byte) 0, (byte) 1, (short) 252)));
            assertThat(client.error()).isEqualTo(1153);
            client.command(Command.STMT_SEND_LONG_DATA, RawClient.bytes(id, (short) 9, "x"));
            client.command(Command.STMT_EXECUTE, execute(id, 0, RawClient.bytes((byte) 1, (byte) 0)));
            assertThat(client.error()).isEqualTo(1210);
            client.command(
                    Command.STMT_EXECUTE,
                    execute(id, 0, RawClient.bytes((byte) 0, (byte) 1, (short) 252, (byte) 1, "z")));
            assertThat(client.error()).isZero();
        }
    }

    @Test
    void remembersTypesAndNotValues() throws IOException {
        try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
            int id = prepare(client, "SELECT ?, ?", 2);
            client.command(Command.STMT_EXECUTE, execute(id, 0, RawClient.bytes((byte) 0, (byte) 0)));
            assertThat(client.error()).isEqualTo(1210);
            // Connector/J leaves the types out while all values are NULL
            client.command(Command.STMT_EXECUTE, execute(id, 0, RawClient.bytes((byte) 3, (byte) 0)));
            assertThat(binaryRow(client, 2)).isEqualTo(RawClient.bytes((byte) 0, (byte) 0xC));
            byte[] types = RawClient.bytes((byte) 0, (byte) 1, (short) 8, (short) 0x8001);
            client.command(Command.STMT_EXECUTE, execute(id, 0, RawClient.bytes(types, -7L, (byte) 255)));
            assertThat(binaryRow(client, 2)).isEqualTo(RawClient.bytes((byte) 0, (byte) 0, -7L, 255L));
            // NULL in the first place, and no types this time
            client.command(Command.STMT_EXECUTE, execute(id, 0, RawClient.bytes((byte) 1, (byte) 0, (byte) 9)));
            assertThat(binaryRow(client, 2)).isEqualTo(RawClient.bytes((byte) 0, (byte) 4, 9L));
        }
    }

    @Test
    void answersStrayStatementNumbersWithErrors() throws IOException {
        try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
            client.command(Command.STMT_EXECUTE, execute(77, 0, new byte[0]));
            assertThat(client.error()).isEqualTo(1243);
            client.command(Command.STMT_RESET, RawClient.bytes(77));
            assertThat(client.error()).isEqualTo(1243);
            client.command(Command.STMT_FETCH, RawClient.bytes(77, 1));
            assertThat(client.error()).isEqualTo(1243);
            client.command(Command.STMT_CLOSE, RawClient.bytes(77));
            int id = prepare(client, "SELECT ?", 1);
            client.command(Command.STMT_FETCH, RawClient.bytes(id, 1));
            assertThat(client.error()).isEqualTo(1421);
            client.command(Command.STMT_CLOSE, RawClient.bytes(id));
            client.command(Command.STMT_RESET, RawClient.bytes(id));
            assertThat(client.error()).isEqualTo(1243);
            client.command(Command.STMT_PREPARE, RawClient.bytes("BAD"));
            assertThat(client.error()).isEqualTo(1064);
            client.command(Command.PING, new byte[0]);
            assertThat(client.error()).isZero();
        }
    }

    @Test
    void forgetsStatementsWhenTheConnectionIsReset() throws IOException {
        try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
            int id = prepare(client, "SELECT ?", 1);
            client.command(Command.RESET_CONNECTION, new byte[0]);
            assertThat(client.packet()[0]).isZero();
            client.command(Command.STMT_RESET, RawClient.bytes(id));
            assertThat(client.error()).isEqualTo(1243);
            assertThat(fixture.service.sessions.values().iterator().next().resets)
                    .isEqualTo(1);
        }
    }

    @Test
    void refusesMalformedParameters() throws IOException {
        try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
            int id = prepare(client, "SELECT ?", 1);
            byte[][] wrong = {
                RawClient.bytes((byte) 0, (byte) 1, (short) 8, 1),
                RawClient.bytes((byte) 0, (byte) 1, (short) 99, 1L),
                RawClient.bytes((byte) 0, (byte) 1),
                RawClient.bytes((byte) 0, (byte) 1, (short) 253, (byte) 200, "x"),
                RawClient.bytes((byte) 0, (byte) 1, (short) 12, (byte) 5, new byte[5]),
                RawClient.bytes((byte) 0, (byte) 1, (short) 11, (byte) 8, new byte[3]),
                RawClient.bytes((byte) 0, (byte) 1, (short) 253, (byte) 0xFE, -1L)
            };
            for (byte[] parameters : wrong) {
                client.command(Command.STMT_EXECUTE, execute(id, 0, parameters));
                assertThat(client.error()).isEqualTo(1835);
            }
            client.command(
                    Command.STMT_EXECUTE,
                    execute(id, 0, RawClient.bytes((byte) 0, (byte) 1, (short) 246, (byte) 9, "1e9999999")));
            assertThat(client.error()).isEqualTo(1690);
        }
    }

    @Test
    void fetchesByCursor() throws SQLException {
        try (Connection connection =
                fixture.mysql("native", "secret", "sslMode=DISABLED&useServerPrepStmts=true&useCursorFetch=true")) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT NUMBERS 2500")) {
                statement.setFetchSize(100);
                try (ResultSet rows = statement.executeQuery()) {
                    for (long i = 0; i < 2500; i++) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getLong(1)).isEqualTo(i);
                    }
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }

    @Test
    void keepsManyRowsOfACursorInAFileThatVanishes() throws IOException {
        try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
            int id = prepare(client, "NUMBERS ?", 1);
            int count = 100_000;
            client.command(
                    Command.STMT_EXECUTE, execute(id, 1, RawClient.bytes((byte) 0, (byte) 1, (short) 8, (long) count)));
            assertThat(client.packet()).isEqualTo(new byte[] {1});
            client.packet();
            byte[] eof = client.packet();
            assertThat(eof[0]).isEqualTo((byte) 0xFE);
            assertThat(eof[3] & 64).as("cursor exists").isEqualTo(64);
            long expected = 0;
            while (true) {
                client.command(Command.STMT_FETCH, RawClient.bytes(id, 9_999));
                byte[] packet = client.packet();
                while (packet[0] == 0) {
                    assertThat(packet).isEqualTo(RawClient.bytes((byte) 0, (byte) 0, expected));
                    expected++;
                    packet = client.packet();
                }
                assertThat(packet[0]).isEqualTo((byte) 0xFE);
                if ((packet[3] & 128) != 0) {
                    break;
                }
            }
            assertThat(expected).isEqualTo(count);
            client.command(Command.STMT_FETCH, RawClient.bytes(id, 1));
            assertThat(client.error()).isEqualTo(1421);
        }
    }

    @Test
    void reportsFailuresOfAnExecutionWithACursor() throws IOException {
        try (RawClient client = RawClient.open(fixture.server.port(), RawClient.PLAIN)) {
            int id = prepare(client, "TYPES", 0);
            client.command(Command.STMT_EXECUTE, execute(id, 1, new byte[0]));
            assertThat(client.packet())
                    .isEqualTo(new byte[] {(byte) FakeTypes.row().size()});
            client.command(Command.STMT_EXECUTE, execute(prepare2(client, "NUMBERS"), 1, new byte[0]));
            assertThat(client.error()).isEqualTo(1064);
        }
    }

    private static int prepare2(RawClient client, String sql) throws IOException {
        for (int i = 0; i <= FakeTypes.row().size(); i++) {
            client.packet();
        }
        return prepare(client, sql, 0);
    }

    @Test
    void limitsDurations() throws SQLException {
        try (Connection connection = fixture.mariadb("native", "secret", "sslMode=disable&useServerPrepStmts=true");
                PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
            statement.setObject(1, Duration.ofHours(800).plusSeconds(1));
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).startsWith("800:00:01");
            }
            statement.setObject(
                    1, BigInteger.TWO.pow(64).subtract(BigInteger.ONE).toString());
            assertThatThrownBy(() -> statement.executeQuery().getInt(1)).isInstanceOf(SQLException.class);
        }
    }

    /// Prepares and returns the statement's number.
    static int prepare(RawClient client, String sql, int parameters) throws IOException {
        client.command(Command.STMT_PREPARE, RawClient.bytes(sql));
        byte[] ok = client.packet();
        assertThat(ok[0]).isZero();
        int columns = (ok[5] & 0xFF) | (ok[6] & 0xFF) << 8;
        assertThat((ok[7] & 0xFF) | (ok[8] & 0xFF) << 8).isEqualTo(parameters);
        for (int i = 0; i < parameters + (parameters > 0 ? 1 : 0) + columns + (columns > 0 ? 1 : 0); i++) {
            client.packet();
        }
        return (ok[1] & 0xFF) | (ok[2] & 0xFF) << 8;
    }

    static byte[] execute(int id, int flags, byte[] parameters) {
        return RawClient.bytes(id, (byte) flags, 1, parameters);
    }

    /// The only row of a binary result.
    private static byte[] binaryRow(RawClient client, int columns) throws IOException {
        assertThat(client.packet()).isEqualTo(new byte[] {(byte) columns});
        for (int i = 0; i <= columns; i++) {
            client.packet();
        }
        byte[] row = client.packet();
        assertThat(client.packet()[0]).isEqualTo((byte) 0xFE);
        return row;
    }
}
