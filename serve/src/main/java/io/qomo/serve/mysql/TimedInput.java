package io.qomo.serve.mysql;

import java.io.IOException;
import java.io.InputStream;

/// The client's bytes, with every wait announced to the deadlines.
final class TimedInput extends InputStream {
    private final InputStream in;
    private final Deadlines deadlines;
    private long bytes;

    TimedInput(InputStream in, Deadlines deadlines) {
        this.in = in;
        this.deadlines = deadlines;
    }

    /// Bytes read since the last call.
    long takeBytes() {
        long taken = bytes;
        bytes = 0;
        return taken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        deadlines.beforeRead();
        int n = in.read(target, offset, length);
        deadlines.afterRead();
        bytes += Math.max(0, n);
        return n;
    }
}
