package io.qomo.serve.cli;

import io.qomo.serve.client.ResultHandler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints results as aligned tables, vertically (`\G`) or tab-separated (batch mode).
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
    private static final int FIRST_BLOB_TYPE = 249;

    private final PrintWriter out;
    private final Form form;
    private final boolean quiet;
    private List<Column> columns = List.of();
    private final List<String[]> waiting = new ArrayList<>();
    private int[] widths = {};
    private boolean headerDone;
    private long rows;
    private long startNanos = System.nanoTime();

    /// `quiet`: no row counts and timings.
    TablePrinter(PrintWriter out, Form form, boolean quiet) {
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
        String[] texts = new String[values.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(values[i], columns.get(i));
        }
        rows++;
        switch (form) {
            case TABLE -> tableRow(texts);
            case VERTICAL -> verticalRow(texts);
            case TABS -> tabRow(texts);
        }
    }

    private static String text(byte @Nullable [] value, Column column) {
        if (value == null) {
            return "NULL";
        }
        boolean isBinary = column.collation() == BINARY_COLLATION
                && column.type() >= FIRST_BLOB_TYPE
                && (column.flags() & 128) != 0;
        if (isBinary && !isPrintable(value)) {
            return "0x" + java.util.HexFormat.of().withUpperCase().formatHex(value);
        }
        return new String(value, StandardCharsets.UTF_8);
    }

    private static boolean isPrintable(byte[] value) {
        for (byte b : value) {
            if (b < ' ' && b != '\n' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    private void tabRow(String[] texts) {
        if (!headerDone) {
            out.println(String.join("\t", columns.stream().map(Column::name).toList()));
            headerDone = true;
        }
        for (int i = 0; i < texts.length; i++) {
            texts[i] = texts[i].replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
        }
        out.println(String.join("\t", texts));
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
