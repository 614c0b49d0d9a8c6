package io.qomo.serve.mysql;

import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.base.type.Collation;
import io.qomo.serve.auth.Verifiers;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.PacketReader;
import io.qomo.serve.mysql.wire.Payload;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.Account;
import io.qomo.serve.session.api.ClientInfo;
import io.qomo.serve.session.api.ServerStatus;
import io.qomo.serve.session.api.Session;
import io.qomo.serve.session.api.TlsUse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// From the greeting to an open session. Source: MySQL manual, "Connection Phase", handshake version 10.
final class Handshake {
    /// No client's first packets are longer: names, 64 KB of attributes.
    static final int MAX_PACKET_BYTES = 128 << 10;

    private static final int PROTOCOL_VERSION = 10;
    private static final int TLS_REQUEST_BYTES = 32;
    private static final int FIRST_NONCE_BYTES = 8;
    private static final int NONCE_LENGTH = 21;
    private static final int RESERVED_BYTES = 10;

    private final Channel channel;
    private final ServerContext server;
    private final Peer peer;
    private final byte[] nonce;

    Handshake(Channel channel, ServerContext server, Peer peer) {
        this.channel = channel;
        this.server = server;
        this.peer = peer;
        this.nonce = Verifiers.nonce(server.env());
    }

    /// Greets, authenticates and opens a session; the client still waits for its OK.
    Login run() throws IOException {
        greet();
        PacketReader reader = channel.reader();
        if (!reader.next()) {
            throw new EOFException();
        }
        boolean tls = reader.length() == TLS_REQUEST_BYTES && wantsTls(reader);
        if (tls) {
            channel.startTls(server.keys().tls());
            if (!reader.next()) {
                throw new EOFException();
            }
        }
        Payload payload = new Payload().set(reader.array(), reader.offset(), reader.length());
        HandshakeResponse client = HandshakeResponse.read(payload);
        channel.setCapabilities(client.capabilities() & capabilities());
        Authenticator authenticator = new Authenticator(channel, server, tls, nonce);
        Account account = authenticator.authenticate(client, peer.host(), false);
        ClientInfo info = clientInfo(client, peer, channel.tlsUse());
        Session session = server.service().open(info, account);
        return new Login(session, info, client, authenticator.nonce());
    }

    static ClientInfo clientInfo(HandshakeResponse client, Peer peer, @Nullable TlsUse tls) {
        return new ClientInfo(
                peer.connectionId(),
                client.user(),
                peer.host(),
                peer.port(),
                client.database(),
                client.collation(),
                client.has(Capability.FOUND_ROWS),
                client.has(Capability.MULTI_STATEMENTS),
                client.has(Capability.LOCAL_FILES),
                client.has(Capability.INTERACTIVE),
                tls,
                client.attributes());
    }

    private boolean wantsTls(PacketReader reader) {
        int flags = new Payload()
                .set(reader.array(), reader.offset(), reader.length())
                .readInt();
        if ((flags & Capability.SSL) == 0 || !server.options().tls()) {
            throw new SqlException(ErrorCode.BAD_HANDSHAKE);
        }
        return true;
    }

    private int capabilities() {
        return server.options().tls() ? Capability.SERVER | Capability.SSL : Capability.SERVER;
    }

    private void greet() throws IOException {
        server.service().admit();
        int flags = capabilities();
        WireBuffer out = channel.writer().begin();
        out.putByte(PROTOCOL_VERSION);
        out.putBytes(server.service().serverVersion().getBytes(StandardCharsets.UTF_8));
        out.putByte(0);
        out.putInt((int) peer.connectionId());
        out.putBytes(nonce, 0, FIRST_NONCE_BYTES);
        out.putByte(0);
        out.putShort(flags);
        out.putByte(Collation.UTF8MB4_0900_AI_CI.id());
        out.putShort(ServerStatus.AUTOCOMMIT);
        out.putShort(flags >>> 16);
        out.putByte(NONCE_LENGTH);
        out.putZeros(RESERVED_BYTES);
        out.putBytes(nonce, FIRST_NONCE_BYTES, nonce.length - FIRST_NONCE_BYTES);
        out.putByte(0);
        out.putAscii(Verifiers.CACHING_SHA2);
        out.putByte(0);
        channel.writer().end();
        channel.writer().flush();
    }
}
