package io.qomo.serve.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// How far a client goes to be encrypted. Source: MySQL manual, "Command Options for Encrypted Connections".
///
/// @param mode what is asked for
/// @param authorities a file of certificates in PEM that vouch for the server, needed by [Mode#VERIFY_CA] and
///     [Mode#VERIFY_IDENTITY], else not read
public record Tls(Mode mode, @Nullable Path authorities) {
    /// What clients do unless told otherwise.
    public static final Tls PREFERRED = new Tls(Mode.PREFERRED, null);

    private static final int CLIENT_SSL_ERROR = 2026;

    /// MySQL's `ssl-mode`.
    public enum Mode {
        DISABLED,
        /// Encrypted where the server offers it, whoever it is. Within a machine only if the account needs it: nobody
        /// listens there, and a fresh server's first handshake costs a second of its CPU.
        PREFERRED,
        /// Encrypted or not at all, whoever the server is.
        REQUIRED,
        /// And the server's certificate is signed by one of the authorities, or is one of them.
        VERIFY_CA,
        /// And it is made out to the host the client named.
        VERIFY_IDENTITY;

        boolean isVerifying() {
            return this == VERIFY_CA || this == VERIFY_IDENTITY;
        }
    }

    /// Whether to begin encrypted.
    ///
    /// @param isOffered by the server
    /// @param isLocal whether the server is on this machine
    boolean isWanted(boolean isOffered, boolean isLocal) throws ServerError {
        return switch (mode) {
            case DISABLED -> false;
            case PREFERRED -> isOffered && !isLocal;
            case REQUIRED, VERIFY_CA, VERIFY_IDENTITY -> {
                if (!isOffered) {
                    throw failed("SSL is required but the server doesn't support it");
                }
                yield true;
            }
        };
    }

    /// Shakes hands over a connected socket. Error 2026 if the server is not trusted or the handshake fails.
    SSLSocket secure(Socket plain, String host, int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, mode.isVerifying() ? trusted() : new TrustManager[] {new TrustAnyServer()}, null);
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            if (mode == Mode.VERIFY_IDENTITY) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
            }
            secure.startHandshake();
            return secure;
        } catch (SSLException e) {
            throw failed(e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new IOException("this JDK cannot speak TLS", e);
        }
    }

    private TrustManager[] trusted() throws GeneralSecurityException, IOException {
        if (authorities == null) {
            throw failed("CA certificate is required if ssl-mode is VERIFY_CA or VERIFY_IDENTITY");
        }
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(authorities))) {
            for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                known.setCertificateEntry("authority" + known.size(), one);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw failed("cannot read certificates from " + authorities);
        }
        if (known.size() == 0) {
            throw failed("no certificate in " + authorities);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(known);
        return factory.getTrustManagers();
    }

    private static ServerError failed(@Nullable String why) {
        return new ServerError(CLIENT_SSL_ERROR, "HY000", "SSL connection error: " + why);
    }
}
