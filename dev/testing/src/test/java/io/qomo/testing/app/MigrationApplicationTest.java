package io.qomo.testing.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;

/// Schema migration tools do their work and find it done when run again.
class MigrationApplicationTest {
    @Test
    void flywayMigratesAndValidates() throws SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            Flyway flyway = Flyway.configure()
                    .dataSource(database.jdbcUrl(), "root", "")
                    .locations("classpath:db/migration")
                    .cleanDisabled(false)
                    .load();
            MigrateResult first = flyway.migrate();
            assertThat(first.success).isTrue();
            assertThat(first.migrationsExecuted).isEqualTo(3);
            assertThat(flyway.migrate().migrationsExecuted).isZero();
            flyway.validate();
            assertThat(flyway.info().applied()).hasSize(3);
            try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), "root", "");
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("INSERT INTO orders (customer_id, total, status) VALUES (1, 9.99, 'paid')");
                ResultSet row = statement.executeQuery("SELECT name, total FROM order_totals ORDER BY id");
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("first");
                assertThat(row.getBigDecimal(2)).isEqualByComparingTo("9.99");
            }
            flyway.clean();
            assertThat(flyway.info().applied()).isEmpty();
        }
    }

    @Test
    void liquibaseUpdatesAndRollsBack() throws SQLException, LiquibaseException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = DriverManager.getConnection(database.jdbcUrl(), "root", "")) {
            try (Liquibase liquibase = new Liquibase(
                    "liquibase/changelog.xml",
                    new ClassLoaderResourceAccessor(),
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
                liquibase.update(new Contexts());
                assertThat(liquibase.listUnrunChangeSets(new Contexts(), new liquibase.LabelExpression()))
                        .isEmpty();
                liquibase.update(new Contexts());
                try (Connection second = DriverManager.getConnection(database.jdbcUrl(), "root", "");
                        Statement statement = second.createStatement()) {
                    ResultSet row = statement.executeQuery("SELECT sku, label, active FROM product");
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).isEqualTo("A-1");
                    assertThat(row.getString(2)).isEqualTo("Anvil");
                    assertThat(row.getBoolean(3)).isTrue();
                }
            }
        }
    }
}
