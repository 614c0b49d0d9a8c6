package io.qomo.base.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// The JDK's checks, told so that they name the certificate and what is wrong with it.
final class PeerTrust extends X509ExtendedTrustManager {
    private static final X509Certificate[] UNTOLD = {};

    private final X509ExtendedTrustManager checks;

    PeerTrust(X509ExtendedTrustManager checks) {
        this.checks = checks;
    }

    /// A check, which may fail.
    private interface Check {
        void run() throws CertificateException;
    }

    private static void told(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            // the cause of the cause chooses the alert that the other side gets
            throw new CertificateException(reason(chain, e), e.getCause());
        }
    }

    static String reason(X509Certificate[] chain, CertificateException e) {
        for (X509Certificate certificate : chain) {
            if (!CertificateWords.validity(certificate).isEmpty()) {
                return "the certificate " + CertificateWords.about(certificate);
            }
        }
        String message = String.valueOf(e.getMessage());
        String shown = chain.length == 0 ? "" : CertificateWords.about(chain[0]);
        return message.contains("path building failed") || message.contains("PKIX path validation failed")
                ? "the certificate " + shown + " is not signed by an authority of --cluster-ca"
                : "the certificate " + shown + " is not accepted: " + message;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        told(chain, () -> checks.checkClientTrusted(chain, type));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        told(chain, () -> checks.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        told(chain, () -> checks.checkClientTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        told(chain, () -> checks.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        told(chain, () -> checks.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        told(chain, () -> checks.checkServerTrusted(chain, type, engine));
    }

    /// None is named, so that a peer shows its certificate also when another authority has signed it, and
    /// the refusal can say so.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return UNTOLD;
    }
}
