package io.qomo.testing.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qomo.serve.client.Connection;
import io.qomo.testing.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Random queries must give the same on Qomo and on MariaDB. Skipped without a MariaDB (`-Ddifferential.mariadb=PORT`
/// on
/// loopback, user root without a password); `-Ddifferential.seed=N` begins with another seed, `-Ddifferential.rounds=N`
/// says how many schemas are tried, `-Ddifferential.queries=N` how many queries on each.
class DifferentialTest {
    private static final int MAX_SHOWN = 10;
    private static final String DATABASE = "qomo_differential";

    @Test
    void randomQueriesGiveTheSameRows() throws IOException {
        int port = Integer.getInteger("differential.mariadb", 0);
        assumeTrue(port > 0, "no MariaDB: -Ddifferential.mariadb=PORT");
        long first = Long.getLong("differential.seed", 1);
        int rounds = Integer.getInteger("differential.rounds", 10);
        int queries = Integer.getInteger("differential.queries", 300);
        List<String> differences = new ArrayList<>();
        String name = DATABASE + "_" + ProcessHandle.current().pid();
        try (Connection tested = connect(TestServer.port());
                Connection reference = connect(port)) {
            Comparison comparison = new Comparison(tested, reference);
            for (long seed = first; seed < first + rounds && differences.size() < MAX_SHOWN; seed++) {
                comparison.run("DROP DATABASE IF EXISTS " + name);
                comparison.run("CREATE DATABASE " + name);
                comparison.run("USE " + name);
                for (String sql : new TableGenerator(seed).statements()) {
                    comparison.run(sql);
                }
                QueryGenerator generator = new QueryGenerator(seed);
                for (int q = 0; q < queries && differences.size() < MAX_SHOWN; q++) {
                    String difference = comparison.difference(generator.next());
                    if (difference != null) {
                        differences.add("seed " + seed + " query " + q + ": " + difference);
                    }
                }
            }
            comparison.run("DROP DATABASE IF EXISTS " + name);
        }
        assertThat(differences).as("differences").isEmpty();
    }

    private static Connection connect(int port) throws IOException {
        return new Connection(new Connection.Options("127.0.0.1", port, "root", "", "", Duration.ofSeconds(20)));
    }
}
