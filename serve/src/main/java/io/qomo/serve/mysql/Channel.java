package io.qomo.serve.mysql;

import io.qomo.base.env.Env;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Charset;
import io.qomo.serve.mysql.result.ResultCharset;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.Compression;
import io.qomo.serve.mysql.wire.Compressor;
import io.qomo.serve.mysql.wire.DecompressingStream;
import io.qomo.serve.mysql.wire.PacketReader;
import io.qomo.serve.mysql.wire.PacketWriter;
import io.qomo.serve.mysql.wire.Sequence;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.ServerStatus;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.StatementStatus;
import io.qomo.serve.session.api.StatementStatus.StateChange;
import io.qomo.serve.session.api.TlsUse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// One client's socket with its packets and the packets that every answer is made of. Owned by the
/// connection's thread, except [#deadlines] and [#abort].
final class Channel {
    private static final int MAX_WARNINGS = 0xFFFF;
    private static final int MAX_MESSAGE_BYTES = 8 << 10;
    private static final int LINGER_MILLIS = 500;
    private static final int LINGER_BYTES = 256 << 10;
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final int OK = 0;
    private static final int EOF = 0xFE;
    private static final int ERR = 0xFF;

    private final Socket socket;
    private final Deadlines deadlines;
    private final Sequence sequence = new Sequence();
    private final Sequence compressedSequence = new Sequence();
    private final PacketReader reader;
    private final PacketWriter writer;
    private TimedInput input;
    private TimedOutput output;
    private @Nullable SSLSocket tls;
    private @Nullable Compressor compressor;
    private @Nullable DecompressingStream decompressor;
    private int capabilities;

    Channel(Socket socket, ListenerOptions options, Env env, long maxHandshakeBytes) throws IOException {
        this.socket = socket;
        this.deadlines = new Deadlines(socket, options, env);
        this.input = new TimedInput(socket.getInputStream(), deadlines);
        this.reader = new PacketReader(input, sequence, maxHandshakeBytes);
        this.output = new TimedOutput(socket.getOutputStream(), deadlines);
        this.writer = new PacketWriter(output, sequence);
    }

    Deadlines deadlines() {
        return deadlines;
    }

    PacketReader reader() {
        return reader;
    }

    PacketWriter writer() {
        return writer;
    }

    /// Bytes the client has sent since the last call, as they travel (compressed, but not yet encrypted).
    long takeReceivedBytes() {
        return input.takeBytes();
    }

    /// Bytes the client was sent since the last call.
    long takeSentBytes() {
        return output.takeBytes();
    }

    int capabilities() {
        return capabilities;
    }

    void setCapabilities(int flags) {
        capabilities = flags;
    }

    boolean has(int capability) {
        return (capabilities & capability) != 0;
    }

    /// Encrypts from now on; the client has asked for it. Blocks until keys are agreed on.
    void startTls(SSLContext context) throws IOException {
        byte[] ahead = reader.takeReadAhead();
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(socket, new ByteArrayInputStream(ahead), true);
        secure.setUseClientMode(false);
        secure.setEnabledProtocols(TLS_VERSIONS);
        secure.startHandshake();
        tls = secure;
        input = new TimedInput(secure.getInputStream(), deadlines);
        output = new TimedOutput(secure.getOutputStream(), deadlines);
        reader.setStream(input);
        writer.setStream(output);
    }

    /// How it is encrypted, or null.
    @Nullable TlsUse tlsUse() {
        if (tls == null) {
            return null;
        }
        SSLSession session = tls.getSession();
        return TlsUse.of(session.getProtocol(), session.getCipherSuite());
    }

    /// Compresses from now on; the client has been told that it is logged in.
    void startCompression(Compression compression, int zstdLevel) {
        Compressor packer = new Compressor(compression, zstdLevel, compressedSequence);
        DecompressingStream unpacker = new DecompressingStream(input, compression, compressedSequence);
        compressor = packer;
        decompressor = unpacker;
        writer.setCompressor(packer);
        reader.setStream(unpacker);
        reader.setChecksSequence(false);
    }

    /// A new command begins.
    void resetSequence() {
        sequence.reset();
        compressedSequence.reset();
    }

