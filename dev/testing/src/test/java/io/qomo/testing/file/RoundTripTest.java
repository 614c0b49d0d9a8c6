package io.qomo.testing.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What SELECT … INTO OUTFILE writes, LOAD DATA with the same FIELDS and LINES reads back, whatever the values.
class RoundTripTest {
    private static final long SEED = 20_261_128;
    private static final int ROWS = 100;
    private static final List<String> PIECES = List.of(
            "\"",
            "\"\"",
            "'",
            "\\",
            "\\\\",
            "\\N",
            "NULL",
            "N",
            "\n",
            "\r\n",
            "\t",
            ",",
            "||",
            "|",
            "0",
            "n",
            "日",
            "本",
            "行",
            "é",
            "😀",
            " ",
            "\0",
            "\u001A",
            "\b",
            ">>",
            "##",
            "#",
            "!",
            "abc",
            "5\" pipe",
            "\",\"",
            "\"\n",
            "乗");
    private static final List<String> FIELD_ENDS = List.of("\\t", ",", "||", "日", ";", "|");
    private static final List<String> QUOTES =
            List.of("", "ENCLOSED BY '\"'", "OPTIONALLY ENCLOSED BY '\"'", "OPTIONALLY ENCLOSED BY ''''");
    private static final List<String> ESCAPES = List.of("", "ESCAPED BY '!'", "ESCAPED BY '\"'");
    private static final List<String> LINES = List.of("\\n", "\\r\\n", "", "##", "行", "#");

    @TempDir
    static Path home;

    private static FileServer server;

    @BeforeAll
    static void start() throws IOException, SQLException {
        server = new FileServer(home);
        server.run("CREATE TABLE source (id INT PRIMARY KEY, s VARCHAR(99), x VARBINARY(99), n DECIMAL(8,2), e DOUBLE,"
                + " d DATETIME(3), t TEXT) CHARSET utf8mb4");
        server.run("CREATE TABLE target LIKE source");
        server.run("CREATE TABLE words (id INT PRIMARY KEY, s VARCHAR(99), n INT) CHARSET utf8mb4");
        server.run("CREATE TABLE read_words LIKE words");
        Random random = new Random(SEED);
        List<String> rows = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add("(" + i + "," + text(random) + "," + bytes(random) + ","
                    + orNull(random, (random.nextInt(20_000) - 10_000) / 100.0 + "") + ","
                    + orNull(random, random.nextInt(100) * 1.5e10 + "") + ","
                    + orNull(random, "'2024-02-0" + (1 + random.nextInt(9)) + " 01:02:03.456'") + "," + text(random)
                    + ")");
            words.add("(" + i + "," + text(random) + "," + orNull(random, "" + random.nextInt()) + ")");
        }
        server.run("INSERT INTO source VALUES " + String.join(",", rows));
        server.run("INSERT INTO words VALUES " + String.join(",", words));
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private static String orNull(Random random, String value) {
        return random.nextInt(6) == 0 ? "NULL" : value;
    }

    private static String text(Random random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            out.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        return orNull(random, "CONVERT(X'" + HexFormat.of().formatHex(bytes) + "' USING utf8mb4)");
    }

    private static String bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return orNull(random, "X'" + HexFormat.of().formatHex(bytes) + "'");
    }

    @Test
    void separatorsOfAllKinds() throws SQLException, IOException {
        Random random = new Random(SEED);
        for (String end : FIELD_ENDS) {
            for (String quote : QUOTES) {
                for (String escape : ESCAPES) {
                    boolean isOneCharacter = escape.endsWith("'\"'");
                    if (isOneCharacter && !quote.endsWith("'\"'")) {
                        continue;
                    }
                    for (String line : LINES) {
                        if (random.nextInt(3) > 0) {
                            continue;
                        }
                        String start = (end + line).length() % 2 == 0 ? "" : "STARTING BY '>>' ";
                        check("FIELDS TERMINATED BY '" + end + "' " + quote + " " + escape + " LINES " + start
                                + "TERMINATED BY '" + line + "'");
                    }
                }
            }
        }
    }

    @Test
    void letterThatIsQuotedOtherwise() throws SQLException, IOException {
        check("FIELDS TERMINATED BY 'N' ENCLOSED BY '\"'");
        check("FIELDS TERMINATED BY 'n' OPTIONALLY ENCLOSED BY '\"' LINES TERMINATED BY ';'");
        check("FIELDS TERMINATED BY ',' ENCLOSED BY '0'");
    }

    private static void check(String options) throws SQLException, IOException {
        check("source", "target", "id, HEX(s), HEX(x), n, e, d, HEX(t)", "", options);
    }

    private static void check(String from, String to, String columns, String charset, String options)
            throws SQLException, IOException {
        Path file = server.newFile();
        server.run("SELECT * FROM " + from + " ORDER BY id INTO OUTFILE '" + file + "' " + charset + " " + options);
        server.run("DELETE FROM " + to);
        server.run("LOAD DATA INFILE '" + file + "' INTO TABLE " + to + " " + charset + " " + options);
        assertThat(server.rows("SELECT " + columns + " FROM " + to + " ORDER BY id"))
                .as("%s, file %s", options, new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                .isEqualTo(server.rows("SELECT " + columns + " FROM " + from + " ORDER BY id"));
        Files.delete(file);
    }

    /// The second byte of 乗 in GBK is a backslash, that of others a bar.
    @Test
    void twoByteCharacters() throws SQLException, IOException {
        server.run("UPDATE words SET s = REPLACE(REPLACE(s, '😀', '丆'), 'é', '本')");
        for (String quote : QUOTES) {
            check(
                    "words",
                    "read_words",
                    "id, HEX(s), n",
                    "CHARACTER SET gbk",
                    "FIELDS TERMINATED BY '|' " + quote + " LINES TERMINATED BY '\\n'");
        }
    }

    @Test
    void nothingEscaped() throws SQLException, IOException {
        server.run("CREATE TABLE plain (id INT PRIMARY KEY, s VARCHAR(20), n INT)");
        server.run("CREATE TABLE read_plain LIKE plain");
        server.run("INSERT INTO plain VALUES (1,'NULL',NULL),(2,NULL,3),(3,'',0),(4,'a\\\\N\\\\',-1),(5,'b\"c',2)");
        for (String quote : List.of("ENCLOSED BY '\"'", "OPTIONALLY ENCLOSED BY '\"'")) {
            check(
                    "plain",
                    "read_plain",
                    "id, s, n",
                    "",
                    "FIELDS TERMINATED BY ',' " + quote + " ESCAPED BY '' LINES TERMINATED BY '\\n'");
        }
    }

    @Test
    void fixedWidth() throws SQLException, IOException {
        server.run(
                "CREATE TABLE fixed (id INT PRIMARY KEY, s CHAR(5), x VARBINARY(3), n SMALLINT, d DATE, e ENUM('a','bb'))");
        server.run("CREATE TABLE read_fixed LIKE fixed");
        server.run(
                "INSERT INTO fixed VALUES (1,'日本','abc',-3,'2024-01-02','bb'),(2,'','\\n\\\\\\0',7,'2000-12-31','a')");
        for (String line : List.of("\\n", "", ";;")) {
            check(
                    "fixed",
                    "read_fixed",
                    "id, s, HEX(x), n, d, e",
                    "",
                    "FIELDS TERMINATED BY '' LINES TERMINATED BY '" + line + "'");
        }
    }
}
