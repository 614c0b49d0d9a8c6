package io.qomo.serve.mysql.wire;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Collects packets and sends them together. Owned by the connection's thread.
///
/// Use: `begin()`, write the payload into the buffer, `end()`; `flush()` when the other side has to see it.
public final class PacketWriter {
    /// Packets are sent when this much has gathered.
    public static final int FLUSH_BYTES = 64 << 10;

    private static final int HEADER_BYTES = 4;
    private static final int IDLE_BYTES = 4 << 10;
    private static final int KEEP_BYTES = 16 << 10;

    private final Sequence sequence;
    private final WireBuffer buffer = new WireBuffer(IDLE_BYTES);
    private OutputStream out;
    private @Nullable Compressor compressor;
    private int packetStart;

    /// Sends to `out`.
    public PacketWriter(OutputStream out, Sequence sequence) {
        this.out = out;
        this.sequence = sequence;
    }

    /// Goes on with another stream; nothing may be waiting to be sent.
    public void setStream(OutputStream stream) {
        out = stream;
    }

    /// Compresses from now on; nothing may be waiting to be sent.
    public void setCompressor(Compressor packetCompressor) {
        compressor = packetCompressor;
    }

    /// Starts a packet; its payload goes into the buffer returned.
    public WireBuffer begin() {
        packetStart = buffer.size();
        buffer.putInt(0);
        return buffer;
    }

    /// Takes the packet begun last back; nothing of it has been sent.
    public void cancel() {
        buffer.truncate(packetStart);
    }

    /// Completes the packet.
    public void end() {
        int payload = buffer.size() - packetStart - HEADER_BYTES;
        int more = payload / PacketReader.MAX_CHUNK;
        byte[] bytes = buffer.ensure(more * HEADER_BYTES);
        for (int i = more; i > 0; i--) {
            int from = packetStart + HEADER_BYTES + i * PacketReader.MAX_CHUNK;
            int length = Math.min(PacketReader.MAX_CHUNK, payload - i * PacketReader.MAX_CHUNK);
            System.arraycopy(bytes, from, bytes, from + i * HEADER_BYTES, length);
        }
        buffer.advance(more * HEADER_BYTES);
        int at = packetStart;
        for (int i = 0; i <= more; i++) {
            int length = Math.min(PacketReader.MAX_CHUNK, payload - i * PacketReader.MAX_CHUNK);
            bytes[at] = (byte) length;
            bytes[at + 1] = (byte) (length >> 8);
            bytes[at + 2] = (byte) (length >> 16);
            bytes[at + 3] = (byte) sequence.take();
            at += HEADER_BYTES + length;
        }
        packetStart = buffer.size();
    }

    /// Sends what has gathered if it is much.
    public void flushIfLarge() throws IOException {
        if (buffer.size() >= FLUSH_BYTES) {
            send();
            buffer.clear(4 * FLUSH_BYTES, 2 * FLUSH_BYTES);
        }
    }

    /// Sends what has gathered and keeps only a small buffer.
    public void flush() throws IOException {
        if (buffer.size() > 0) {
            send();
        }
        buffer.clear(KEEP_BYTES, IDLE_BYTES);
    }

    private void send() throws IOException {
        Compressor active = compressor;
        if (active == null) {
            out.write(buffer.array(), 0, buffer.size());
        } else {
            active.write(out, buffer.array(), buffer.size());
        }
        packetStart = 0;
    }
}
