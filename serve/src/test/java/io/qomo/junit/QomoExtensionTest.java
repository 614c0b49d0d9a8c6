package io.qomo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QomoExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QomoExtensionTest {
    private final Set<String> seen = new HashSet<>();

    @BeforeEach
    void create(QomoDatabase database) throws SQLException {
        run(database, "CREATE TABLE t (a INT)");
    }

    @RepeatedTest(3)
    void eachTestHasADatabaseOfItsOwn(QomoDatabase database) throws SQLException {
        run(database, "INSERT INTO t VALUES (1)");
        assertThat(seen.add(database.name())).isTrue();
    }

    private static void run(QomoDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
