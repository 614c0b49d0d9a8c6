package io.qomo.serve.cli;

import io.qomo.serve.client.Connection;
import io.qomo.serve.client.ServerError;
import io.qomo.serve.node.Node;
import io.qomo.serve.node.NodeOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A short life of a node on disk, from which the start-up cache learns the classes of a start and of common
/// statements:
/// the store's, a TLS handshake's (most clients encrypt unless told not to), those of the HTTP listener.
final class Training {
    private static final int CAPABILITIES = 0x0000_8A00;
    private static final int SSL_REQUEST_BYTES = 32;
    private static final int HEADER_BYTES = 4;
    private static final List<String> STATEMENTS = List.of(
            "CREATE DATABASE train",
            "USE train",
            "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, a VARCHAR(20), b DECIMAL(8,2), c DATETIME, KEY (a))",
            "INSERT INTO t (a, b, c) VALUES ('x', 1.5, NOW()), ('y', 2.5, '2024-01-01')",
            "SELECT 1",
            "SELECT * FROM t WHERE id = 1",
            "SELECT * FROM t WHERE id = 2",
            "SELECT * FROM t WHERE id = 3",
            "SELECT a, COUNT(*), SUM(b) FROM t WHERE c > '2020-01-01' GROUP BY a ORDER BY 2 DESC LIMIT 1",
            "SELECT x.a FROM t x JOIN t y ON x.id = y.id WHERE x.a LIKE 'x%'",
            "UPDATE t SET b = b + 1 WHERE id = 2",
            "BEGIN",
            "DELETE FROM t WHERE id = 1",
            "ROLLBACK",
            "SET NAMES utf8mb4",
            "SELECT @@version_comment LIMIT 1",
            "SHOW VARIABLES LIKE 'sql_mode'",
            "SHOW TABLES",
            "SHOW CREATE TABLE t");

    private Training() {}

    /// Lives it: once on a new directory, once on the one that is there then.
    static int run() throws IOException {
        Path directory = Files.createTempDirectory("qomo-train");
        try {
            for (int i = 0; i < 2; i++) {
                live(directory.resolve("data"));
            }
        } finally {
            delete(directory);
        }
        return 0;
    }

    private static void live(Path directory) throws IOException {
        NodeOptions options = new NodeOptions(
                directory,
                "127.0.0.1",
                0,
                0,
                NodeOptions.DEFAULT_MEMORY_BYTES,
                true,
                NodeOptions.DEFAULT_MAX_CONNECTIONS);
        try (Node node = Node.start(options);
                Connection connection = new Connection(
                        new Connection.Options(node.host(), node.port(), "root", "", "", Duration.ofSeconds(10)))) {
            encrypt(node.port());
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
            for (String sql : STATEMENTS) {
                try {
                    connection.query(sql, new TablePrinter(nowhere, TablePrinter.Form.TABS, true));
                } catch (ServerError e) {
                    // Training goes on: a statement that fails has loaded its classes as well.
                    continue;
                }
            }
        }
    }

    /// Asks for TLS and shakes hands, no more.
    private static void encrypt(int port) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataInputStream in = new DataInputStream(plain.getInputStream());
            int greetingBytes = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
            in.skipNBytes(1L + greetingBytes);
            ByteBuffer request =
                    ByteBuffer.allocate(HEADER_BYTES + SSL_REQUEST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            request.putInt(SSL_REQUEST_BYTES | 1 << 24)
                    .putInt(CAPABILITIES)
                    .putInt(1 << 24)
                    .put((byte) 45);
            OutputStream out = plain.getOutputStream();
            out.write(request.array());
            out.flush();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            try (SSLSocket secure =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true)) {
                secure.startHandshake();
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /// The node at the other end is in this process.
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
