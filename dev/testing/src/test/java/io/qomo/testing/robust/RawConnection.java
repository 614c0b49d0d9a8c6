package io.qomo.testing.robust;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A logged-in connection whose bytes a test makes itself: root, no password.
final class RawConnection implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    /// The server's refusal.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        final int errno;

        Refused(int errno) {
            super("refused with " + errno);
            this.errno = errno;
        }
    }

    RawConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        try {
            check(packet());
            // PROTOCOL_41, SECURE_CONNECTION, PLUGIN_AUTH; an empty password needs no scramble
            byte[] capabilities = {0, (byte) 0x82, 8, 0};
            byte[] response = new byte[32];
            System.arraycopy(capabilities, 0, response, 0, 4);
            response[7] = 1;
            response[8] = 45;
            byte[] names = "root\0\0caching_sha2_password\0".getBytes(StandardCharsets.US_ASCII);
            byte[] body = Arrays.copyOf(response, 32 + names.length);
            System.arraycopy(names, 0, body, 32, names.length);
            write(1, body);
            byte[] answer = packet();
            while (answer[0] == 1) {
                answer = packet();
            }
            check(answer);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void check(byte[] packet) throws Refused {
        if (packet[0] == -1) {
            throw new Refused((packet[1] & 0xFF) | (packet[2] & 0xFF) << 8);
        }
    }

    private byte[] packet() throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        in.readUnsignedByte();
        byte[] packet = new byte[length];
        in.readFully(packet);
        return packet;
    }

    private void write(int sequence, byte[] body) throws IOException {
        byte[] packet = new byte[4 + body.length];
        packet[0] = (byte) body.length;
        packet[1] = (byte) (body.length >> 8);
        packet[2] = (byte) (body.length >> 16);
        packet[3] = (byte) sequence;
        System.arraycopy(body, 0, packet, 4, body.length);
        socket.getOutputStream().write(packet);
    }

    /// Sends a command.
    void send(int command, byte[] body) throws IOException {
        byte[] packet = new byte[1 + body.length];
        packet[0] = (byte) command;
        System.arraycopy(body, 0, packet, 1, body.length);
        write(0, packet);
    }

    void send(int command, String text) throws IOException {
        send(command, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends bytes as they are.
    void bytes(byte[] raw) throws IOException {
        socket.getOutputStream().write(raw);
    }

    /// Runs a statement and takes its whole answer.
    void query(String sql) throws IOException {
        send(3, sql);
        byte[] first = packet();
        check(first);
        if (first[0] != 0) {
            int ends = 0;
            while (ends < 2) {
                byte[] next = packet();
                ends += next[0] == -2 && next.length < 9 ? 1 : 0;
            }
        }
    }

    /// The number of the error that is the answer.
    int readErrno() throws IOException {
        try {
            check(packet());
            return 0;
        } catch (Refused e) {
            return e.errno;
        }
    }

    /// Reads that many bytes of the answer.
    int read(int count) throws IOException {
        in.readFully(new byte[count]);
        return count;
    }

    /// Dies: the peer gets a reset.
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /// Says no more, and reads until the server hangs up.
    void finish() throws IOException {
        socket.shutdownOutput();
        byte[] buffer = new byte[4096];
        int n = in.read(buffer);
        while (n >= 0) {
            n = in.read(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
