package io.qomo.base.tls;

import io.qomo.base.env.Env;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Makes key pairs on the curve P-256 and certificates for them. Source: RFC 5280.
public final class CertificateMaker {
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final byte[] TRUE = {(byte) 0xFF};

    private final Env env;

    /// Draws keys' serial numbers and the time from `env`.
    public CertificateMaker(Env env) {
        this.env = env;
    }

    /// What a certificate is to say.
    ///
    /// @param name        of the subject
    /// @param hosts       names and addresses it is good for
    /// @param isAuthority whether it may sign others
    /// @param from        when it begins to be good, to the second
    /// @param to          when it ends
    public record Content(String name, List<String> hosts, boolean isAuthority, Instant from, Instant to) {
        /// Takes a copy.
        public Content {
            hosts = List.copyOf(hosts);
        }
    }

    /// What a certificate is to say that is good from yesterday, for clocks differ, and for some years.
    public Content content(String name, List<String> hosts, boolean isAuthority, int years) {
        Instant now = Instant.ofEpochSecond(env.wallMicros() / 1_000_000);
        Instant to = now.atZone(ZoneOffset.UTC).plusYears(years).toInstant();
        return new Content(name, hosts, isAuthority, now.minus(1, ChronoUnit.DAYS), to);
    }

    /// A fresh key that signs itself.
    public CertifiedKey selfSigned(Content content) throws GeneralSecurityException {
        KeyPair pair = pair();
        byte[] name = name(content.name());
        X509Certificate certificate = sign(body(content, name, pair), pair.getPrivate());
        return new CertifiedKey(pair.getPrivate(), List.of(certificate));
    }

    /// A fresh key that another signs, which is on the same curve. The chain leaves out a root.
    public CertifiedKey signedBy(CertifiedKey issuer, Content content) throws GeneralSecurityException {
        KeyPair pair = pair();
        byte[] name = issuer.certificate().getSubjectX500Principal().getEncoded();
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(sign(body(content, name, pair), issuer.key()));
        issuer.chain().stream()
                .filter(each -> !each.getSubjectX500Principal().equals(each.getIssuerX500Principal()))
                .forEach(chain::add);
        return new CertifiedKey(pair.getPrivate(), chain);
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(byte[] body, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(body);
        byte[] certificate = Der.sequence(body, algorithm(), Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private byte[] body(Content content, byte[] issuer, KeyPair pair) {
        byte[] serial = new byte[16];
        env.secureRandom(serial);
        byte[] extensions = content.hosts().isEmpty()
                ? Der.sequence(basicConstraints(content.isAuthority()))
                : Der.sequence(basicConstraints(content.isAuthority()), alternativeNames(content.hosts()));
        return Der.sequence(
                Der.tagged(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(1, serial).setBit(0)),
                algorithm(),
                issuer,
                Der.sequence(time(content.from()), time(content.to())),
                name(content.name()),
                pair.getPublic().getEncoded(),
                Der.tagged(3, extensions));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid(COMMON_NAME), Der.text(Der.UTF8_STRING, commonName))));
    }

    private static byte[] algorithm() {
        return Der.sequence(Der.oid(ECDSA_WITH_SHA256));
    }

    private static byte[] basicConstraints(boolean isAuthority) {
        // false is the default, which DER leaves out
        byte[] value = isAuthority ? Der.sequence(Der.value(Der.BOOLEAN, TRUE)) : Der.sequence();
        return Der.sequence(
                Der.oid(BASIC_CONSTRAINTS), Der.value(Der.BOOLEAN, TRUE), Der.value(Der.OCTET_STRING, value));
    }

    private static byte[] alternativeNames(List<String> hosts) {
        byte[][] names = hosts.stream().map(CertificateMaker::alternativeName).toArray(byte[][]::new);
        return Der.sequence(Der.oid(SUBJECT_ALT_NAME), Der.value(Der.OCTET_STRING, Der.sequence(names)));
    }

    private static byte[] alternativeName(String host) {
        try {
            return Der.implicit(IP_ADDRESS, InetAddress.ofLiteral(host).getAddress());
        } catch (IllegalArgumentException e) {
            return Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// Years before 2050 have two digits, by RFC 5280.
    private static byte[] time(Instant instant) {
        boolean isShort = instant.atZone(ZoneOffset.UTC).getYear() < 2050;
        DateTimeFormatter format = DateTimeFormatter.ofPattern(isShort ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC);
        return Der.text(isShort ? Der.UTC_TIME : Der.GENERALIZED_TIME, format.format(instant));
    }
}
