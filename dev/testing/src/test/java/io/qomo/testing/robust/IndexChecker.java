package io.qomo.testing.robust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

/// Compares every index of a table with the table: the same rows, by count and by a checksum over
/// all columns.
final class IndexChecker {
    private IndexChecker() {}

    /// Throws an assertion error that names the index that differs. All is read in one snapshot, so
    /// others may write.
    static void check(Client client, String table) throws IOException {
        client.rows("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        try {
            compare(client, table);
        } finally {
            client.rows("COMMIT");
        }
    }

    private static void compare(Client client, String table) throws IOException {
        List<String> columns = client.rows("SELECT column_name FROM information_schema.columns"
                + " WHERE table_schema = DATABASE() AND table_name = '" + table + "' ORDER BY ordinal_position");
        String sum = "COUNT(*), SUM(CRC32(CONCAT_WS('|', "
                + String.join(
                        ", ",
                        columns.stream().map(c -> "COALESCE(`" + c + "`, '-')").toList()) + ")))";
        String expected = client.value("SELECT " + sum + " FROM " + table + " FORCE INDEX (PRIMARY)");
        List<String> indexes = client.rows("SELECT index_name, column_name FROM information_schema.statistics"
                + " WHERE table_schema = DATABASE() AND table_name = '" + table
                + "' AND seq_in_index = 1 AND index_name <> 'PRIMARY'");
        for (String line : indexes) {
            String[] parts = line.split("\t");
            String all = "SELECT " + sum + " FROM " + table + " FORCE INDEX (`" + parts[0] + "`) WHERE `" + parts[1]
                    + "` IS NULL OR `" + parts[1] + "` IS NOT NULL";
            String byIndex = "SELECT " + sum + " FROM (SELECT * FROM " + table + " FORCE INDEX (`" + parts[0]
                    + "`) WHERE `" + parts[1] + "` >= -2000000000 UNION ALL SELECT * FROM " + table
                    + " FORCE INDEX (`" + parts[0] + "`) WHERE `" + parts[1] + "` IS NULL) x";
            assertThat(client.value(byIndex))
                    .as("index %s of %s", parts[0], table)
                    .isEqualTo(expected);
            assertThat(client.value(all)).as("index %s of %s", parts[0], table).isEqualTo(expected);
        }
    }
}
