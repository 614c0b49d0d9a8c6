package io.qomo.serve.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// A connection to a MySQL server.
public final class Connection implements Closeable {
    private static final int LONG_PASSWORD = 1;
    /// The client error of a missing file (the C library's ENOENT, as the MySQL client shows it).
    private static final int FILE_NOT_FOUND = 2;

    private static final int LONG_FLAG = 4;
    private static final int CONNECT_WITH_DB = 8;
    private static final int LOCAL_FILES = 128;
    private static final int PROTOCOL_41 = 512;
    private static final int SSL = 2048;
    private static final int TRANSACTIONS = 8192;
    private static final int SECURE_CONNECTION = 32768;
    private static final int MULTI_STATEMENTS = 1 << 16;
    private static final int MULTI_RESULTS = 1 << 17;
    private static final int PLUGIN_AUTH = 1 << 19;
    private static final int UTF8MB4_0900_AI_CI = 255;
    private static final int MORE_RESULTS = 8;
    private static final int NO_BACKSLASH_ESCAPES = 512;

    private Socket socket;
    private Packets packets;
    private final String serverVersion;
    private final long connectionId;
    /// What is being run, see `sendLocalFile`.
    private byte[] statement = {};
    private boolean hasBackslashEscapes = true;
    private byte[] challenge = {};
    private boolean isTls;

    /// Where and as whom to connect; an empty database selects none.
    public record Options(String host, int port, String user, String password, String database, Duration timeout) {}

    /// Connects and logs in. Errors: [ServerError], [IOException].
    public Connection(Options options) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        int timeoutMs = (int) options.timeout().toMillis();
        socket.connect(new InetSocketAddress(options.host(), options.port()), timeoutMs);
        socket.setSoTimeout(timeoutMs);
        packets = new Packets(socket.getInputStream(), socket.getOutputStream());
        try {
            Payload hello = new Payload(checked(packets.read()));
            hello.skip(1);
            serverVersion = new String(hello.untilZero(), StandardCharsets.UTF_8);
            connectionId = hello.u32();
            byte[] firstPart = hello.take(8);
            hello.skip(1);
            boolean offersTls = (hello.u16() & SSL) != 0;
            hello.skip(1 + 2 + 2);
            int challengeBytes = Math.max(13, hello.u8() - 8);
            hello.skip(10);
            byte[] secondPart = hello.take(challengeBytes - 1);
            hello.skip(1);
            challenge = join(firstPart, secondPart);
            String plugin = new String(hello.untilZero(), StandardCharsets.UTF_8);
            if (offersTls && !socket.getInetAddress().isLoopbackAddress()) {
                startTls(options);
            }
            login(options, plugin);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        socket.setSoTimeout(0);
    }

    /// The server's version string.
    public String serverVersion() {
        return serverVersion;
    }

    /// The server's number of this connection.
    public long connectionId() {
        return connectionId;
    }

    /// Whether `\` escapes inside quotes, as the server's last OK said: not under NO_BACKSLASH_ESCAPES.
    public boolean hasBackslashEscapes() {
        return hasBackslashEscapes;
    }

