package io.qomo.store.cluster.rpc.tcp;

import io.qomo.base.env.SystemEnv;
import io.qomo.base.tls.CertificateMaker;
import io.qomo.base.tls.CertifiedKey;
import io.qomo.base.tls.MutualTls;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// An authority and what it signs.
final class Certificates {
    static final CertificateMaker MAKER = new CertificateMaker(new SystemEnv());
    static final List<String> HERE = List.of("localhost", "127.0.0.1");

    private final CertifiedKey authority;

    Certificates(String name) {
        try {
            authority = MAKER.selfSigned(MAKER.content(name, List.of(), true, 1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A certificate for hosts.
    CertifiedKey issue(String name, List<String> hosts) {
        return issue(MAKER.content(name, hosts, false, 1));
    }

    /// A certificate that was good from some time ago, or is good from some time to come, for an hour.
    CertifiedKey issue(String name, Duration from) {
        Instant begin = Instant.now().plus(from);
        return issue(new CertificateMaker.Content(name, HERE, false, begin, begin.plusSeconds(3600)));
    }

    private CertifiedKey issue(CertificateMaker.Content content) {
        try {
            return MAKER.signedBy(authority, content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Certificates for this machine that an intermediate authority has signed.
    CertifiedKey issueByAnother(String name) {
        try {
            CertifiedKey between = MAKER.signedBy(authority, MAKER.content("between", List.of(), true, 1));
            return MAKER.signedBy(between, MAKER.content(name, HERE, false, 1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Shows a certificate and trusts this authority and others.
    MutualTls showing(CertifiedKey own, Certificates... others) {
        List<X509Certificate> trusted = Stream.concat(Stream.of(this), Stream.of(others))
                .map(each -> each.authority.certificate())
                .toList();
        try {
            return MutualTls.of(own, trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
