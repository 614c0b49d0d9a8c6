package io.qomo.base.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS 1.3 between nodes: both sides show a certificate, which one of the cluster's authorities has signed,
/// and the called one's must name the host that was called. Thread-safe.
public final class MutualTls {
    private static final String[] VERSIONS = {"TLSv1.3"};
    /// A resumed session does not show its certificates again.
    private static final int SESSION_SECONDS = 3600;
    /// What a peer sends that does not like this side's certificate.
    private static final Set<String> CERTIFICATE_ALERTS = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied");

    private static final String ALERT = "Received fatal alert: ";

    private final CertifiedKey own;
    private final SSLContext context;

    private MutualTls(CertifiedKey own, SSLContext context) {
        this.own = own;
        this.context = context;
    }

    /// Shows `own` and accepts what `authorities` have signed.
    public static MutualTls of(CertifiedKey own, List<X509Certificate> authorities) throws GeneralSecurityException {
        try {
            char[] none = new char[0];
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, none);
            keys.setKeyEntry("own", own.key(), none, own.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, none);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), new TrustManager[] {new PeerTrust(trust(authorities))}, null);
            context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            return new MutualTls(own, context);
        } catch (IOException e) {
            throw new GeneralSecurityException("no key store can be made", e);
        }
    }

    private static X509ExtendedTrustManager trust(List<X509Certificate> authorities)
            throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        for (X509Certificate authority : authorities) {
            anchors.setCertificateEntry("authority-" + anchors.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    /// Why the own certificate would be refused by a node with the same authorities, as far as can be told
    /// here; null if it would not. That it has expired is not looked at: others may have another clock.
    public static @Nullable String flaw(CertifiedKey own, List<X509Certificate> authorities)
            throws GeneralSecurityException {
        X509Certificate[] chain = own.chain().toArray(X509Certificate[]::new);
        try {
            X509ExtendedTrustManager trust = trust(authorities);
            trust.checkServerTrusted(chain, "UNKNOWN");
            trust.checkClientTrusted(chain, "UNKNOWN");
        } catch (IOException e) {
            throw new GeneralSecurityException("no key store can be made", e);
        } catch (CertificateException e) {
            return CertificateWords.validity(own.certificate()).isEmpty() ? PeerTrust.reason(chain, e) : null;
        }
        return null;
    }

    /// The calling side's end, before the handshake. `raw` is closed with it if `ownsRaw`.
    public SSLSocket call(Socket raw, String host, int port, boolean ownsRaw) throws IOException {
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, ownsRaw);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.setEnabledProtocols(VERSIONS);
        return tls;
    }

    /// The called side's end, before the handshake. `raw` is closed with it if `ownsRaw`.
    public SSLSocket answer(Socket raw, boolean ownsRaw) throws IOException {
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(raw, InputStream.nullInputStream(), ownsRaw);
        tls.setUseClientMode(false);
        tls.setNeedClientAuth(true);
        tls.setEnabledProtocols(VERSIONS);
        return tls;
    }

    /// What this side shows.
    public X509Certificate certificate() {
        return own.certificate();
    }

    /// Why a handshake failed, for an operator.
    public String reason(SSLException e) {
        String message = String.valueOf(e.getMessage());
        int alert = message.indexOf(ALERT);
        if (alert >= 0) {
            String name = message.substring(alert + ALERT.length());
            return CERTIFICATE_ALERTS.contains(name)
                    ? "the other side does not accept this node's certificate "
                            + CertificateWords.about(own.certificate()) + " (" + name + ")"
                    : "the other side ended it: " + name;
        }
        Throwable cause = e.getCause();
        if (cause instanceof CertificateException) {
            return String.valueOf(cause.getMessage());
        }
        if (message.contains("SSL message") || message.contains("SSL/TLS record")) {
            return "the other side does not speak TLS: it was started without certificates";
        }
        if (message.contains("Empty client certificate chain")) {
            return "the other side shows no certificate";
        }
        if (message.contains("terminated the handshake")) {
            return "the other side hung up instead of shaking hands over TLS";
        }
        return message;
    }

    /// What is wrong with the time of a certificate; empty if nothing.
    public static String expiry(X509Certificate certificate) {
        return CertificateWords.validity(certificate).isEmpty()
                ? ""
                : "the certificate " + CertificateWords.about(certificate);
    }
}
