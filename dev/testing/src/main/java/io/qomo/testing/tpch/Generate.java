package io.qomo.testing.tpch;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the eight tables as `TABLE.tbl`, values separated by `|`: arguments are the scale and a directory.
public final class Generate {
    private Generate() {}

    /// Runs the generator.
    public static void main(String[] args) throws IOException {
        double scale = Double.parseDouble(args[0]);
        Path folder = Path.of(args[1]);
        Files.createDirectories(folder);
        for (TpchTable<?> table : TpchTable.getTables()) {
            write(table, scale, folder.resolve(table.getTableName() + ".tbl"));
        }
    }

    private static <E extends TpchEntity> void write(TpchTable<E> table, double scale, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (E row : table.createGenerator(scale, 1, 1)) {
                String line = row.toLine();
                out.write(line.endsWith("|") ? line.substring(0, line.length() - 1) : line);
                out.write('\n');
            }
        }
    }
}
