package io.qomo.serve.mysql;

import io.qomo.serve.mysql.wire.PacketReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The packets with which a client answers LOCAL INFILE, up to the empty one that ends them.
final class LocalFileStream extends InputStream {
    private final PacketReader reader;
    private int position;
    private int end;
    private boolean complete;

    LocalFileStream(PacketReader reader) {
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == end && !nextPacket()) {
            return -1;
        }
        int n = Math.min(length, end - position);
        System.arraycopy(reader.array(), position, target, offset, n);
        position += n;
        return n;
    }

    @Override
    public int available() {
        return end - position;
    }

    /// Reads what the client still sends: the protocol has no way to stop it.
    @Override
    public void close() throws IOException {
        position = end;
        while (!complete && nextPacket()) {
            position = end;
        }
    }

    private boolean nextPacket() throws IOException {
        if (complete) {
            return false;
        }
        if (!reader.next()) {
            complete = true;
            throw new EOFException();
        }
        position = reader.offset();
        end = position + reader.length();
        complete = position == end;
        return !complete;
    }
}
