package io.qomo.base.tls;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

/// Certificates in words, for an operator.
final class CertificateWords {
    private CertificateWords() {}

    /// Names a certificate and whether its time is now.
    static String about(X509Certificate certificate) {
        String validity = validity(certificate);
        return "'" + certificate.getSubjectX500Principal().getName() + "' issued by '"
                + certificate.getIssuerX500Principal().getName() + "'"
                + (validity.isEmpty() ? "" : ", which " + validity);
    }

    /// What is wrong with the time of a certificate; empty if nothing.
    static String validity(X509Certificate certificate) {
        try {
            certificate.checkValidity();
            return "";
        } catch (CertificateExpiredException e) {
            return "has expired on " + certificate.getNotAfter().toInstant();
        } catch (CertificateNotYetValidException e) {
            return "is good from " + certificate.getNotBefore().toInstant() + " only";
        }
    }
}
