package io.qomo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.qomo.testing.sqlfile.SqlFile;
import io.qomo.testing.sqlfile.SqlFileRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every golden file of `dev/testing/sql` against Qomo. `-Dsql.rewrite=true` fills in results instead;
/// `-Dsql.files=query/` runs those whose path contains the text; `-Dsql.target=mariadb -Dqomo.test.port=PORT` runs
/// them against a MariaDB.
public class SqlFilesTest {
    private static final Path ROOT = Path.of("sql");

    @TestFactory
    List<DynamicTest> files() throws IOException {
        return files(TestServer.port());
    }

    /// The files against the server on a port of this machine.
    public static List<DynamicTest> files(int port) throws IOException {
        String wanted = System.getProperty("sql.files", "");
        SqlFileRunner.Target target =
                new SqlFileRunner.Target(System.getProperty("sql.target", "qomo"), "127.0.0.1", port);
        try (Stream<Path> paths = Files.walk(ROOT)) {
            return paths.filter(p -> p.toString().endsWith(".test"))
                    .filter(p -> p.toString().contains(wanted))
                    .sorted()
                    .map(p -> DynamicTest.dynamicTest(ROOT.relativize(p).toString(), () -> run(target, p)))
                    .toList();
        }
    }

    private static void run(SqlFileRunner.Target target, Path path) throws IOException {
        SqlFileRunner runner = new SqlFileRunner(target, Boolean.getBoolean("sql.rewrite"));
        List<String> failures = runner.run(SqlFile.read(path));
        assertThat(failures).as(path.toString()).isEmpty();
    }
}
