package io.qomo.serve.cluster;

import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import io.qomo.serve.systemtable.ServerFacts.ProcessRow;

/// Rows of the process list between servers.
final class ProcessRows {
    private ProcessRows() {}

    static void write(RecordWriter out, ProcessRow row) {
        out.number(row.id())
                .text(row.user())
                .text(row.host())
                .optionalText(row.database())
                .text(row.command())
                .number(row.seconds())
                .text(row.state())
                .optionalText(row.info());
    }

    static ProcessRow read(RecordReader in) {
        return new ProcessRow(
                in.number(),
                in.text(),
                in.text(),
                in.optionalText(),
                in.text(),
                in.number(),
                in.text(),
                in.optionalText());
    }
}