    /// False if the server has ended the connection; asks nothing of it. A server says nothing unasked but good-bye.
    public boolean isOpen() {
        try {
            socket.setSoTimeout(1);
            try {
                return !packets.awaitByte();
            } finally {
                socket.setSoTimeout(0);
            }
        } catch (IOException e) {
            // What cannot be asked is not open.
            return false;
        }
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private void writeFixedPart(ByteArrayOutputStream out, Options options) {
        int flags = LONG_PASSWORD
                | LONG_FLAG
                | LOCAL_FILES
                | PROTOCOL_41
                | TRANSACTIONS
                | SECURE_CONNECTION
                | MULTI_STATEMENTS
                | MULTI_RESULTS
                | PLUGIN_AUTH
                | (isTls ? SSL : 0)
                | (options.database().isEmpty() ? 0 : CONNECT_WITH_DB);
        writeInt(out, flags);
        writeInt(out, 1 << 30);
        out.write(UTF8MB4_0900_AI_CI);
        out.writeBytes(new byte[23]);
    }

    /// Goes on in TLS, as the MySQL client does where it is offered: against listeners, not against impostors, since a
    /// server's own certificate vouches for nobody.
    private void startTls(Options options) throws IOException {
        isTls = true;
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        writeFixedPart(request, options);
        send(request.toByteArray());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnyServer()}, null);
            SSLSocket secure =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, options.host(), options.port(), true);
            secure.startHandshake();
            socket = secure;
            packets = packets.over(secure.getInputStream(), secure.getOutputStream());
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK cannot speak TLS", e);
        }
    }

    private void login(Options options, String plugin) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeFixedPart(out, options);
        out.write(options.user().getBytes(StandardCharsets.UTF_8));
        out.write(0);
        byte[] answer = answer(plugin, options.password());
        out.write(answer.length);
        out.write(answer);
        if (!options.database().isEmpty()) {
            out.write(options.database().getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        out.write(plugin.getBytes(StandardCharsets.UTF_8));
        out.write(0);
        send(out.toByteArray());
        finishLogin(options.password());
    }

    private void finishLogin(String password) throws IOException {
        while (true) {
            byte[] packet = checked(packets.read());
            switch (packet[0] & 255) {
                case 0 -> {
                    return;
                }
                case 0xFE -> {
                    Payload change = new Payload(packet);
                    change.skip(1);
                    String plugin = new String(change.untilZero(), StandardCharsets.UTF_8);
                    byte[] data = change.take(change.remaining());
                    challenge = Arrays.copyOf(data, Math.min(20, data.length));
                    send(answer(plugin, password));
                }
                case 1 -> continueLogin(packet, password);
                default -> throw new IOException("unexpected packet during login");
            }
        }
    }

    private void continueLogin(byte[] packet, String password) throws IOException {
        if (packet.length == 2 && packet[1] == 4) {
            byte[] clear = (password + "\0").getBytes(StandardCharsets.UTF_8);
            send(isTls ? clear : new byte[] {2});
        } else if (packet.length > 2) {
            String pem = new String(packet, 1, packet.length - 1, StandardCharsets.US_ASCII);
            try {
                send(Passwords.encrypt(password, challenge, pem));
            } catch (GeneralSecurityException e) {
                throw new IOException("the server's public key cannot be used", e);
            }
        }
    }

    private byte[] answer(String plugin, String password) throws IOException {
        try {
            return switch (plugin) {
                case "mysql_native_password" -> Passwords.nativeScramble(password, challenge);
                case "caching_sha2_password" -> Passwords.sha2Scramble(password, challenge);
                default -> throw new IOException("the server asks for the unknown plugin " + plugin);
            };
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK lacks a digest", e);
        }
    }

    /// Runs a statement, or several separated by `;`.
    public void query(String sql, ResultHandler handler) throws IOException {
        query(sql.getBytes(StandardCharsets.UTF_8), handler);
    }

    /// As [#query(String,ResultHandler)], with bytes that are sent as they are.
    public void query(byte[] text, ResultHandler handler) throws IOException {
        packets.resetSequence();
        byte[] command = new byte[text.length + 1];
        command[0] = 3;
        System.arraycopy(text, 0, command, 1, text.length);
        send(command);
        statement = text;
        while (readResult(handler)) {
            continue;
        }
    }

    private boolean readResult(ResultHandler handler) throws IOException {
        byte[] packet = checked(packets.read());
        int first = packet[0] & 255;
        if (first == 0) {
            return readOk(packet, handler);
        }
        if (first == 0xFB) {
            String name = new String(packet, 1, packet.length - 1, StandardCharsets.UTF_8);
            boolean sent = sendLocalFile(name);
            boolean more = readResult(handler);
            if (!sent) {
                throw new ServerError(FILE_NOT_FOUND, "HY000", "File '" + name + "' not found or not readable");
            }
            return more;
        }
        int width = (int) new Payload(packet).lengthEncoded();
        List<ResultHandler.Column> columns = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            columns.add(readColumn(new Payload(checked(packets.read()))));
        }
        checked(packets.read());
        handler.columns(columns);
        while (true) {
            byte[] row = checked(packets.read());
            if ((row[0] & 255) == 0xFE && row.length < 9) {
                Payload end = new Payload(row);
                end.skip(1);
                int warnings = end.u16();
                int status = end.u16();
                handler.endOfRows(warnings);
                return (status & MORE_RESULTS) != 0;
            }
            Payload values = new Payload(row);
            byte[] @Nullable [] texts = new byte[width][];
            for (int i = 0; i < width; i++) {
                texts[i] = values.nullableBytes();
            }
            handler.row(texts);
        }
    }

    private boolean readOk(byte[] packet, ResultHandler handler) throws IOException {
        Payload ok = new Payload(packet);
        ok.skip(1);
        long affected = ok.lengthEncoded();
        long insertId = ok.lengthEncoded();
        int status = ok.u16();
        int warnings = ok.u16();
        hasBackslashEscapes = (status & NO_BACKSLASH_ESCAPES) == 0;
        handler.ok(affected, insertId, warnings, ok.rest());
        return (status & MORE_RESULTS) != 0;
    }

    private static ResultHandler.Column readColumn(Payload definition) {
        for (int i = 0; i < 4; i++) {
            definition.lengthEncodedString();
        }
        String name = definition.lengthEncodedString();
        definition.lengthEncodedString();
        definition.skip(1);
        int collation = definition.u16();
        definition.skip(4);
        int type = definition.u8();
        return new ResultHandler.Column(name, type, definition.u16(), collation);
    }

    /// Sends a file the server asks for; false if there is none, or the statement does not name it (a server must not
    /// read this machine's files at its own wish). An empty packet ends the transfer either way.
    private boolean sendLocalFile(String name) throws IOException {
        Path file = Path.of(name);
        boolean sent = Files.isReadable(file)
                && !Files.isDirectory(file)
                && new String(statement, StandardCharsets.UTF_8).contains(name);
        if (sent) {
            byte[] buffer = new byte[1 << 20];
            try (InputStream in = Files.newInputStream(file)) {
                int count = in.read(buffer);
                while (count > 0) {
                    packets.write(buffer, count);
                    count = in.read(buffer);
                }
            }
        }
        packets.write(new byte[0], 0);
        packets.flush();
        return sent;
    }

    private void send(byte[] payload) throws IOException {
        packets.write(payload, payload.length);
        packets.flush();
    }

    private static byte[] checked(byte[] packet) throws IOException {
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
        return text.startsWith("#") && text.length() >= 6
                ? fail(errno, text.substring(1, 6), text.substring(6))
                : fail(errno, "HY000", text);
    }

    private static byte[] fail(int errno, String sqlState, String message) throws ServerError {
        throw new ServerError(errno, sqlState, message);
    }

    private static void writeInt(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
        out.write(value >> 16);
        out.write(value >> 24);
    }

    /// Says good-bye and closes the socket.
    @Override
    public void close() throws IOException {
        try {
            packets.resetSequence();
            send(new byte[] {1});
        } catch (IOException e) {
            // The connection is being given up; whether the server heard it does not matter.
            socket.close();
        }
        socket.close();
    }
}
