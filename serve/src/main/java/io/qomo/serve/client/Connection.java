package io.qomo.serve.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection to a MySQL server.
public final class Connection implements Closeable {
    /// The client error of a missing file (the C library's ENOENT, as the MySQL client shows it).
    private static final int FILE_NOT_FOUND = 2;

    private static final int MORE_RESULTS = 8;
    private static final int NO_BACKSLASH_ESCAPES = 512;

    private final Socket socket;
    private final Packets packets;
    private final String serverVersion;
    private final long connectionId;
    private final String cipher;
    /// What is being run, see `sendLocalFile`.
    private byte[] statement = {};
    private boolean hasBackslashEscapes = true;

    /// Where and as whom to connect.
    ///
    /// @param host a name or an address
    /// @param port of the MySQL protocol
    /// @param user to log in as
    /// @param password empty for none
    /// @param database to select, or empty
    /// @param timeout of connecting and logging in
    /// @param tls how far to go to be encrypted
    /// @param isInteractive whether a person types: who may log in with an expired password, to change it, and
    ///     is waited for as `interactive_timeout` says
    public record Options(
            String host,
            int port,
            String user,
            String password,
            String database,
            Duration timeout,
            Tls tls,
            boolean isInteractive) {
        /// For a program, encrypted where it matters.
        public Options(String host, int port, String user, String password, String database, Duration timeout) {
            this(host, port, user, password, database, timeout, Tls.PREFERRED, false);
        }
    }

    /// Connects and logs in. Errors: [ServerError], [IOException].
    public Connection(Options options) throws IOException {
        Login login = Login.of(options);
        socket = login.socket();
        packets = login.packets();
        serverVersion = login.serverVersion();
        connectionId = login.connectionId();
        cipher = login.cipher();
    }

    /// The server's version string.
    public String serverVersion() {
        return serverVersion;
    }

    /// The server's number of this connection.
    public long connectionId() {
        return connectionId;
    }

    /// What the connection is encrypted with (a cipher suite's name), or empty.
    public String cipher() {
        return cipher;
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
        packets.send(command);
        statement = text;
        while (readResult(handler)) {
            continue;
        }
    }

    private boolean readResult(ResultHandler handler) throws IOException {
        byte[] packet = packets.readChecked();
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
            columns.add(readColumn(new Payload(packets.readChecked())));
        }
        packets.readChecked();
        handler.columns(columns);
        while (true) {
            byte[] row = packets.readChecked();
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

    /// Says good-bye and closes the socket.
    @Override
    public void close() throws IOException {
        try {
            packets.resetSequence();
            packets.send(new byte[] {1});
        } catch (IOException e) {
            // The connection is being given up; whether the server heard it does not matter.
            socket.close();
        }
        socket.close();
    }
}
