package io.qomo.testing.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Makes tables `t0`, `t1`, … of the same columns with different keys and few different values, many of them NULL.
public final class TableGenerator {
    /// Number of tables.
    public static final int TABLES = 4;
    /// The integer columns.
    static final List<String> INTEGERS = List.of("id", "a", "b");
    /// The string columns.
    static final List<String> STRINGS = List.of("c");
    /// The words in string columns.
    static final List<String> WORDS = List.of("", "a", "ab", "abc", "b", "ba", "c", "zz");
    /// All columns.
    static final List<String> COLUMNS = List.of("id", "a", "b", "c", "d", "e");

    private static final List<List<String>> KEYS = List.of(
            List.of("PRIMARY KEY (id)"),
            List.of("PRIMARY KEY (id)", "KEY (a)", "KEY (c, b)"),
            List.of("PRIMARY KEY (id)", "KEY (a, b)", "KEY (d)"),
            List.of("UNIQUE KEY (id)", "KEY (b, a, c)", "KEY (e)"),
            List.of("PRIMARY KEY (b, id)", "KEY (a)", "UNIQUE KEY (id)"),
            List.of("KEY (c)", "KEY (a, d)"));

    private final Random random;

    /// Tables of a seed.
    public TableGenerator(long seed) {
        this.random = new Random(seed);
    }

    /// The statements that make and fill the tables.
    public List<String> statements() {
        List<String> out = new ArrayList<>();
        for (int t = 0; t < TABLES; t++) {
            List<String> keys = KEYS.get(random.nextInt(KEYS.size()));
            boolean isPrimaryB = keys.getFirst().startsWith("PRIMARY KEY (b");
            out.add("CREATE TABLE t" + t + " (id INT NOT NULL, a INT, b INT" + (isPrimaryB ? " NOT NULL" : "")
                    + ", c VARCHAR(10) COLLATE utf8mb4_bin, d DECIMAL(6,2), e DATE, " + String.join(", ", keys)
                    + ") CHARACTER SET utf8mb4");
            int rows = random.nextInt(4) == 0 ? random.nextInt(3) : 5 + random.nextInt(25);
            for (int i = 0; i < rows; i++) {
                out.add("INSERT INTO t" + t + " VALUES (" + i + ", " + integer() + ", "
                        + (isPrimaryB ? "" + random.nextInt(6) : integer()) + ", " + word() + ", " + decimal() + ", "
                        + date() + ")");
            }
        }
        return out;
    }

    private String integer() {
        return random.nextInt(5) == 0 ? "NULL" : "" + (random.nextInt(8) - 1);
    }

    private String word() {
        return random.nextInt(5) == 0 ? "NULL" : "'" + WORDS.get(random.nextInt(WORDS.size())) + "'";
    }

    private String decimal() {
        return random.nextInt(5) == 0 ? "NULL" : (random.nextInt(600) - 100) / 100.0 + "";
    }

    private String date() {
        return random.nextInt(5) == 0 ? "NULL" : "'2024-01-0" + (1 + random.nextInt(9)) + "'";
    }
}
