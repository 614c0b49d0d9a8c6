package io.qomo.testing.file;

import io.qomo.Qomo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// A server that may read and write files, and a connection to it. Owned by the test's thread.
final class FileServer implements AutoCloseable {
    private final Qomo server;
    private final Path files;
    private final Connection connection;
    private final Statement statement;
    private int written;

    FileServer(Path home) throws IOException, SQLException {
        server =
                Qomo.embedded().dataDir(home.resolve("data")).syncCommits(false).start();
        files = Files.createDirectories(home.resolve("data/files"));
        connection = DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + server.port()
                        + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true&allowLoadLocalInfile=true",
                "root",
                "");
        statement = connection.createStatement();
        run("SET GLOBAL local_infile = 1");
        run("CREATE DATABASE d");
        run("USE d");
    }

    void run(String sql) throws SQLException {
        statement.execute(sql);
    }

    /// The rows of a query: values joined by a bar, NULL as a word.
    List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
        }
        return rows;
    }

    /// What the last statement warned of: the codes.
    List<String> warnings() throws SQLException {
        List<String> codes = new ArrayList<>();
        for (String row : rows("SHOW WARNINGS")) {
            codes.add(row.split("\\|")[1]);
        }
        return codes;
    }

    /// A new file with a text.
    Path file(String text) throws IOException {
        return Files.writeString(newFile(), text);
    }

    /// The name of a new file.
    Path newFile() {
        written++;
        return files.resolve("f" + written);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        server.close();
    }
}
