package io.qomo.serve.cluster;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.lock.LockMode;
import io.qomo.serve.lock.LockName;
import io.qomo.serve.meta.RecordReader;
import io.qomo.serve.meta.RecordWriter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests and responses between servers.
///
/// ```
/// request    version, kind, incarnation of the sender, incarnation of the receiver or leadership, arguments
/// response   version, status: 0 done, 1 error of the register, 2 elsewhere; result, or name and text
/// ```
/// Fields as [RecordWriter] writes them.
final class Wire {
    static final int VERSION = 1;
    private static final int DONE = 0;
    private static final int ERROR = 1;
    private static final int ELSEWHERE = 2;

    private Wire() {}

    static RecordWriter request(Kind kind, long sender, long receiver) {
        return new RecordWriter(VERSION).number(kind.ordinal()).number(sender).number(receiver);
    }

    static RecordWriter done() {
        return new RecordWriter(VERSION).number(DONE);
    }

    static byte[] failed(RuntimeException failure) {
        return switch (failure) {
            case ElsewhereException e ->
                new RecordWriter(VERSION)
                        .number(ELSEWHERE)
                        .text(String.valueOf(e.getMessage()))
                        .toBytes();
            case SqlException e -> error(e.code(), e.text());
            default -> error(ErrorCode.INTERNAL_ERROR, ErrorCode.INTERNAL_ERROR.format(failure));
        };
    }

    private static byte[] error(ErrorCode code, String text) {
        return new RecordWriter(VERSION)
                .number(ERROR)
                .text(code.name())
                .text(text)
                .toBytes();
    }

    /// The result, or throws what stands for it.
    static RecordReader check(byte[] response) {
        RecordReader in = new RecordReader(response, VERSION);
        switch (in.integer()) {
            case DONE -> {
                return in;
            }
            case ELSEWHERE -> throw new ElsewhereException(in.text());
            default -> throw SqlException.relayed(in.constant(ErrorCode.class), in.text());
        }
    }

    static void write(RecordWriter out, LockName name) {
        out.text(name.database()).text(name.table());
    }

    static LockName name(RecordReader in) {
        String database = in.text();
        String table = in.text();
        return table.isEmpty() ? LockName.database(database) : LockName.table(database, table);
    }

    static void write(RecordWriter out, Collection<LockName> names, @Nullable LockMode mode) {
        out.list(names, Wire::write).optionalText(mode == null ? null : mode.name());
    }

    static List<LockName> names(RecordReader in) {
        return in.list(Wire::name);
    }

    static @Nullable LockMode mode(RecordReader in) {
        String mode = in.optionalText();
        return mode == null ? null : LockMode.valueOf(mode);
    }
}
