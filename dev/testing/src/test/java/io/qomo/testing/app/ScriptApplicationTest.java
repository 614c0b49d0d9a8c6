package io.qomo.testing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.qomo.testing.TestDatabase;
import io.qomo.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Clients and applications that are not Java: the scripts of `dev/apps`, each against the server. A script whose
/// packages are missing says so (exit status 77) and its test is skipped loudly.
class ScriptApplicationTest {
    private static final int SKIPPED = 77;
    private static final Path APPS = Path.of("..", "apps").toAbsolutePath().normalize();

    @Test
    void pyMySql() throws IOException, InterruptedException {
        run(List.of("/usr/bin/python3", APPS + "/pymysql_client.py"));
    }

    @Test
    void mysql2() throws IOException, InterruptedException {
        if (!Files.isDirectory(APPS.resolve("mysql2/node_modules/mysql2"))) {
            System.err.println("SKIPPING mysql2: run npm install in dev/apps/mysql2");
            abort("mysql2 is not installed");
        }
        run(List.of("node", APPS + "/mysql2/client.js"));
    }

    @Test
    void dumpRoundTrip() throws IOException, InterruptedException {
        run(List.of("bash", APPS + "/dump_round_trip.sh"));
    }

    @Test
    void wordPress() throws IOException, InterruptedException {
        try (TestDatabase database = TestDatabase.create("wordpress")) {
            assertThat(database.name()).isEqualTo("wordpress");
            run(List.of("/usr/bin/python3", APPS + "/wordpress.py"));
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.add("127.0.0.1");
        whole.add(Integer.toString(TestServer.port()));
        Path log = Files.createTempFile("qomo-script", ".log");
        try {
            Process process = new ProcessBuilder(whole)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(240, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            String output = Files.readString(log);
            if (process.waitFor() == SKIPPED) {
                System.err.println(output);
                abort(output);
            }
            assertThat(process.exitValue()).as(output).isZero();
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
