package io.qomo.serve.mysql;

import io.qomo.base.env.Env;
import io.qomo.base.error.ErrorCode;
import io.qomo.base.error.SqlException;
import io.qomo.serve.auth.Replies;
import io.qomo.serve.auth.Verifiers;
import io.qomo.serve.mysql.wire.Capability;
import io.qomo.serve.mysql.wire.PacketReader;
import io.qomo.serve.mysql.wire.WireBuffer;
import io.qomo.serve.session.api.Account;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Finds out whether a client knows the password of the account it names.
///
/// ```
/// client's reply made by another plugin --> AuthSwitchRequest --> reply
/// mysql_native_password:  reply right --> OK
/// caching_sha2_password:  reply right by the cache --> 01 03, OK
///                         else 01 04 --> over TLS the password itself
///                                    --> else 02 --> 01 public key --> the password under RSA
/// ```
/// An unknown user goes through the same exchange with a password nobody knows.
final class Authenticator {
    private static final int AUTH_SWITCH = 0xFE;
    private static final int MORE_DATA = 1;
    private static final int FAST_SUCCESS = 3;
    private static final int FULL_AUTHENTICATION = 4;
    private static final int REQUEST_PUBLIC_KEY = 2;

    private final Channel channel;
    private final ServerContext server;
    private final boolean tls;
    private byte[] nonce;

    Authenticator(Channel channel, ServerContext server, boolean tls, byte[] nonce) {
        this.channel = channel;
        this.server = server;
        this.tls = tls;
        this.nonce = nonce;
    }

    /// Returns the account or throws `ACCESS_DENIED` and the like.
    ///
    /// @param isStale the reply was made with a nonce of long ago. Some drivers take the greeting's, some
    ///     the last one, so it is asked for anew where the client can be asked
    Account authenticate(HandshakeResponse client, String host, boolean isStale) throws IOException {
        Optional<Account> found = server.service().findAccount(client.user(), host);
        Account account = found.orElseGet(() -> decoy(client.user(), host, server.env()));
        byte[] reply = client.reply();
        boolean isOtherPlugin = !account.plugin().equals(client.plugin());
        if (isOtherPlugin && !client.has(Capability.PLUGIN_AUTH)) {
            throw new SqlException(ErrorCode.AUTH_NOT_SUPPORTED);
        }
        if (isOtherPlugin || (isStale && reply.length > 1 && client.has(Capability.PLUGIN_AUTH))) {
            reply = switchPlugin(account.plugin());
        }
        boolean hasPassword = reply.length > 1 || (reply.length == 1 && reply[0] != 0);
        boolean isRight = account.plugin().equals(Verifiers.NATIVE)
                ? checkNative(account, reply, hasPassword)
                : checkSha2(account, reply, hasPassword);
        if (!isRight || found.isEmpty() || (account.requiresTls() && !tls)) {
            throw new SqlException(ErrorCode.ACCESS_DENIED, client.user(), host, hasPassword ? "YES" : "NO");
        }
        if (account.locked()) {
            throw new SqlException(ErrorCode.ACCOUNT_LOCKED, client.user(), host);
        }
        if (account.expired() && !client.has(Capability.CAN_HANDLE_EXPIRED_PASSWORDS)) {
            throw new SqlException(ErrorCode.MUST_CHANGE_PASSWORD_LOGIN);
        }
        return account;
    }

    /// The nonce that was sent last.
    byte[] nonce() {
        return nonce;
    }

    private static Account decoy(String user, String host, Env env) {
        byte[] verifier = Verifiers.nonce(env);
        byte[] text = Arrays.copyOf("$A$005$".getBytes(StandardCharsets.US_ASCII), 70);
        System.arraycopy(verifier, 0, text, 7, verifier.length);
        Arrays.fill(text, 7 + verifier.length, text.length, (byte) '!');
        return new Account(user, host, Verifiers.CACHING_SHA2, text, false, false, false);
    }

    private byte[] switchPlugin(String plugin) throws IOException {
        nonce = Verifiers.nonce(server.env());
        WireBuffer out = channel.writer().begin();
        out.putByte(AUTH_SWITCH);
        out.putAscii(plugin);
        out.putByte(0);
        out.putBytes(nonce);
        out.putByte(0);
        channel.writer().end();
        return exchange();
    }

    private boolean checkNative(Account account, byte[] reply, boolean hasPassword) {
        byte[] verifier = account.authenticationString();
        if (!hasPassword || verifier.length == 0) {
            return !hasPassword && verifier.length == 0;
        }
        return Replies.checkNative(verifier, nonce, reply);
    }

    private boolean checkSha2(Account account, byte[] reply, boolean hasPassword) throws IOException {
        byte[] verifier = account.authenticationString();
        if (!hasPassword || verifier.length == 0) {
            return !hasPassword && verifier.length == 0;
        }
        byte[] memory = server.passwords().memory(account);
        if (memory != null && Replies.checkSha2(memory, nonce, reply)) {
            moreData(FAST_SUCCESS);
            return true;
        }
        moreData(FULL_AUTHENTICATION);
        byte[] password = tls ? zeroTerminated(exchange()) : passwordUnderRsa(exchange());
        boolean isRight = password.length > 0 && Verifiers.check(Verifiers.CACHING_SHA2, verifier, password);
        if (isRight) {
            server.passwords().remember(account, password);
        }
        Arrays.fill(password, (byte) 0);
        return isRight;
    }

    /// The password that a client sent encrypted, after it asked for the key if it did; empty if it cannot
    /// be read.
    private byte[] passwordUnderRsa(byte[] first) throws IOException {
        byte[] encrypted = first;
        if (first.length == 1 && first[0] == REQUEST_PUBLIC_KEY) {
            WireBuffer out = channel.writer().begin();
            out.putByte(MORE_DATA);
            out.putBytes(server.keys().publicKeyPem());
            channel.writer().end();
            encrypted = exchange();
        }
        byte[] masked = server.keys().decrypt(encrypted);
        return masked.length == 0 ? masked : zeroTerminated(Replies.mask(masked, nonce));
    }

    /// The bytes before the final zero byte; empty if that is missing.
    private static byte[] zeroTerminated(byte[] bytes) {
        int end = bytes.length - 1;
        return end < 0 || bytes[end] != 0 ? new byte[0] : Arrays.copyOf(bytes, end);
    }

    private void moreData(int code) {
        WireBuffer out = channel.writer().begin();
        out.putByte(MORE_DATA);
        out.putByte(code);
        channel.writer().end();
    }

    /// Sends what waits and returns the client's next packet.
    private byte[] exchange() throws IOException {
        channel.writer().flush();
        PacketReader reader = channel.reader();
        if (!reader.next()) {
            throw new EOFException();
        }
        return Arrays.copyOfRange(reader.array(), reader.offset(), reader.offset() + reader.length());
    }
}
