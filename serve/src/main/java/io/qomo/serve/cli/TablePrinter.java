package io.qomo.serve.cli;

import io.qomo.serve.client.ResultHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints results as aligned tables, vertically (`\G`) or tab-separated (batch mode).
///
/// Binary columns are drawn in hexadecimal, as the MySQL client does for people; batch mode passes bytes through.
final class TablePrinter implements ResultHandler {
    /// The forms of output.
    enum Form {
        TABLE,
        VERTICAL,
        TABS
    }

    /// Rows measured before widths are fixed, so that a large result streams in constant memory.
    private static final int MEASURED_ROWS = 1000;

    private static final int BINARY_COLLATION = 63;
    private static final int BIT_TYPE = 16;
    private static final int FIRST_BLOB_TYPE = 249;

    private static final byte[] NULL = {'N', 'U', 'L', 'L'};

    private final PrintStream out;
    private final Form form;
    private final boolean quiet;
    private List<Column> columns = List.of();
    private final List<String[]> waiting = new ArrayList<>();
    private int[] widths = {};
    private boolean headerDone;
    private long rows;
    private long startNanos = System.nanoTime();

    /// `quiet`: no row counts and timings.
    TablePrinter(PrintStream out, Form form, boolean quiet) {
        this.out = out;
        this.form = form;
        this.quiet = quiet;
    }

    @Override
    public void ok(long affectedRows, long lastInsertId, int warnings, String info) {
        if (!quiet) {
            out.printf("Query OK, %s affected%s %s%n", count(affectedRows), warningText(warnings), elapsed());
            if (!info.isBlank()) {
                out.println(info.strip());
            }
            out.println();
        }
        startNanos = System.nanoTime();
    }

    @Override
    public void columns(List<Column> header) {
        columns = header;
        widths = new int[header.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = DisplayWidth.of(header.get(i).name());
        }
        waiting.clear();
        headerDone = false;
        rows = 0;
    }

    @Override
    public void row(byte[] @Nullable [] values) {
        rows++;
        if (form == Form.TABS) {
            tabRow(values);
            return;
        }
        String[] texts = new String[values.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(values[i], columns.get(i));
        }
        if (form == Form.TABLE) {
            tableRow(texts);
        } else {
            verticalRow(texts);
        }
    }

    private static String text(byte @Nullable [] value, Column column) {
        if (value == null) {
            return "NULL";
        }
        boolean isBinary = column.collation() == BINARY_COLLATION
                && (column.type() >= FIRST_BLOB_TYPE || column.type() == BIT_TYPE);
        return isBinary
                ? "0x" + HexFormat.of().withUpperCase().formatHex(value)
                : new String(value, StandardCharsets.UTF_8);
    }

    private void tabRow(byte[] @Nullable [] values) {
        if (!headerDone) {
            out.print(String.join("\t", columns.stream().map(Column::name).toList()));
            out.write('\n');
            headerDone = true;
        }
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.write('\t');
            }
            writeEscaped(values[i] == null ? NULL : values[i]);
        }
        out.write('\n');
    }

    /// The bytes as they are but for those that would end a field or a line.
    private void writeEscaped(byte[] value) {
        int from = 0;
        for (int i = 0; i < value.length; i++) {
            char escape = switch (value[i]) {
                case 0 -> '0';
                case '\t' -> 't';
                case '\n' -> 'n';
                case '\\' -> '\\';
                default -> 0;
            };
            if (escape != 0) {
                out.write(value, from, i - from);
                out.write('\\');
                out.write(escape);
                from = i + 1;
            }
        }
        out.write(value, from, value.length - from);
    }

    private void verticalRow(String[] texts) {
        out.printf("*************************** %d. row ***************************%n", rows);
        int widest = 0;
        for (int width : widths) {
            widest = Math.max(widest, width);
        }
        for (int i = 0; i < texts.length; i++) {
            out.print(" ".repeat(widest - widths[i]));
            out.println(columns.get(i).name() + ": " + texts[i]);
        }
    }

    private void tableRow(String[] texts) {
        if (headerDone) {
            printRow(texts);
            return;
        }
        waiting.add(texts);
        for (int i = 0; i < texts.length; i++) {
            for (String line : texts[i].split("\n", -1)) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(line));
            }
        }
        if (waiting.size() >= MEASURED_ROWS) {
            startTable();
        }
    }

    private void startTable() {
        rule();
        printRow(columns.stream().map(Column::name).toArray(String[]::new));
        rule();
        headerDone = true;
        waiting.forEach(this::printRow);
        waiting.clear();
    }

    private void rule() {
        StringBuilder line = new StringBuilder("+");
        for (int width : widths) {
            line.append("-".repeat(width + 2)).append('+');
        }
        out.println(line);
    }

    private void printRow(String[] texts) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < texts.length; i++) {
            int pad = Math.max(0, widths[i] - DisplayWidth.of(texts[i]));
            boolean right = headerDone && columns.get(i).isNumeric();
            line.append(' ')
                    .append(" ".repeat(right ? pad : 0))
                    .append(texts[i])
                    .append(" ".repeat(right ? 0 : pad))
                    .append(" |");
        }
        out.println(line);
    }

    @Override
    public void endOfRows(int warnings) throws IOException {
        if (form == Form.TABLE && rows > 0) {
            if (!headerDone) {
                startTable();
            }
            rule();
        }
        if (!quiet) {
            String what = rows == 0 ? "Empty set" : rows + (rows == 1 ? " row in set" : " rows in set");
            out.printf("%s%s %s%n%n", what, warningText(warnings), elapsed());
        }
        out.flush();
        startNanos = System.nanoTime();
    }

    private static String count(long rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    private static String warningText(int warnings) {
        return warnings == 0 ? "" : ", " + warnings + (warnings == 1 ? " warning" : " warnings");
    }

    private String elapsed() {
        return "(%.2f sec)".formatted((System.nanoTime() - startNanos) / 1e9);
    }
}
