package io.qomo.serve.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads lines as bytes, one in each char: nothing is decoded, and only `\n` ends a line.
final class ByteLines {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;

    ByteLines(InputStream in) {
        this.in = in;
    }

    /// The next line without its `\n`, or null at the end.
    @Nullable String next() throws IOException {
        ByteArrayOutputStream begun = null;
        while (true) {
            for (int i = at; i < end; i++) {
                if (buffer[i] == '\n') {
                    String line = take(begun, i);
                    at = i + 1;
                    return line;
                }
            }
            if (at < end) {
                begun = begun == null ? new ByteArrayOutputStream(2 * (end - at)) : begun;
                begun.write(buffer, at, end - at);
            }
            at = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                return begun == null ? null : take(begun, 0);
            }
        }
    }

    private String take(@Nullable ByteArrayOutputStream begun, int to) {
        if (begun == null) {
            return new String(buffer, at, to - at, StandardCharsets.ISO_8859_1);
        }
        begun.write(buffer, at, to - at);
        return begun.toString(StandardCharsets.ISO_8859_1);
    }
}