    /// What is sent next is read by the client as the answer to the command it sends next.
    void anticipateCommand() {
        sequence.anticipate();
        compressedSequence.anticipate();
    }

    /// OK for a statement.
    void ok(StatementStatus status) {
        okPacket(OK, status);
    }

    /// OK for a command that is no statement.
    void ok(Session session) {
        List<StateChange> changes = session.takeStateChanges();
        okPacket(OK, new StatementStatus(0, 0, 0, session.serverStatus(), false, null, changes));
    }

    /// The end of rows, in whichever way the client understands.
    void endOfRows(StatementStatus status) {
        if (has(Capability.DEPRECATE_EOF)) {
            okPacket(EOF, status);
        } else {
            eof(status.warnings(), wireStatus(status) & ~ServerStatus.SESSION_STATE_CHANGED);
        }
    }

    /// An EOF packet of old.
    void eof(int warnings, int serverStatus) {
        WireBuffer out = writer.begin();
        out.putByte(EOF);
        out.putShort(Math.min(warnings, MAX_WARNINGS));
        out.putShort(serverStatus);
        writer.end();
    }

    /// An error, in place of the packet that may have been begun.
    void error(SqlException error, @Nullable Charset charset) {
        writer.cancel();
        WireBuffer out = writer.begin();
        out.putByte(ERR);
        out.putShort(error.errno());
        if (has(Capability.PROTOCOL_41)) {
            out.putByte('#');
            out.putAscii(error.sqlState());
        }
        byte[] message = ResultCharset.convert(error.text(), charset == null ? Charset.UTF8MB4 : charset);
        out.putBytes(message, 0, Math.min(message.length, MAX_MESSAGE_BYTES));
        writer.end();
    }

    private void okPacket(int header, StatementStatus status) {
        int flags = wireStatus(status);
        WireBuffer out = writer.begin();
        out.putByte(header);
        out.putLenenc(status.affectedRows());
        out.putLenenc(status.lastInsertId());
        out.putShort(flags);
        out.putShort(Math.min(status.warnings(), MAX_WARNINGS));
        String info = status.info() == null ? "" : status.info();
        boolean changed = (flags & ServerStatus.SESSION_STATE_CHANGED) != 0;
        if (changed || !info.isEmpty()) {
            // with a length even for old clients, whatever the manual says: servers send it and clients
            // read it so
            ResultCharset.putLenenc(info, Charset.UTF8MB4, out);
        }
        if (changed) {
            WireBuffer changes = StateChanges.encode(status.stateChanges());
            out.putLenencBytes(changes.array(), 0, changes.size());
        }
        writer.end();
    }

    private int wireStatus(StatementStatus status) {
        int flags = status.serverStatus() & ~ServerStatus.SESSION_STATE_CHANGED;
        if (status.moreResults()) {
            flags |= ServerStatus.MORE_RESULTS;
        }
        List<StateChange> changes = status.stateChanges();
        return changes.isEmpty() || !has(Capability.SESSION_TRACK) ? flags : flags | ServerStatus.SESSION_STATE_CHANGED;
    }

    /// Lets the client read what was sent last before the connection ends: closing with unread input would
    /// reset it.
    void linger() {
        // bounds the whole of it, against one byte at a time
        deadlines.beforeWrite();
        try {
            socket.setSoTimeout(LINGER_MILLIS);
            SSLSocket secure = tls;
            if (secure == null) {
                socket.shutdownOutput();
            } else {
                secure.shutdownOutput();
            }
            byte[] rest = new byte[4 << 10];
            int total = 0;
            while (total < LINGER_BYTES) {
                int n = socket.getInputStream().read(rest);
                if (n < 0) {
                    break;
                }
                total += n;
            }
        } catch (IOException e) {
            abort();
        }
    }

    /// Ends the connection; any thread.
    void abort() {
        deadlines.closeSocket();
    }

    /// Gives everything back.
    void close() {
        deadlines.beforeWrite();
        try {
            if (tls != null) {
                tls.close();
            }
        } catch (IOException e) {
            // the client was not there to hear the end of it
            abort();
        }
        deadlines.clear();
        abort();
        if (compressor != null) {
            compressor.close();
        }
        if (decompressor != null) {
            decompressor.close();
        }
    }
}
