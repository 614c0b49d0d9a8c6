package io.qomo.serve.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;

/// From a socket to a connection that is logged in. Source: MySQL manual, "Connection Phase".
///
/// ```
/// greeting --> (request for TLS, handshake) --> reply --> AuthSwitchRequest, more data --> OK
/// ```
final class Login {
    private static final int LONG_PASSWORD = 1;
    private static final int LONG_FLAG = 4;
    private static final int CONNECT_WITH_DB = 8;
    private static final int LOCAL_FILES = 128;
    private static final int PROTOCOL_41 = 512;
    private static final int INTERACTIVE = 1024;
    private static final int SSL = 2048;
    private static final int TRANSACTIONS = 8192;
    private static final int SECURE_CONNECTION = 32768;
    private static final int MULTI_STATEMENTS = 1 << 16;
    private static final int MULTI_RESULTS = 1 << 17;
    private static final int PLUGIN_AUTH = 1 << 19;
    private static final int CAN_HANDLE_EXPIRED_PASSWORDS = 1 << 22;
    private static final int UTF8MB4_0900_AI_CI = 255;
    private static final int ACCESS_DENIED = 1045;
    private static final int SECURE_TRANSPORT_REQUIRED = 3159;

    private final Connection.Options options;
    private Socket socket;
    private Packets packets;
    private final String serverVersion;
    private final long connectionId;
    private final boolean offersTls;
    private final String plugin;
    private byte[] challenge;
    private String cipher = "";

    /// Connects and reads the greeting.
    private Login(Connection.Options options) throws IOException {
        this.options = options;
        socket = new Socket();
        socket.setTcpNoDelay(true);
        int timeoutMs = (int) options.timeout().toMillis();
        try {
            socket.connect(new InetSocketAddress(options.host(), options.port()), timeoutMs);
            socket.setSoTimeout(timeoutMs);
            packets = new Packets(socket.getInputStream(), socket.getOutputStream());
            Payload hello = new Payload(packets.readChecked());
            hello.skip(1);
            serverVersion = new String(hello.untilZero(), StandardCharsets.UTF_8);
            connectionId = hello.u32();
            byte[] firstPart = hello.take(8);
            hello.skip(1);
            offersTls = (hello.u16() & SSL) != 0;
            hello.skip(1 + 2 + 2);
            int challengeBytes = Math.max(13, hello.u8() - 8);
            hello.skip(10);
            byte[] secondPart = hello.take(challengeBytes - 1);
            hello.skip(1);
            challenge = join(firstPart, secondPart);
            plugin = new String(hello.untilZero(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// Logs in, in the way the options ask for.
    static Login of(Connection.Options options) throws IOException {
        Login first = new Login(options);
        try {
            first.run(options.tls()
                    .isWanted(first.offersTls, first.socket.getInetAddress().isLoopbackAddress()));
            return first;
        } catch (ServerError e) {
            boolean mayHelp = e.errno() == ACCESS_DENIED || e.errno() == SECURE_TRANSPORT_REQUIRED;
            boolean isUntried = first.offersTls && first.cipher.isEmpty();
            if (!mayHelp || !isUntried || options.tls().mode() != Tls.Mode.PREFERRED) {
                throw e;
            }
        }
        // The account may need TLS: servers do not say which it was.
        Login second = new Login(options);
        second.run(true);
        return second;
    }

    Socket socket() {
        return socket;
    }

    Packets packets() {
        return packets;
    }

    String serverVersion() {
        return serverVersion;
    }

    long connectionId() {
        return connectionId;
    }

    /// What the connection is encrypted with, or empty.
    String cipher() {
        return cipher;
    }

    private void run(boolean isEncrypted) throws IOException {
        try {
            if (isEncrypted) {
                startTls();
            }
            reply();
            finish();
            socket.setSoTimeout(0);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private void startTls() throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        writeFixedPart(request, true);
        packets.send(request.toByteArray());
        SSLSocket secure = options.tls().secure(socket, options.host(), options.port());
        socket = secure;
        packets = packets.over(secure.getInputStream(), secure.getOutputStream());
        cipher = secure.getSession().getCipherSuite();
    }

    private void writeFixedPart(ByteArrayOutputStream out, boolean isEncrypted) {
        int flags = LONG_PASSWORD
                | LONG_FLAG
                | LOCAL_FILES
                | PROTOCOL_41
                | TRANSACTIONS
                | SECURE_CONNECTION
                | MULTI_STATEMENTS
                | MULTI_RESULTS
                | PLUGIN_AUTH
                | (isEncrypted ? SSL : 0)
                | (options.isInteractive() ? INTERACTIVE | CAN_HANDLE_EXPIRED_PASSWORDS : 0)
                | (options.database().isEmpty() ? 0 : CONNECT_WITH_DB);
        writeInt(out, flags);
        writeInt(out, 1 << 30);
        out.write(UTF8MB4_0900_AI_CI);
        out.writeBytes(new byte[23]);
    }

    private static void writeInt(ByteArrayOutputStream out, int value) {
        out.write(value);
        out.write(value >> 8);
        out.write(value >> 16);
        out.write(value >> 24);
    }

    private void reply() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeFixedPart(out, !cipher.isEmpty());
        out.write(options.user().getBytes(StandardCharsets.UTF_8));
        out.write(0);
        byte[] answer = answer(plugin);
        out.write(answer.length);
        out.write(answer);
        if (!options.database().isEmpty()) {
            out.write(options.database().getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        out.write(plugin.getBytes(StandardCharsets.UTF_8));
        out.write(0);
        packets.send(out.toByteArray());
    }

    private void finish() throws IOException {
        while (true) {
            byte[] packet = packets.readChecked();
            switch (packet[0] & 255) {
                case 0 -> {
                    return;
                }
                case 0xFE -> {
                    Payload change = new Payload(packet);
                    change.skip(1);
                    String other = new String(change.untilZero(), StandardCharsets.UTF_8);
                    byte[] data = change.take(change.remaining());
                    challenge = Arrays.copyOf(data, Math.min(20, data.length));
                    packets.send(answer(other));
                }
                case 1 -> goOn(packet);
                default -> throw new IOException("unexpected packet during login");
            }
        }
    }

    private void goOn(byte[] packet) throws IOException {
        if (packet.length == 2 && packet[1] == 4) {
            byte[] clear = (options.password() + "\0").getBytes(StandardCharsets.UTF_8);
            packets.send(cipher.isEmpty() ? new byte[] {2} : clear);
        } else if (packet.length > 2) {
            String pem = new String(packet, 1, packet.length - 1, StandardCharsets.US_ASCII);
            try {
                packets.send(Passwords.encrypt(options.password(), challenge, pem));
            } catch (GeneralSecurityException e) {
                throw new IOException("the server's public key cannot be used", e);
            }
        }
    }

    private byte[] answer(String asked) throws IOException {
        try {
            return switch (asked) {
                case "mysql_native_password" -> Passwords.nativeScramble(options.password(), challenge);
                case "caching_sha2_password" -> Passwords.sha2Scramble(options.password(), challenge);
                default -> throw new IOException("the server asks for the unknown plugin " + asked);
            };
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK lacks a digest", e);
        }
    }
}
