package io.qomo.serve.client;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/// Packet framing: a 3-byte little-endian length and a sequence number before each payload; payloads of 2^24 − 1 bytes
/// are continued by the next packet.
final class Packets {
    private static final int MAX_PAYLOAD = 0xFFFFFF;

    private final InputStream in;
    private final OutputStream out;
    private int sequence;

    Packets(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    /// The same conversation over other streams.
    Packets over(InputStream newIn, OutputStream newOut) {
        Packets next = new Packets(newIn, newOut);
        next.sequence = sequence;
        return next;
    }

    void resetSequence() {
        sequence = 0;
    }

    private byte[] read() throws IOException {
        byte[] whole = new byte[0];
        while (true) {
            byte[] header = in.readNBytes(4);
            if (header.length < 4) {
                throw new EOFException("the server closed the connection");
            }
            int length = (header[0] & 255) | (header[1] & 255) << 8 | (header[2] & 255) << 16;
            sequence = (header[3] & 255) + 1;
            byte[] part = in.readNBytes(length);
            if (part.length < length) {
                throw new EOFException("the server closed the connection");
            }
            if (whole.length == 0) {
                whole = part;
            } else {
                int old = whole.length;
                whole = Arrays.copyOf(whole, old + length);
                System.arraycopy(part, 0, whole, old, length);
            }
            if (length < MAX_PAYLOAD) {
                return whole;
            }
        }
    }

    /// The next packet, or the [ServerError] it holds.
    byte[] readChecked() throws IOException {
        byte[] packet = read();
        if (packet.length == 0) {
            throw new IOException("the server sent an empty packet");
        }
        if ((packet[0] & 255) != 0xFF) {
            return packet;
        }
        Payload error = new Payload(packet);
        error.skip(1);
        int errno = error.u16();
        String text = error.rest();
        boolean hasState = text.startsWith("#") && text.length() >= 6;
        throw hasState
                ? new ServerError(errno, text.substring(1, 6), text.substring(6))
                : new ServerError(errno, "HY000", text);
    }

    /// Writes a packet and sends all that waits.
    void send(byte[] payload) throws IOException {
        write(payload, payload.length);
        flush();
    }

    /// True if the stream has a byte, or its end, within the socket's timeout; either is taken.
    boolean awaitByte() throws IOException {
        try {
            in.read();
            return true;
        } catch (SocketTimeoutException e) {
            // Silence is what is hoped for.
            return false;
        }
    }

    void write(byte[] payload, int length) throws IOException {
        int from = 0;
        while (true) {
            int part = Math.min(MAX_PAYLOAD, length - from);
            out.write(part);
            out.write(part >> 8);
            out.write(part >> 16);
            out.write(sequence);
            sequence++;
            out.write(payload, from, part);
            from += part;
            if (part < MAX_PAYLOAD) {
                break;
            }
        }
    }

    void flush() throws IOException {
        out.flush();
    }
}
