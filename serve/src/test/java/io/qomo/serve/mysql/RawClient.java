package io.qomo.serve.mysql;

import io.qomo.serve.auth.Replies;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.Compression;
import io.qomo.serve.mysql.wire.Compressor;
import io.qomo.serve.mysql.wire.DecompressingStream;
import io.qomo.serve.mysql.wire.PacketReader;
import io.qomo.serve.mysql.wire.PacketWriter;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.mysql.wire.Sequence;
import io.qomo.serve.mysql.wire.WireBuffer;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A client that does what a test says, right or wrong.
final class RawClient implements AutoCloseable {
    static final int PLAIN = Capability.PROTOCOL_41
            | Capability.SECURE_CONNECTION
            | Capability.PLUGIN_AUTH
            | Capability.LONG_PASSWORD
            | Capability.TRANSACTIONS
            | Capability.MULTI_RESULTS
            | Capability.PS_MULTI_RESULTS;

    final Socket socket;
    final Sequence sequence = new Sequence();
    private final Sequence outerSequence = new Sequence();
    private final PacketReader reader;
    private final PacketWriter writer;
    int serverCapabilities;
    byte[] nonce = {};

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        reader = new PacketReader(socket.getInputStream(), sequence, 1L << 30);
        writer = new PacketWriter(socket.getOutputStream(), sequence);
    }

    /// Logs in as an account without a password.
    static RawClient open(int port, int capabilities) throws IOException {
        RawClient client = new RawClient(port);
        client.greeting();
        client.respond(capabilities, "nativeempty", new byte[0], "mysql_native_password");
        byte[] answer = client.packet();
        if (answer[0] != 0) {
            throw new IOException(new String(answer, StandardCharsets.UTF_8));
        }
        return client;
    }

    byte[] greeting() throws IOException {
        byte[] greeting = packet();
        if (greeting[0] != 10) {
            return greeting;
        }
        Payload in = new Payload().set(greeting, 1, greeting.length - 1);
        in.readNulBytes();
        in.readInt();
        byte[] first = in.readBytes(8);
        in.readByte();
        int low = in.readShort();
        in.readByte();
        in.readShort();
        serverCapabilities = low | in.readShort() << 16;
        in.skip(11);
        byte[] second = in.readBytes(12);
        nonce = Arrays.copyOf(first, 20);
        System.arraycopy(second, 0, nonce, 8, 12);
        return greeting;
    }

    void respond(int capabilities, String user, byte[] reply, String plugin) throws IOException {
        WireBuffer out = writer.begin();
        out.putInt(capabilities);
        out.putInt(1 << 24);
        out.putByte(45);
        out.putZeros(23);
        out.putAscii(user);
        out.putByte(0);
        out.putByte(reply.length);
        out.putBytes(reply);
        if ((capabilities & Capability.PLUGIN_AUTH) != 0) {
            out.putAscii(plugin);
            out.putByte(0);
        }
        if ((capabilities & Capability.ZSTD_COMPRESSION) != 0) {
            out.putByte(3);
        }
        writer.end();
        writer.flush();
    }

    byte[] nativeReply(String password) {
        return Replies.makeNative(password.getBytes(StandardCharsets.UTF_8), nonce);
    }

    void compress(Compression compression) throws IOException {
        writer.setCompressor(new Compressor(compression, 3, outerSequence));
        reader.setStream(new DecompressingStream(socket.getInputStream(), compression, outerSequence));
        reader.setChecksSequence(false);
    }

    /// Sends a command.
    void command(int command, byte[] rest) throws IOException {
        sequence.reset();
        outerSequence.reset();
        WireBuffer out = writer.begin();
        out.putByte(command);
        out.putBytes(rest);
        writer.end();
        writer.flush();
    }

    void query(String sql) throws IOException {
        command(3, sql.getBytes(StandardCharsets.UTF_8));
    }

    /// Sends a packet of the exchange under way.
    void send(byte[] payload) throws IOException {
        writer.begin().putBytes(payload);
        writer.end();
        writer.flush();
    }

    /// The next packet's payload.
    byte[] packet() throws IOException {
        if (!reader.next()) {
            throw new EOFException();
        }
        return Arrays.copyOfRange(reader.array(), reader.offset(), reader.offset() + reader.length());
    }

    /// Error number of the next packet, 0 if it is none.
    int error() throws IOException {
        byte[] packet = packet();
        return (packet[0] & 0xFF) == 0xFF ? (packet[1] & 0xFF) | (packet[2] & 0xFF) << 8 : 0;
    }

    /// As [#error], for a packet that the server sends of its own accord.
    int unsolicitedError() throws IOException {
        sequence.anticipate();
        return error();
    }

    /// True if the server has closed the connection.
    boolean isClosedByServer() {
        try {
            packet();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// Reads until the server closes the connection, whatever it says before.
    void awaitClosed() {
        sequence.anticipate();
        while (!isClosedByServer()) {
            sequence.anticipate();
        }
    }

    static byte[] bytes(Object... parts) {
        WireBuffer out = new WireBuffer(64);
        for (Object part : parts) {
            switch (part) {
                case Byte b -> out.putByte(b);
                case Short s -> out.putShort(s);
                case Integer i -> out.putInt(i);
                case Long l -> out.putLong(l);
                case byte[] array -> out.putBytes(array);
                case String s -> out.putBytes(s.getBytes(StandardCharsets.UTF_8));
                default -> throw new IllegalArgumentException(part.toString());
            }
        }
        return Arrays.copyOf(out.array(), out.size());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
