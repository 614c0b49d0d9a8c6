package io.qomo.base.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A private key and the certificates that lead from it towards a root, its own first.
public record CertifiedKey(PrivateKey key, List<X509Certificate> chain) {
    /// Takes a copy; there is at least one certificate.
    public CertifiedKey {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a key without a certificate");
        }
    }

    /// The key's own certificate.
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return "CertifiedKey[" + certificate().getSubjectX500Principal() + "]";
    }
}
