package io.qomo.serve.mysql;

import java.io.IOException;
import java.io.OutputStream;

/// Bytes to the client, in pieces whose progress the deadlines see.
final class TimedOutput extends OutputStream {
    /// Also bounds the direct memory the JDK keeps per thread for copying.
    private static final int PIECE_BYTES = 16 << 10;

    private final OutputStream out;
    private final Deadlines deadlines;
    private long bytes;

    TimedOutput(OutputStream out, Deadlines deadlines) {
        this.out = out;
        this.deadlines = deadlines;
    }

    /// Bytes written since the last call.
    long takeBytes() {
        long taken = bytes;
        bytes = 0;
        return taken;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += PIECE_BYTES) {
            deadlines.beforeWrite();
            out.write(source, offset + done, Math.min(PIECE_BYTES, length - done));
            deadlines.afterWrite();
        }
        bytes += length;
    }
}
